from __future__ import annotations

from django.core.files.base import ContentFile

from jalons.actors.access import FILE_KIND
from jalons.files import operations as files
from tests.actors.people import make_actor
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
        **{f"actors:{n}": Call(space) for n in ("list", "load", "directory")},
        **{f"actors:{n}": Call(one) for n in ("show", "archive", "restore")},
        **{f"actors:{n}": Call(table) for n in ("grid", "fill", "board")},
        "actors:add": Call(space, post=given),
        "actors:edit": Call(one, post=given),
        "actors:file": Call(space | {"format": "csv"}),
        "actors:columns": Call(file, post={"name": "nom", "family": "famille"}),
        "actors:forget": Call(file),
    }
