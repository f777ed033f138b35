from __future__ import annotations

from datetime import date

from django.core.files.base import ContentFile

from jalons.actors import leading, operations
from jalons.actors.access import FILE_KIND
from jalons.actors.models import Actor, Lead, Post
from jalons.files import operations as files
from tests.actors.people import make_actor
from tests.factories import make_space
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """An actor of the space, and a file of actors given to it."""
    actor = make_actor(side.space, f"Association {side.mark}", by=side.owner)
    upload = ContentFile(
        f"nom;famille\nMairie {side.mark};mairie\n".encode(), name="acteurs.csv"
    )
    stored = files.receive(upload, kind=FILE_KIND, space_id=side.space.pk)
    space = {"space_pk": side.space.pk}
    one, table = space | {"pk": actor.pk}, space | {"name": "roles"}
    file = space | {"file_pk": stored.pk}
    given = {"name": "Autre acteur", "family": "associations"}
    return {
        **_leading(side, actor),
        **{f"actors:{n}": Call(space) for n in ("list", "load", "directory")},
        **{f"actors:{n}": Call() for n in ("public_list", "public_csv")},
        "actors:publish": Call(space),
        **_apart(side, actor),
        **{f"actors:{n}": Call(one) for n in ("show", "archive", "restore")},
        **{f"actors:{n}": Call(table) for n in ("grid", "fill", "board")},
        "actors:add": Call(space, post=given),
        "actors:edit": Call(one, post=given),
        "actors:file": Call(space | {"format": "csv"}),
        "actors:columns": Call(file, post={"name": "nom", "family": "famille"}),
        "actors:forget": Call(file),
    }


def _apart(side: Side, actor: Actor) -> dict[str, Call]:
    """Its actor, and two that another team shows; one said not to be the same."""
    other = make_space(territory=side.space.territory)
    theirs = [make_actor(other, f"Structure {n}", by=side.owner) for n in (1, 2)]
    operations.open_table(other, by=side.owner)
    told = operations.tell_apart(side.space, actor, theirs[0], by=side.owner)
    space = {"space_pk": side.space.pk}
    pair = space | {"pk": actor.pk, "other_pk": theirs[1].pk}
    return {
        "actors:tell_apart": Call(pair),
        "actors:take_back_apart": Call(space | {"pk": told.pk}),
    }


def _leading(side: Side, actor: Actor) -> dict[str, Call]:
    """A lead actor and a post of the space."""
    day = date(2026, 1, 15)
    lead = leading.name_lead(
        Lead(
            space=side.space,
            territory=side.space.territory,
            actor=actor,
            named_on=day,
            mandate=f"Mandat {side.mark}",
        ),
        by=side.owner,
    )
    post = leading.save_post(
        Post(space=side.space, actor=actor, title=f"Poste {side.mark}", share=1),
        by=side.owner,
    )
    space = {"space_pk": side.space.pk}
    named = {
        "place": side.space.territory_id,
        "actor": actor.pk,
        "named_on": "2026-02-01",
        "mandate": "Délibération",
    }
    given = {"title": "Conseiller", "actor": actor.pk, "share": "1"}
    one = space | {"post_pk": post.pk}
    return {
        **{f"actors:{name}": Call(space) for name in ("posts", "posts_csv")},
        "actors:leads": Call(space, post=named),
        "actors:end_lead": Call(space | {"lead_pk": lead.pk}),
        "actors:add_post": Call(space, post=given),
        "actors:edit_post": Call(one, post=given),
        "actors:end_post": Call(one),
    }
