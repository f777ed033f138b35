"""A list read part after part while others write: no gap and no double, for each kind.

What is there from the first part to the last is read once, whatever comes, goes or
changes between two parts: after the part just read, before it, or its last item.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.db import models, transaction
from django.test import Client, RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jalons.adoption.operations import freeze_version
from jalons.api.paging import slice_of
from jalons.api.site import api
from jalons.directory.models import PlaceList
from jalons.indicators.models import Indicator, Observation
from jalons.indices.models import IndexDefinition
from jalons.indices.operations import load_definitions, shipped_files
from jalons.library.models import Sheet
from jalons.observatory.models import Publication
from jalons.territories.models import Membership, Territory
from tests.adoption.versions import publishes
from tests.directory.places import make_place
from tests.factories import make_campaign, make_space, make_user
from tests.indices.conftest import TEXT, observe
from tests.roadmaps.plans import make_roadmap

HOW_MANY = 7
CODES = [f"3300{n}" for n in range(1, HOW_MANY + 1)]
ABSENT = st.sets(st.integers(0, HOW_MANY - 1), max_size=3)
MOVED = st.sets(st.integers(0, HOW_MANY - 1), min_size=1, max_size=2)
WALKS = (ABSENT, st.lists(MOVED, min_size=4, max_size=6), st.integers(1, 3))
"""Who is absent at first, who comes or goes after each part, items of a part."""


def short(examples: int) -> settings:
    return settings(
        max_examples=examples,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@dataclass
class Kind:
    """Rows that make one item each, by the field of the item that names it."""

    path: str
    name: Callable[[dict], object]
    rows: dict[object, models.Model]
    changed: dict[str, object] = field(default_factory=dict)

    def here(self, at: int) -> models.QuerySet:
        row = [*self.rows.values()][at]
        return type(row).objects.filter(pk=row.pk)

    def move(self, at: int) -> None:
        """Out when it is there, back otherwise; those that stay are changed."""
        row = [*self.rows.values()][at]
        if not self.here(at).delete()[0]:
            type(row).objects.bulk_create([row])

    def change(self) -> None:
        for at in range(HOW_MANY):
            self.here(at).update(**self.changed)

    def there(self) -> set[object]:
        model = type(next(iter(self.rows.values())))
        alive = {*model.objects.values_list("pk", flat=True)}
        return {name for name, row in self.rows.items() if row.pk in alive}


def again(row: models.Model, **fields: object) -> models.Model:
    """Another row like this one."""
    row = type(row).objects.get(pk=row.pk)
    row.pk = None
    row._state.adding = True
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def communes() -> dict[str, Territory]:
    made = [Territory(code=one, kind="commune", name=one) for one in CODES]
    return {one.code: one for one in Territory.objects.bulk_create(made)}


def territories() -> Kind:
    return Kind(
        "territories", lambda one: one["code"], communes(), {"name": "Autre nom"}
    )


def members() -> Kind:
    communes()
    Territory.objects.create(code="200000001", kind="epci", name="CC")
    held = {"group_id": "200000001", "since": 2021, "until": 2026}
    rows = {one: Membership.objects.create(member_id=one, **held) for one in CODES}
    path = "territories/200000001/members"
    return Kind(path, lambda one: one["code"], rows, {"since": 2022})


def values() -> Kind:
    communes()
    observe("poverty_rate", dict.fromkeys(CODES, 12.5))
    rows = {one.territory_id: one for one in Observation.objects.order_by("pk")}
    path = "indicators/poverty_rate/values"
    return Kind(path, lambda one: one["territory"], rows, {"value": 13.0})


def figures() -> Kind:
    commune = next(iter(communes()))
    for code in CODES:
        observe(f"rate_{code}", {commune: 12.5})
    rows = {one.indicator_id: one for one in Observation.objects.order_by("pk")}
    path = f"territories/{commune}/figures"
    return Kind(path, lambda one: one["indicator"], rows, {"value": 13.0})


def indicators() -> Kind:
    for code in CODES:
        observe(f"rate_{code}", {})
    rows = {one.code: one for one in Indicator.objects.all()}
    changed = {"title": TEXT | {"fr": "Autrement dit"}}
    return Kind("indicators", lambda one: one["code"], rows, changed)


def indices() -> Kind:
    load_definitions(shipped_files())
    shipped = IndexDefinition.objects.earliest("pk")
    rows = {f"indice-{one}": again(shipped, code=f"indice-{one}") for one in CODES}
    IndexDefinition.objects.exclude(code__in=rows).delete()
    changed = {"loaded_at": timezone.now()}
    return Kind("indices", lambda one: one["code"], rows, changed)


def surveys() -> Kind:
    campaign, by, now = make_campaign(), make_user(), timezone.now()
    said = {"public_from": now, "published_at": now, "published_by": by, "figures": {}}
    rows = {
        slug: Publication.objects.create(campaign=again(campaign, slug=slug), **said)
        for slug in CODES
    }
    return Kind("surveys", lambda one: one["slug"], rows, {"code_version": "2"})


def place_lists() -> Kind:
    said = {"licence": "", "is_simulated": False}
    made = [PlaceList.objects.create(name=one, **said) for one in CODES]
    changed = {"licence": "Licence Ouverte 2.0"}
    return Kind("place-lists", lambda one: one["id"], {m.pk: m for m in made}, changed)


def places() -> Kind:
    made = make_place()
    found = [made, *(again(made, ref=one) for one in CODES[1:])]
    rows = {one.pk: one for one in found}
    return Kind("places", lambda one: one["id"], rows, {"name": "Autre nom"})


def roadmaps() -> Kind:
    by = make_user()
    roadmap = make_roadmap(make_space(owner=by), by=by, title="Cap commun")
    one = publishes(freeze_version(roadmap, "Envoyée", by=by), by=by)
    rows = {
        slug: again(one, slug=slug, roadmap=again(roadmap, title=slug))
        for slug in CODES
    }
    one.delete()
    changed = {"published_at": timezone.now()}
    return Kind("roadmaps", lambda one: one["slug"], rows, changed)


def library() -> Kind:
    content = {"title": "Une fiche", "summary": "Un résumé"}
    said = {"kind": Sheet.Kind.LANDMARK, "state": Sheet.State.PUBLISHED, **content}
    said |= {"edition_number": 1, "published_at": timezone.now(), "content": content}
    rows = {one: Sheet.objects.create(code=one, **said) for one in CODES}
    return Kind("library", lambda one: one["code"], rows, {"title": "Changée"})


KINDS = {
    "territories": territories,
    "members": members,
    "values": values,
    "territory_figures": figures,
    "indicators": indicators,
    "indices": indices,
    "surveys": surveys,
    "place_lists": place_lists,
    "places": places,
    "roadmaps": roadmaps,
    "library": library,
}
COMPUTED = {"scores"}


@pytest.mark.parametrize("code", KINDS)
def test_what_is_there_throughout_is_read_once(db, code):
    kind = KINDS[code]()

    @short(8)
    @given(*WALKS)
    def walk(absent, moves, limit):
        cache.clear()
        with transaction.atomic():
            walked(kind, absent, moves, limit)
            transaction.set_rollback(True)

    walk()


def walked(kind: Kind, absent: set[int], moves: list, limit: int) -> None:
    for at in absent:
        kind.move(at)
    throughout, read = kind.there(), []
    address: str | None = f"/api/v1/{kind.path}?limit={limit}"
    meanwhile = iter(moves)
    while address:
        told = Client().get(address).json()
        read += [kind.name(one) for one in told["items"]]
        address = told["next"]
        for at in next(meanwhile, ()):
            kind.move(at)
        kind.change()
        throughout &= kind.there()
    assert len(read) == len({*read})
    assert throughout <= {*read}


class Row(NamedTuple):
    code: str


@short(60)
@given(*WALKS)
def test_rows_computed_together_are_read_once_too(absent, moves, limit):
    """Scores: what they are computed from may come or go between two parts."""
    there = {*CODES} - {CODES[at] for at in absent}
    throughout, read, after = {*there}, [], None
    meanwhile = iter(moves)
    while len(read) <= HOW_MANY:
        request = RequestFactory().get("/scores", {"limit": limit})
        rows = [Row(one) for one in sorted(there, reverse=True)]
        found, following = slice_of(request, rows, "code", after, limit)
        read += [one.code for one in found]
        if following is None:
            break
        (after,) = parse_qs(urlsplit(following).query)["after"]
        there = there ^ {CODES[at] for at in next(meanwhile, ())}
        throughout &= there
    assert read == sorted({*read})
    assert throughout <= {*read}


def test_every_list_in_parts_is_walked_here():
    listed = {
        operation.url_name
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
        if "after" in str(operation.signature.signature)
    }
    assert listed == {*KINDS} | COMPUTED
