"""The communes of a territory: which are fragile, what is known of them, districts.

A commune is called fragile when, in most of the ways of computing the index, it is in
the most fragile third of the communes of the région. When too few figures of communes
are loaded for an index, the first one that is known is read instead: an average hides
its communes. When none is loaded, the reason is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from jalons.analysis.position import Position, position_in
from jalons.diagnosis.themes import SHOWN
from jalons.indicators.figures import Figure, dated, latest
from jalons.indicators.models import Indicator, Observation, Release
from jalons.indices.areas import usual_area
from jalons.indices.definitions import said
from jalons.indices.figures import PREFERRED, origins_of, results_of
from jalons.indices.models import IndexDefinition
from jalons.indices.results import Results
from jalons.search.words import alphabetical
from jalons.territories.models import SMALL, Territory

MOST_OF_THE_WAYS = 0.5
"""Share of the ways of computing in which a commune is in the most fragile third, from
which it is called fragile here. Our choice."""
QPV = "qpv"
INSTEAD = ("median_income", "poverty_rate")
"""Read when no index can be computed: the first that is known."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a list of priority districts comes from."""

    source: str
    dated: str

    def __str__(self) -> str:
        return f"{self.source}, {self.dated}"


# Without slots: the thousands of a région are read back from the cache at each page,
# and Python restores an object of slots field by field, ten times slower.
@dataclass(frozen=True)
class Commune:
    """One commune; `share` is that of the ways that find it fragile, None unscored.

    `is_borrowed` when its score would be above all that of its EPCI: it has no share.
    `reason` says why an index gives it no score, `used` on how many figures its score
    rests. `value` is that of the figure read instead of an index, `n` the persons or
    households on which it rests, `status` why it has none, `vintage` the year of it;
    `quarter` says that it lies in the `low` or in the `high` one, or in the `middle`.
    `listed` is the list that counts its `districts`.
    """

    code: str
    name: str
    share: float | None
    districts: int | None
    listed: Listed | None = None
    is_borrowed: bool = False
    value: float | None = None
    status: str = ""
    quarter: str = ""
    reason: str = ""
    used: int | None = None
    n: float | None = None
    vintage: str = ""

    @property
    def is_fragile(self) -> bool:
        return self.share is not None and self.share >= MOST_OF_THE_WAYS


@dataclass(frozen=True, slots=True)
class Measure:
    """The figure read instead of an index: half of the communes of `within`, of which
    `n` have a value, lie from `low` to `high`."""

    title: str
    unit: str
    higher_is_better: bool
    source: str
    title_of_source: str
    within: str
    low: float
    high: float
    n: int

    def is_marked(self, one: Commune) -> bool:
        """Whether the commune lies in the quarter that calls for attention."""
        return one.quarter == ("low" if self.higher_is_better else "high")


@dataclass(frozen=True, slots=True)
class Communes:
    """The communes of a territory; without `lists`, no list of QPV is loaded.

    `lists` are those that count the districts of these communes, the oldest first.

    `index` names the index that scored them, and what it was read against: `ranked`
    communes, placed in `draws` ways of computing it. Without a score for any of them,
    `measure` is what is known instead, if anything.
    """

    territory: Territory
    every: tuple[Commune, ...]
    lists: tuple[Listed, ...]
    index: str = ""
    measure: Measure | None = None
    ranked: int = 0
    draws: int = 0

    @property
    def sources(self) -> str:
        """Where all that is said of them comes from, in one line."""
        figures = self.measure.source if self.measure else self.index
        return _("; ").join(filter(None, (figures, *map(str, self.lists))))

    @property
    def list_years(self) -> str:
        return ", ".join(dict.fromkeys(one.dated for one in self.lists))

    @property
    def scored(self) -> list[Commune]:
        return [one for one in self.every if one.share is not None]

    @property
    def fragile(self) -> list[Commune]:
        return [one for one in self.every if one.is_fragile]

    @property
    def borrowed(self) -> list[Commune]:
        return [one for one in self.every if one.is_borrowed]

    @property
    def valued(self) -> list[Commune]:
        return [one for one in self.every if one.value is not None]

    @property
    def marked(self) -> list[Commune]:
        """Those in the quarter of the figure that calls for attention."""
        measure = self.measure
        return [one for one in self.every if measure and measure.is_marked(one)]

    @property
    def with_districts(self) -> list[Commune]:
        return [one for one in self.every if one.districts]

    @property
    def is_drawn(self) -> bool:
        """Whether a map would say anything."""
        return bool(self.scored or self.with_districts or self.measure)


def communes_of(territory: Territory) -> Communes | None:
    """The communes of an EPCI, a département or a région; None for a smaller one."""
    if territory.kind in SMALL:
        return None
    inside = Territory.objects.communes().within(territory)
    scored = _scored(inside)
    districts = {
        code: figure
        for code, figure in latest(QPV, inside).items()
        if figure.value is not None
    }
    lists = _lists_of(districts.values())
    every = tuple(
        Commune(
            one.code,
            one.name,
            scored.shares.get(one.code),
            *_counted(districts.get(one.code), lists),
            one.code in scored.borrowed,
            reason=scored.reasons.get(one.code, ""),
            used=scored.used.get(one.code),
        )
        for one in sorted(inside, key=lambda one: alphabetical(one.name))
    )
    listed = tuple(lists[one] for one in sorted(lists)) or _list_loaded()
    found = Communes(
        territory,
        every,
        listed,
        scored.index,
        ranked=scored.ranked,
        draws=scored.draws,
    )
    return found if found.scored else _with_figure(found, inside)


def _lists_of(figures: Iterable[Figure]) -> dict[tuple[str, str], Listed]:
    """Each list once, by its vintage and its source."""
    return {(one.vintage, one.source): Listed(one.source, one.dated) for one in figures}


def _counted(
    figure: Figure | None, lists: Mapping[tuple[str, str], Listed]
) -> tuple[int | None, Listed | None]:
    if figure is None or figure.value is None:
        return None, None
    return round(figure.value), lists[figure.vintage, figure.source]


def _list_loaded() -> tuple[Listed, ...]:
    """The latest list that is loaded, when it holds none of these communes."""
    counted = Observation.objects.filter(release=OuterRef("pk"), indicator=QPV)
    releases = Release.objects.filter(Exists(counted)).select_related("source")
    last = releases.order_by("-vintage", "-pk").first()
    return (Listed(last.source.full_title, dated(last.vintage)),) if last else ()


def _with_figure(found: Communes, inside: QuerySet[Territory]) -> Communes:
    """The first figure that is known of these communes, among those of the région."""
    first = inside.first()
    if first is None:
        return found
    compared = usual_area(first).compared()
    for code in INSTEAD:
        around = latest(code, compared)
        values = [one.value for one in around.values() if one.value is not None]
        mine = [one.code for one in found.every if one.code in around]
        known = [around[code] for code in mine if around[code].value is not None]
        if known and (place := position_in(known[0].value, values)):
            every = tuple(
                _valued(one, around.get(one.code), place) for one in found.every
            )
            measure = _measure(code, known[0], place, found.territory)
            return replace(found, every=every, measure=measure)
    return found


def _valued(one: Commune, figure: Figure | None, place: Position) -> Commune:
    """A value equal to a limit is on the side of the middle, as for every position."""
    if figure is None:
        return one
    if figure.value is None:
        return replace(one, status=figure.status, n=figure.n, vintage=figure.vintage)
    quarter = "low" if figure.value < place.low else "middle"
    quarter = "high" if figure.value > place.high else quarter
    return replace(
        one,
        value=figure.value,
        status=figure.status,
        quarter=quarter,
        n=figure.n,
        vintage=figure.vintage,
    )


def _measure(code: str, one: Figure, place: Position, inside: Territory) -> Measure:
    indicator = Indicator.objects.get(pk=code)
    region = Territory.objects.regions().containing(inside).first()
    return Measure(
        title=indicator.label,
        unit=indicator.unit,
        higher_is_better=indicator.direction == Indicator.Direction.HIGHER_IS_BETTER,
        source=f"{one.source}, {one.dated}",
        title_of_source=one.source,
        within=(region or inside).name,
        low=place.low,
        high=place.high,
        n=place.n,
    )


@dataclass(frozen=True, slots=True)
class _Scored:
    """By code, in what share of the ways a commune is in the most fragile third; the
    codes of those whose score is above all that of their EPCI; by what index.

    `reasons` why the others have no score, `used` on how many figures each rests.
    """

    shares: Mapping[str, float] = field(default_factory=dict)
    borrowed: Collection[str] = ()
    index: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)
    ranked: int = 0
    draws: int = 0


def _scored(inside: QuerySet[Territory]) -> _Scored:
    loaded = Observation.objects.filter(territory__in=inside, indicator__in=SHOWN)
    first = inside.first()
    if first is None or not loaded.exists():
        return _Scored()
    by_code = {one.code: one for one in IndexDefinition.objects.latest_each()}
    codes = [one.code for one in inside]
    for code in PREFERRED:
        if code in by_code:
            results = results_of(by_code[code].read().index(), usual_area(first))
            if found := _ranked(results, codes):
                return _told(by_code[code], results, found, codes)
    return _Scored()


def _told(
    version: IndexDefinition,
    results: Results,
    found: Mapping[str, float],
    codes: Iterable[str],
) -> _Scored:
    borrowed = {code for code in found if results.is_borrowed(code)}
    reasons = {code: results.reason_of(code) for code in codes if code not in found}
    used = {code: int(results.used[results.rows[code]]) for code in found}
    ranked = results.reference.scored
    draws = results.uncertainty.draws if results.uncertainty else 0
    own = {code: share for code, share in found.items() if code not in borrowed}
    index = _named(version, results)
    return _Scored(own, borrowed, index, reasons, used, ranked, draws)


def _named(version: IndexDefinition, results: Results) -> str:
    """The index, its version and its reference, then the sources of its figures."""
    index = _("%(title)s, version %(version)s (reference: %(reference)s)") % {
        "title": said(version.read().title),
        "version": version.number,
        "reference": results.reference.label,
    }
    return _("; ").join([index, *origins_of(results)])


def _ranked(results: Results, codes: list[str]) -> dict[str, float]:
    if not results.is_reference_complete:
        return {}
    ranks = {code: results.rank_of(code) for code in codes}
    return {code: rank.fragile_share for code, rank in ranks.items() if rank}
