"""Whom to call when few actors are here: around, passing by, elsewhere, or ordinary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db.models import Count, QuerySet

from jalons.analysis.reach import km_between
from jalons.coverage.ground import DOES_NOT_RECEIVE
from jalons.coverage.ordinary import Ordinary, read_kinds
from jalons.directory.models import Place
from jalons.directory.words import telephone
from jalons.indicators.figures import observations
from jalons.indicators.resemblance import Peer, resembling
from jalons.territories.models import Territory
from jalons.territories.neighbours import neighbours_of

MOST_AROUND = 40
PASSING_KM = 40
ITINERANT = "itinerant"
Kind = Territory.Kind


@dataclass(frozen=True, slots=True)
class Around:
    """A place of a neighbouring EPCI; only what belongs to the place reaches it."""

    place: Place
    epci: str
    km: float

    @property
    def phone(self) -> str:
        """As it is read aloud."""
        return telephone(self.place.phone)


@dataclass(frozen=True, slots=True)
class Alike:
    """A territory that resembles this one, and the places known there today."""

    peer: Peer
    place_count: int


@dataclass(frozen=True, slots=True)
class Known:
    """Where places of a kind are: communes by name with how many, and who says so.

    `unsaid` communes are in no file, which is not to have none.
    """

    places: Sequence[tuple[str, int]]
    unsaid: int
    source: str
    dated: str

    @property
    def total(self) -> int:
        return sum(count for _commune, count in self.places)


@dataclass(frozen=True, slots=True)
class Contacts:
    """A contact list for an EPCI: nothing in it belongs to a person."""

    territory: Territory
    here: int
    neighbours: Sequence[Territory]
    around: Sequence[Around]
    around_count: int
    passing: Sequence[Around]
    alike: Sequence[Alike]
    ordinary: Ordinary
    known: Mapping[str, Known]
    """Of the kinds that a file loaded counts, by kind."""
    listed: Mapping[str, Sequence[Place]]
    """Places of this territory that the lists loaded name, by kind."""
    communes: Sequence[str]

    @property
    def shown(self) -> list[Place]:
        """Every place that the list names."""
        around = [one.place for one in (*self.around, *self.passing)]
        return [*around, *chain(*self.listed.values())]

    @property
    def is_simulated(self) -> bool:
        return any(one.place_list.is_simulated for one in self.shown)


def contacts_of(territory: Territory) -> Contacts:
    neighbours = neighbours_of(territory)
    around = _near(territory, neighbours)
    passing = [one for one in around if ITINERANT in one.place.mobility]
    passing += [one for one in _near(territory, [territory]) if _moves(one)]
    found = resembling(territory)
    counts = _place_counts([one.code for one in found.peers])
    members = Territory.objects.communes().current().within(territory).order_by("name")
    ordinary = read_kinds()
    here = _receiving().filter(commune__in=members.values("code"))
    return Contacts(
        territory=territory,
        here=here.count(),
        neighbours=neighbours,
        around=around[:MOST_AROUND],
        around_count=len(around),
        passing=[one for one in passing if one.km <= PASSING_KM],
        alike=[Alike(one, counts.get(one.code, 0)) for one in found.peers],
        ordinary=ordinary,
        known=_known(ordinary, members),
        listed=_listed(ordinary, here),
        communes=[one.name for one in members],
    )


def _known(ordinary: Ordinary, members: Iterable[Territory]) -> dict[str, Known]:
    """The communes that have places of each kind counted there."""
    communes = {one.code: one.name for one in members}
    counted = {one.id: one.counted_by for one in ordinary.kinds if one.counted_by}
    figures = observations(counted.values(), communes)
    found = {}
    for kind, indicator in counted.items():
        if not figures[indicator]:
            continue
        first = next(iter(figures[indicator].values()))
        said = {
            code: one.value
            for code, one in figures[indicator].items()
            if one.value is not None
        }
        found[kind] = Known(
            places=[
                (name, int(said[code]))
                for code, name in communes.items()
                if said.get(code)
            ],
            unsaid=len(communes.keys() - said.keys()),
            source=first.source,
            dated=first.dated,
        )
    return found


def _listed(ordinary: Ordinary, here: QuerySet[Place]) -> dict[str, list[Place]]:
    """Those of each kind, by commune then by name."""
    described = here.select_related("place_list").defer("summary", "description")
    places = [*described.order_by("locality", "name", "pk")]
    found = {
        one.id: [each for each in places if {*each.kinds} & {*one.place_kinds}]
        for one in ordinary.kinds
    }
    return {kind: named for kind, named in found.items() if named}


def _moves(one: Around) -> bool:
    return ITINERANT in one.place.mobility


def _receiving() -> QuerySet[Place]:
    return Place.objects.open_to_all()


def _near(territory: Territory, groups: Sequence[Territory]) -> list[Around]:
    """Places of some EPCI, the nearest to the centre of the territory first."""
    epci_of = {
        code: group.name
        for group in groups
        for code in Territory.objects.communes()
        .within(group)
        .values_list("code", flat=True)
    }
    centre = _centre(territory)
    if not epci_of or centre is None:
        return []
    rows = [
        place
        for place in _receiving()
        .filter(commune__in=list(epci_of))
        .defer("summary", "description")
        .select_related("place_list")
        if DOES_NOT_RECEIVE not in place.access_modes
    ]
    ways = km_between([centre], [(one.longitude, one.latitude) for one in rows])[0]
    found = [
        Around(place, epci_of[place.commune_id], float(km))
        for place, km in zip(rows, ways, strict=True)
    ]
    return sorted(found, key=lambda one: (round(one.km, 1), one.place.name))


def _centre(territory: Territory) -> tuple[float, float] | None:
    """Where most people live, rather than the middle of the fields."""
    rows = [
        (people or 0, x, y)
        for people, x, y in Territory.objects.communes()
        .within(territory)
        .exclude(longitude=None)
        .values_list("population", "longitude", "latitude")
    ]
    total = sum(people for people, _x, _y in rows)
    if not total:
        return None
    return (
        sum(people * x for people, x, _y in rows) / total,
        sum(people * y for people, _x, y in rows) / total,
    )


def _place_counts(codes: Sequence[str]) -> dict[str, int]:
    rows = (
        _receiving()
        .filter(commune__memberships__group__in=codes, commune__memberships__until=None)
        .values("commune__memberships__group")
        .annotate(n=Count("pk", distinct=True))
    )
    return {row["commune__memberships__group"]: row["n"] for row in rows}
