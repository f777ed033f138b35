"""The one query per figure: value, reason, n, source; the same for page and document.

Where the figure of a territory is secret or missing though its file was loaded, the
value of the smallest larger territory that has one is read instead, with a flag: what
is inherited is never taken for what was observed. Counts are not inherited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Round
from django.db.models.lookups import IsNull
from django.urls import reverse

from jalons.analysis.observations import Figures
from jalons.indicators.models import Indicator, Observation, Release
from jalons.territories.models import (
    CURRENT_YEAR,
    SMALL,
    Edition,
    Membership,
    Territory,
    held_in,
)

# The seven levels of the communal density grid, from the densest.
DENSITY_LEVELS = tuple(f"density_{level}" for level in range(1, 8))
# What a part may take from the whole: not numbers of persons or of places.
INHERITABLE = ("euros", "percent", "per_100", "km")
# From the smallest of the larger territories to the largest.
PARENTS = (
    Territory.Kind.COMMUNE,
    Territory.Kind.EPCI,
    Territory.Kind.DEPARTEMENT,
    Territory.Kind.REGION,
)
# Its base is the number of inhabitants of the census, for IRIS, which have no other.
INHABITANTS = "share_65_plus"
# Larger lists of codes are read whole and sorted out here: databases limit them.
MOST_CODES = 5_000

Status = Observation.Status
VALUED = {Status.PUBLISHED, Status.INHERITED, Status.IMPUTED}
Territories = QuerySet[Territory] | Iterable[Territory] | Iterable[str]


def dated(vintage: str) -> str:
    """A vintage to be read: a year, or a month when the producer dates its file.

    >>> dated("2022"), dated("2019-09-30")
    ('2022', '09/2019')
    """
    year, *rest = vintage.split("-")
    return f"{rest[0]}/{year}" if rest else year


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with what is needed to read it; `value` is None for a stated reason."""

    value: float | None
    status: str
    unit: str
    vintage: str
    source: str
    """Title of the data set and its producer."""
    indicator: str = ""
    licence: str = ""
    n: float | None = None
    """Persons, households or places on which the value rests."""
    known_share: float | None = None
    """For a value computed from parts: the part of the base that is known."""
    inherited_from: str = ""
    """Code of the larger territory whose value this is, and what kind it is of."""
    inherited_kind: str = ""

    @property
    def dated(self) -> str:
        return dated(self.vintage)

    @property
    def link(self) -> str:
        """Address of the definition of the indicator."""
        return reverse("indicators:definition", args=[self.indicator])


def revision() -> str:
    """Changes when figures, their definitions or the geography are loaded."""
    state = Release.objects.aggregate(Max("loaded_at"), Count("pk"))
    at = state["loaded_at__max"]
    stamp = at.timestamp() if at else 0
    return f"{Edition.objects.number()}:{state['pk__count']}:{stamp}"


def observations(
    indicator_ids: Iterable[str], territories: Territories
) -> dict[str, dict[str, Figure]]:
    """The latest figure of each territory, by indicator then code of territory.

    Every indicator asked for has its entry; a territory that no file mentions is
    absent, which is not the same as a figure without value. Nothing is inherited.
    """
    ids = list(indicator_ids)
    rows = (
        _latest_first(ids, territories)
        .select_related("indicator", "release__source")
        .iterator()
    )
    figures: dict[str, dict[str, Figure]] = {code: {} for code in ids}
    for row in rows:
        figures[row.indicator_id].setdefault(row.territory_id, _figure(row))
    return figures


def releases_read(
    indicator_ids: Iterable[str],
    territories: Territories,
    *,
    only_published: bool = False,
) -> dict[str, list[Release]]:
    """By indicator, the releases that the latest values are of, the oldest first.

    A release is left out when every territory that has a value in it has a later
    figure, were it without value. `only_published`: of what is not estimated.
    """
    used: dict[str, set[int]] = {code: set() for code in indicator_ids}
    rows = _latest_first(used, territories).values_list(
        "indicator_id", "territory_id", "status", "release_id"
    )
    wanted = {Status.PUBLISHED} if only_published else VALUED
    seen: set[tuple[str, str]] = set()
    for indicator, territory, status, release in rows.iterator(chunk_size=20_000):
        if (indicator, territory) not in seen:
            seen.add((indicator, territory))
            if status in wanted:
                used[indicator].add(release)
    found = Release.objects.select_related("source").order_by("vintage", "pk")
    releases = [*found.filter(pk__in=set().union(*used.values()))]
    return {code: [one for one in releases if one.pk in used[code]] for code in used}


def loaded_somewhere(indicator_ids: Iterable[str]) -> set[str]:
    """Those of which a figure is loaded for some territory, whatever its kind."""
    found = Indicator.objects.filter(
        Exists(Observation.objects.filter(indicator=OuterRef("pk"))),
        code__in=list(indicator_ids),
    )
    return set(found.values_list("code", flat=True))


def latest(indicator_id: str, territories: Territories) -> Mapping[str, Figure]:
    """The latest figure of each territory for one indicator, by code."""
    return observations([indicator_id], territories)[indicator_id]


def known(
    indicator_ids: Iterable[str], territories: Territories
) -> dict[str, dict[str, Figure]]:
    """The latest figures by code of territory then indicator, inherited ones flagged.

    A territory of which nothing is loaded is absent; so is an indicator of which
    nothing is loaded for it.
    """
    found: dict[str, dict[str, Figure]] = {}
    for indicator, figures in observations(indicator_ids, territories).items():
        for code, figure in figures.items():
            found.setdefault(code, {})[indicator] = figure
    wanting = {
        (code, indicator)
        for code, figures in found.items()
        for indicator, figure in figures.items()
        if figure.value is None and figure.unit in INHERITABLE
    }
    for code, indicator, figure in _inherited(wanting):
        found[code][indicator] = figure
    return found


def described(indicator_ids: Iterable[str], territory: Territory) -> dict[str, Figure]:
    """The figures of one territory; where a commune or an IRIS has none, not even a
    reason, that of the territory around it, flagged: one file of communes hides
    nothing known before.
    """
    ids = list(indicator_ids)
    found = known(ids, [territory.code]).get(territory.code, {})
    if territory.kind not in SMALL:
        return found
    absent = {(territory.code, one) for one in ids if one not in found}
    for _, indicator, figure in _inherited(absent):
        if figure.unit in INHERITABLE:
            found[indicator] = figure
    return found


def _inherited(wanting: set[tuple[str, str]]) -> Iterator[tuple[str, str, Figure]]:
    """For each code and indicator, the figure of the nearest larger territory."""
    if not wanting:
        return
    parents = _kinds_and_parents({code for code, _ in wanting})
    above = {parent for each in parents.values() for _kind, parent in each}
    figures = observations({indicator for _, indicator in wanting}, above)
    for code, indicator in wanting:
        for kind, parent in parents.get(code, ()):
            figure = figures[indicator].get(parent)
            if figure is not None and figure.value is not None:
                flagged = replace(
                    figure,
                    status=str(Status.INHERITED),
                    inherited_from=parent,
                    inherited_kind=kind,
                )
                yield code, indicator, flagged
                break


def matrix(indicator_ids: Sequence[str], territories: QuerySet[Territory]) -> Figures:
    """The same figures as arrays for the index: one row a territory, by code.

    What is inherited is marked as imputed. A territory without population weighs
    nothing. An indicator that is not loaded is a column without any value. An IRIS
    inherits what no file gives for it, and weighs its inhabitants of the census.
    """
    rows = territories.order_by("code").values_list("code", "kind", "population")
    people: dict[str, float | None] = {code: count for code, _kind, count in rows}
    codes, ids = tuple(people), tuple(indicator_ids)
    values, asked = _values(codes, ids, territories)
    inner = np.array([kind == Territory.Kind.IRIS for _code, kind, _n in rows])
    if inner.any():
        asked |= inner[:, None]
        people |= _counted(territories)
    imputed = np.zeros(values.shape, dtype=bool)
    units = dict(Indicator.objects.filter(code__in=ids).values_list("code", "unit"))
    for at, indicator in enumerate(ids):
        unknown = np.flatnonzero(asked[:, at] & np.isnan(values[:, at]))
        if unknown.size and units.get(indicator) in INHERITABLE:
            wanting = {(codes[row], indicator) for row in unknown}
            place = {codes[row]: row for row in unknown}
            for code, _, figure in _inherited(wanting):
                values[place[code], at] = figure.value
                imputed[place[code], at] = True
    population = np.array([n or 0 for n in people.values()], dtype=np.float64)
    return Figures(codes, ids, values, population, imputed)


def _counted(territories: QuerySet[Territory]) -> dict[str, float]:
    """Inhabitants of the census, where it was loaded."""
    found = latest(INHABITANTS, territories)
    return {code: one.n for code, one in found.items() if one.n is not None}


def _values(
    codes: Sequence[str], ids: Sequence[str], territories: QuerySet[Territory]
) -> tuple[np.ndarray, np.ndarray]:
    """Values, and which cells a file mentions."""
    row_of = {code: at for at, code in enumerate(codes)}
    column_of = {code: at for at, code in enumerate(ids)}
    values = np.full((len(codes), len(ids)), np.nan)
    asked = np.zeros(values.shape, dtype=bool)
    rows = _latest_first(ids, territories).values_list(
        "territory_id", "indicator_id", "value"
    )
    for code, indicator, value in rows.iterator(chunk_size=20_000):
        row, column = row_of[code], column_of[indicator]
        if not asked[row, column]:
            asked[row, column] = True
            values[row, column] = np.nan if value is None else value
    return values, asked


def parents_of(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Commune (of an IRIS), EPCI, département and région of each code, in that order,
    those that exist."""
    found = _kinds_and_parents(codes)
    return {code: tuple(group for _kind, group in each) for code, each in found.items()}


def _kinds_and_parents(codes: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    wanted = set(codes)
    links = Membership.objects.filter(held_in(CURRENT_YEAR))
    if len(wanted) <= MOST_CODES:
        links = links.filter(member__in=wanted)
    kinds = [str(kind) for kind in PARENTS]
    found: dict[str, list[tuple[str, str]]] = {}
    for member, group, kind in links.values_list("member", "group", "group__kind"):
        if member in wanted:
            found.setdefault(member, []).append((kind, group))
    for groups in found.values():
        groups.sort(key=lambda each: (kinds.index(each[0]), each[1]))
    return found


def inhabitants_by_level(territories: Territories) -> dict[str, list[float]]:
    """Inhabitants of each territory by level of the density grid, 1 to 7.

    Nobody lives in a level that is not given for a territory that has another one.
    Territories without any level are left out: a class cannot be told.
    """
    found: dict[str, dict[str, float]] = {}
    rows = _latest_first(DENSITY_LEVELS, territories)
    for code, level, value in rows.values_list("territory", "indicator", "value"):
        found.setdefault(code, {}).setdefault(level, np.nan if value is None else value)
    levels = {
        code: [given.get(level, 0.0) for level in DENSITY_LEVELS]
        for code, given in found.items()
    }
    return {code: row for code, row in levels.items() if not np.isnan(row).any()}


def _latest_first(
    ids: Iterable[str], territories: Territories
) -> QuerySet[Observation]:
    """Observations, the one to be read first for each indicator and territory.

    The latest vintage; within it the one that rests on most of its base, a published
    value resting on all of it; then one that says its base; then the last one loaded.
    """
    return Observation.objects.filter(
        indicator__in=list(ids), territory__in=territories
    ).order_by(
        "-release__vintage",
        Round(Coalesce("known_share", 1.0), precision=6).desc(),
        IsNull(F("base"), True),
        "-release_id",
    )


def _figure(row: Observation) -> Figure:
    source = row.release.source
    return Figure(
        value=row.value,
        status=row.status,
        unit=row.indicator.unit,
        vintage=row.release.vintage,
        source=source.full_title,
        indicator=row.indicator_id,
        licence=source.licence,
        n=row.base,
        known_share=row.known_share,
    )
