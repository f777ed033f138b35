"""Distances to help, written as figures: the index and the portrait read them so."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.analysis.distances import nearest_km
from jalons.coverage.ground import DOES_NOT_RECEIVE
from jalons.directory.models import Place
from jalons.indicators.cells import Made
from jalons.indicators.models import Indicator, Observation, Release
from jalons.indicators.reports import TableReport
from jalons.indicators.writing import Ready, write_tables
from jalons.territories.models import Membership, Territory

INDICATOR, SOURCE = "help_distance", "places"
FILE = "places/communes"
Kind = Territory.Kind
Status = Observation.Status
Point = tuple[float, float]


class NoPlace(Exception):
    """No list of real places is loaded: nothing is far from nothing."""


class NoDefinition(Exception):
    """The definition of the indicator is not in the database yet."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured: communes, groups of communes, from how many places."""

    places: int
    communes: int
    groups: int
    vintage: str
    state: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of a département where some place is loaded."""

    code: str
    at: Point
    people: int


def write_distances(on: date, *, by: User | None, dry_run: bool = False) -> Measured:
    """Write the distance of each commune, and the means of groups, dated of a month.

    The figures of the same month take the place of the former ones. Raises NoPlace or
    NoDefinition.
    """
    places = real_places()
    if not places:
        raise NoPlace
    if not Indicator.objects.filter(pk=INDICATOR).exists():
        raise NoDefinition
    communes = _communes({code for code, _at in places})
    km = nearest_km([one.at for one in communes], [at for _code, at in places])
    each = dict(zip([one.code for one in communes], km.tolist(), strict=True))
    groups = list(_groups(communes, each))
    made = [Made(code, INDICATOR, each[code], Status.PUBLISHED) for code in each]
    made += groups
    release = Release(
        source_id=SOURCE,
        vintage=f"{on:%Y-%m}",
        file=FILE,
        name=_("places of the lists loaded"),
        checksum=_print_of(places, communes, groups),
    )
    report = TableReport(table=FILE, vintage=release.vintage, rows=len(places))
    report.figures, report.territories = {Status.PUBLISHED.value: len(made)}, len(made)
    if not dry_run:
        ready = [Ready(report, release, made)]
        write_tables(ready, by=by, still_wanted=lambda: True)
    return Measured(len(places), len(each), len(groups), release.vintage, report.state)


def real_places() -> list[tuple[str, Point]]:
    """Commune and point of the places that receive people, invented lists apart."""
    rows = Place.objects.open_to_all().filter(place_list__is_simulated=False)
    said = rows.values_list("commune", "longitude", "latitude", "access_modes")
    return sorted(
        (code, (x, y)) for code, x, y, modes in said if DOES_NOT_RECEIVE not in modes
    )


def _communes(with_places: set[str]) -> list[Commune]:
    """Those of the départements where at least one place is loaded."""
    departements = Membership.objects.filter(
        member__in=with_places, group__kind=Kind.DEPARTEMENT, until=None
    ).values("group")
    members = Membership.objects.filter(group__in=departements, until=None)
    rows = (
        Territory.objects.communes()
        .current()
        .filter(code__in=members.values("member"))
        .exclude(longitude=None)
        .order_by("code")
        .values_list("code", "longitude", "latitude", "population")
    )
    return [Commune(code, (x, y), people or 0) for code, x, y, people in rows]


def _groups(communes: Sequence[Commune], km: Mapping[str, float]) -> Iterator[Made]:
    """Means weighted by inhabitants, of the groups whose communes are all known."""
    people = {one.code: one.people for one in communes}
    members: defaultdict[str, list[str]] = defaultdict(list)
    links = Membership.objects.filter(
        until=None, member__kind=Kind.COMMUNE, member__longitude__isnull=False
    )
    for code, group in links.values_list("member", "group"):
        members[group].append(code)
    for group, codes in sorted(members.items()):
        total = sum(people.get(code, 0) for code in codes)
        if not total or any(code not in km for code in codes):
            continue
        mean = sum(km[code] * people[code] for code in codes) / total
        yield Made(group, INDICATOR, mean, Status.PUBLISHED, base=float(total))


def _print_of(*measured: Sequence[object]) -> str:
    """It changes when a figure would: places, communes, inhabitants or groups moved."""
    return hashlib.sha256(repr(measured).encode()).hexdigest()
