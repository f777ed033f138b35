"""A stranger who knows every address and number of our space gets nothing from it.

They own a space of their own, so that every page opens to them somewhere. What the
space holds is compared before and after, row by row and field by field.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

from jalons.accounts.models import Link, User
from jalons.audit.models import Entry
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from tests.house.calls.call import Call
from tests.house.matrix import ROWS, Row
from tests.house.visits import client_of, send, undone
from tests.house.world import World

pytestmark = pytest.mark.django_db
PRIVATE = [row for row in ROWS if not row.is_public]
# Shared by everybody, they belong to no space.
COMMON = (User, Territory)
# Names under which a body could carry somebody else's number.
NAMES = ("space", "space_id", "pk", "id", "user", "member", "invitation", "campaign")


def dump(space: Space) -> dict[str, dict[str, object]]:
    """The space and all that hangs from it, however far, with every field."""
    found: dict[str, dict[str, object]] = {}
    waiting: list[Model] = [space, *Entry.objects.within(space)]
    while waiting:
        row = waiting.pop()
        name = f"{row._meta.label} {row.pk}"
        if name not in found and not isinstance(row, COMMON):
            found[name] = {f.attname: getattr(row, f.attname) for f in row._meta.fields}
            waiting.extend(_links_of(row) + _hanging_from(row))
    return found


def _links_of(row: Model) -> list[Model]:
    held = [getattr(row, f.name) for f in row._meta.fields if f.related_model is Link]
    return [link for link in held if link]


def _hanging_from(row: Model) -> list[Model]:
    """The rows that point to this one."""
    return [
        below
        for model in apps.get_models(include_auto_created=True)
        for key in model._meta.fields
        if key.is_relation and isinstance(row, key.related_model)
        for below in model._base_manager.filter(**{key.name: row})
    ]


def crossed(own: Call, other: Call) -> list[dict[str, object]]:
    """Their own arguments, each in turn replaced by ours."""
    return [own.kwargs | {name: other.kwargs[name]} for name in own.kwargs]


def test_the_dump_reaches_what_a_space_holds(world: World):
    kept = {name.split()[0] for name in dump(world.ours.space)}

    assert {"spaces.Membership", "spaces.Invitation", "accounts.Link"} <= kept
    assert "accounts.User" not in kept


@pytest.mark.parametrize("row", PRIVATE, ids=str)
def test_our_addresses_give_a_stranger_nothing(world: World, row: Row):
    call = world.call(row.url).without_secret

    _try(world, row, call)


@pytest.mark.parametrize("row", PRIVATE, ids=str)
def test_our_numbers_in_their_addresses_and_bodies_do_nothing(world: World, row: Row):
    ours = world.call(row.url).without_secret
    theirs = world.their_calls.get(row.url, Call())
    smuggled = dict.fromkeys(NAMES, world.ours.space.pk) | ours.kwargs

    for kwargs in [theirs.kwargs, *crossed(theirs, ours)]:
        for body in (theirs.post | smuggled, smuggled | ours.post):
            _try(world, row, Call(kwargs, theirs.query, body))


def _try(world: World, row: Row, call: Call) -> None:
    before = dump(world.ours.space)
    with undone():
        client = client_of(world, "stranger")
        response = send(client, row.method, call.url(row.url), call)

        assert world.ours.mark.encode() not in response.getvalue()
        assert dump(world.ours.space) == before
