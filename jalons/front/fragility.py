"""What the index of digital fragility says of a territory, on the page of all.

Never a place without its interval, nor an index that rests on one figure (rule 9).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from jalons.indices import sentences
from jalons.indices.areas import FRANCE, Area
from jalons.indices.definitions import said
from jalons.indices.figures import PREFERRED, origins_of, results_of
from jalons.indices.models import IndexDefinition
from jalons.indices.results import BORROWED, SINGLE, Results
from jalons.territories.models import Territory

Kind = Territory.Kind
LARGE = (Kind.REGION, Kind.DEPARTEMENT)


@dataclass(frozen=True, slots=True)
class Fragility:
    """Sentences, and what they were made from; `url` opens the whole index.

    Without sentences, no index can be computed with the figures loaded.
    """

    lines: tuple[str, ...] = ()
    title: str = ""
    sources: tuple[str, ...] = ()
    url: str = ""


def fragility_of(territory: Territory, groups: Iterable[Territory]) -> Fragility:
    """The first of the usual indices that says something.

    Of a small territory its own index, or that of its EPCI while too little is known of
    it; of a large one, how many of its EPCI are among the most fragile.
    """
    around = {one.kind: one for one in groups} | {territory.kind: territory}
    region = around.get(Kind.REGION)
    asked = [one for one in (territory, around.get(Kind.EPCI)) if one is not None]
    every = {one.code: one for one in IndexDefinition.objects.latest_each()}
    usual = [every[code] for code in PREFERRED if code in every]
    for one in dict.fromkeys(asked):
        for definition in usual:
            results = results_of(definition.read().index(), _area(one, region))
            if lines := _lines(results, one, is_own=one == territory):
                address = reverse("indices:show", args=[definition.code])
                query = urlencode(_query(results.area, one))
                return Fragility(
                    tuple(lines),
                    said(definition.read().title),
                    origins_of(results),
                    f"{address}?{query}",
                )
    return Fragility()


def _area(one: Territory, region: Territory | None) -> Area:
    """Read against its région, as the portrait does."""
    level = Kind.EPCI if one.kind in LARGE else Kind(one.kind)
    reference = region.code if region else FRANCE
    zone = one.code if one.kind in LARGE else reference
    return Area(level, zone, reference)


def _query(area: Area, one: Territory) -> dict[str, str]:
    if one.kind in LARGE:
        return {"zone": area.zone, "niveau": area.level, "reference": area.reference}
    return {"territoire": one.code}


def _lines(results: Results, one: Territory, *, is_own: bool) -> list[str]:
    """Nothing while there is no score to speak of."""
    if one.kind in LARGE:
        known = any(results.rank_of(code) for code in results.shown)
        return [sentences.summary(results)] if known else []
    rank, uncertainty = results.rank_of(one.code), results.uncertainty
    if rank is None or uncertainty is None:
        return []
    owner = _(
        "Too little is known of it alone: this is its group of communes (EPCI), "
        "%(name)s."
    )
    lines = [] if is_own else [owner % {"name": one.name}]
    label = results.label_of(one.code)
    if label in (SINGLE, BORROWED):
        return [*lines, str(sentences.VERDICTS[label])]
    level = results.area.level
    return [
        *lines,
        sentences.position(rank, level),
        sentences.stability(rank, level, uncertainty.draws),
    ]
