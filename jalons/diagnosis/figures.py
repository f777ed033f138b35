"""The portrait of a territory: gathered once, kept, the same for page and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from django.core.cache import cache
from django.db.models import Max
from django.utils.translation import get_language

from jalons.analysis.findings import (
    Clue,
    Proposal,
    about,
    proposals,
    scale_of,
)
from jalons.analysis.position import position_in
from jalons.diagnosis.communes import communes_of
from jalons.diagnosis.maturity import maturity_of
from jalons.diagnosis.portrait import Concerned, KeyFigure, Portrait, Shared
from jalons.diagnosis.reference import Peers, peers_of
from jalons.diagnosis.spreads import spreads_of
from jalons.diagnosis.supports import supports_of
from jalons.diagnosis.themes import AWAITED, PUBLICS, SHOWN, Public
from jalons.indicators.figures import (
    INHABITANTS,
    Figure,
    described,
    observations,
    revision,
)
from jalons.indicators.models import Indicator
from jalons.indicators.resemblance import Peer, resembling
from jalons.indices.figures import standing_of
from jalons.indices.models import IndexDefinition
from jalons.indices.results import Standing
from jalons.territories.models import SMALL, Territory
from jalons.territories.neighbours import neighbours_of

Kind = Territory.Kind
FORMAT = 14
"""To be raised when `Portrait` changes: what is cached in an older shape is left."""
KEPT_SECONDS = 3600


def portrait_of(territory: Territory) -> Portrait:
    """Everything that the pages and files of a territory state.

    What a survey published is read afresh.
    """
    found = kept_portrait(territory)
    epci = found.epci
    return replace(found, maturity=maturity_of(epci) if epci else None)


def kept_portrait(territory: Territory) -> Portrait:
    """The portrait without maturity, kept an hour under what it was made from."""
    definitions = IndexDefinition.objects.aggregate(Max("pk"))["pk__max"]
    words = f"{territory.pk}:{get_language()}:{revision()}:{definitions}"
    key = f"diagnosis:portrait:{FORMAT}:{words}"
    found: Portrait | None = cache.get(key)
    if found is None:
        found = _assembled(territory)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _assembled(territory: Territory) -> Portrait:
    groups = _groups(territory)
    described = _described(territory, groups)
    around = [one for one in groups if one != described]
    peers = peers_of(described, around)
    alike = resembling(described).peers
    figures = _figures(described, peers, alike)
    neighbours = neighbours_of(described)
    inside = Territory.objects.iris().within(territory)
    # What is not loaded is for the page to say, not for the field to answer.
    found = proposals(_clue(one) for one in figures if one.figure or one.spread)
    return Portrait(
        territory=territory,
        described=described,
        groups=tuple(groups),
        peers=peers,
        figures=figures,
        publics=tuple(_concerned(one, described, figures) for one in PUBLICS),
        alike=alike,
        neighbours=tuple(neighbours),
        proposals=tuple(found),
        shared=tuple(_shared(found, figures, peers, neighbours)),
        standing=_standing(described, groups),
        maturity=None,
        communes=communes_of(_of_communes(described, groups)),
        supports=supports_of(territory),
        has_iris=inside.exists(),
        iris=tuple(inside.order_by("name")) if territory.kind == Kind.COMMUNE else (),
    )


def _groups(territory: Territory) -> list[Territory]:
    """Larger territories, the smallest first."""
    found = Territory.objects.containing(territory)
    return sorted(found, key=lambda one: list(Kind).index(one.kind))


def _of_communes(described: Territory, groups: Sequence[Territory]) -> Territory:
    """The territory whose communes are shown: those around, for one of them."""
    if described.kind not in SMALL:
        return described
    return next((one for one in groups if one.kind == Kind.EPCI), described)


def _standing(described: Territory, groups: Sequence[Territory]) -> Standing | None:
    """What the index says; of the EPCI when too little is known of a commune."""
    found = standing_of(described)
    epci = _of_communes(described, groups)
    if found is None or found.score is not None or epci == described:
        return found
    wider = standing_of(epci)
    return wider if wider is not None and wider.score is not None else found


def _described(territory: Territory, groups: Sequence[Territory]) -> Territory:
    """An IRIS without any figure is described by its commune, a commune by its EPCI:
    the page says so."""
    if territory.kind not in SMALL:
        return territory
    larger = [one for one in groups if one.kind in (Kind.COMMUNE, Kind.EPCI)]
    for one in (territory, *larger):
        has_figures = one.observations.filter(indicator__in=SHOWN).exists()
        if has_figures or one.kind == Kind.EPCI:
            return one
    return territory


def _figures(
    territory: Territory, peers: Peers, alike: Sequence[Peer]
) -> tuple[KeyFigure, ...]:
    definitions = Indicator.objects.select_related("source").in_bulk(SHOWN)
    near = [one.code for one in alike]
    figures = observations(SHOWN, near)
    mine = described(SHOWN, territory)
    spreads = spreads_of(territory)
    found = []
    for code in SHOWN:
        indicator, figure = definitions.get(code), mine.get(code)
        values = peers.of(code)
        alike_values = [
            one.value for one in figures[code].values() if one.value is not None
        ]
        found.append(
            KeyFigure(
                code,
                indicator.label if indicator else str(AWAITED.get(code, code)),
                indicator,
                figure,
                position_in(_own_value(figure), values.values()),
                median(alike_values) if alike_values else None,
                None if figure else spreads.get(code),
            )
        )
    return tuple(found)


def _own_value(figure: Figure | None) -> float | None:
    """The value of the territory itself; what is inherited has no place of its own."""
    return figure.value if figure and not figure.inherited_from else None


def _clue(one: KeyFigure) -> Clue:
    band = one.position.band if one.position else None
    is_known = one.value is not None or one.spread is not None
    return Clue(one.code, one.direction, band, is_known, one.is_old)


def _concerned(
    public: Public, territory: Territory, figures: Sequence[KeyFigure]
) -> Concerned:
    found = next((one for one in figures if one.code == public.indicator), None)
    figure = found.figure if found else None
    share, count = figure.value if figure else None, None
    base = figure.n if figure else None
    if public.base == "inhabitants" or (base is None and public.base == "population"):
        base = _inhabitants(territory, figures)
    if (own := _own_value(figure)) is not None and base:
        count = about(base * own / 100)
    return Concerned(public.code, share, count, figure)


def _inhabitants(territory: Territory, figures: Sequence[KeyFigure]) -> float | None:
    """Those of the census for an IRIS, which has no population of reference."""
    if territory.population is not None:
        return territory.population
    counted = next((one for one in figures if one.code == INHABITANTS), None)
    own = counted.figure if counted else None
    return own.n if own and not own.inherited_from else None


def _shared(
    found: Sequence[Proposal],
    figures: Sequence[KeyFigure],
    peers: Peers,
    neighbours: Sequence[Territory],
) -> list[Shared]:
    """Each weak point, and each question that stands out, among the neighbours."""
    by_code = {one.code: one for one in figures}
    names = {one.code: one.name for one in neighbours}
    result = []
    for proposal in found:
        figure = by_code[proposal.indicator]
        if proposal.kind == "strength" or proposal.is_old or figure.position is None:
            continue
        values = peers.of(figure.code)
        bands = []
        for one in neighbours:
            position = position_in(values.get(one.code), values.values())
            bands.append((one.code, position.band if position else None))
        reach = scale_of(figure.position.band, figure.direction, bands)
        shared = tuple(names[code] for code in reach.sharing)
        result.append(Shared(figure, reach, shared))
    return result
