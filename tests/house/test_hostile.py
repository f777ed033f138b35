"""A stranger who knows every address and number of our space gets nothing from it.

They own a space of their own, so that every page opens to them somewhere. What the
space holds is compared before and after each request that wrote anything, row by row
and field by field.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from django.apps import apps
from django.db import connection
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
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
Dump = dict[str, dict[str, object]]


def dump(space: Space) -> Dump:
    """The space and all that hangs from it, however far, with every field."""
    found: Dump = {}
    near: list[Model] = [space, *Entry.objects.within(space)]
    while near:
        new = {f"{row._meta.label} {row.pk}": row for row in near}
        new = {name: row for name, row in new.items() if name not in found}
        for name, row in new.items():
            found[name] = {f.attname: getattr(row, f.attname) for f in row._meta.fields}
        near = _links_of(new.values()) + _hanging_from(new.values())
    return found


def _links_of(rows: Iterable[Model]) -> list[Model]:
    held = [
        getattr(row, field.name)
        for row in rows
        for field in row._meta.fields
        if field.related_model is Link
    ]
    return [link for link in held if link]


def _hanging_from(rows: Iterable[Model]) -> list[Model]:
    """The rows that point to one of these, a query for each way of pointing."""
    kinds = defaultdict(list)
    for row in rows:
        kinds[type(row)].append(row)
    return [
        below
        for kind, above in kinds.items()
        for model, key in _pointing_at(kind)
        for below in model._base_manager.filter(**{f"{key}__in": above})
    ]


@cache
def _pointing_at(kind: type[Model]) -> list[tuple[type[Model], str]]:
    return [
        (model, key.name)
        for model in apps.get_models(include_auto_created=True)
        if model not in COMMON
        for key in model._meta.fields
        if key.is_relation and issubclass(kind, key.related_model)
    ]


@pytest.fixture(scope="module")
def before(world: World, django_db_blocker) -> Dump:
    """What our space holds; every test undoes what it writes."""
    with django_db_blocker.unblock():
        return dump(world.ours.space)


def crossed(own: Call, other: Call) -> list[dict[str, object]]:
    """Their own arguments, each in turn replaced by ours."""
    return [own.kwargs | {name: other.kwargs[name]} for name in own.kwargs]


def test_the_dump_reaches_what_a_space_holds(world: World):
    kept = {name.split()[0] for name in dump(world.ours.space)}

    assert {"spaces.Membership", "spaces.Invitation", "accounts.Link"} <= kept
    assert "accounts.User" not in kept


def test_a_statement_that_writes_is_noticed(world: World):
    with written() as statements:
        Space.objects.filter(pk=world.ours.space.pk).exists()
    assert not statements

    with undone(), written() as statements:
        Space.objects.filter(pk=world.ours.space.pk).update(name="Autre")
    assert len(statements) == 1


@pytest.mark.parametrize("row", PRIVATE, ids=str)
def test_our_addresses_give_a_stranger_nothing(world: World, before, row: Row):
    call = world.call(row.url).without_secret

    _try(world, before, row, call)


@pytest.mark.parametrize("row", PRIVATE, ids=str)
def test_our_numbers_in_their_addresses_and_bodies_do_nothing(
    world: World, before, row: Row
):
    ours = world.call(row.url).without_secret
    theirs = world.their_calls.get(row.url, Call())
    smuggled = dict.fromkeys(NAMES, world.ours.space.pk) | ours.kwargs

    for kwargs in [theirs.kwargs, *crossed(theirs, ours)]:
        for body in (theirs.post | smuggled, smuggled | ours.post):
            _try(world, before, row, Call(kwargs, theirs.query, body))


def _try(world: World, before: Dump, row: Row, call: Call) -> None:
    """The stranger is given nothing of ours, and what our space holds stands."""
    with undone():
        client = client_of(world, "stranger")
        with written() as statements:
            response = send(client, row.method, call.url(row.url), call)
            given = response.getvalue()
        after = dump(world.ours.space) if statements else before

    assert world.ours.mark.encode() not in given
    assert after == before


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements sent meanwhile to the database, but those that only read."""
    found: list[str] = []

    def note(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(READS):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
