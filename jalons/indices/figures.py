"""The one query per number of an index: for every territory of an area, for one.

Everything is computed at the first request and kept under the fingerprint of what it
was made from: the definition and its settings, the area, the releases, the formulas.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import chain

import numpy as np
from django.core.cache import cache
from django.db.models import QuerySet

from jalons.analysis.composite import score
from jalons.analysis.contributions import reference_score
from jalons.analysis.index import Index, indicators_of, ticked
from jalons.analysis.observations import Figures
from jalons.analysis.sensitivity import correlations, leave_one_out
from jalons.analysis.uncertainty import rank_intervals
from jalons.analysis.uncertainty_sources import sources_of_ranks
from jalons.indicators.figures import dated, matrix, releases_read, revision
from jalons.indices.areas import Area, usual_area
from jalons.indices.code_version import CODE_VERSION
from jalons.indices.models import IndexDefinition
from jalons.indices.opening import Asked, opened
from jalons.indices.results import Reference, Results, Sensitivity, Standing
from jalons.territories.models import Territory

FORMAT = 3
"""To be raised when `Results` changes: what is cached in an older shape is left."""
MOST_EXPLAINED = 5_000
"""Territories beyond which the choices that move the ranks are not told apart while
the reader waits: 35 000 take some seconds."""
KEPT_SECONDS = 30 * 24 * 3600
KEPT_AT_HAND = 8
_at_hand: dict[str, Results] = {}
"""The last results, unpacked: 4 293 communes take 10 ms to read from the cache."""

PREFERRED = ("quatre-axes", "chiffres-embarques")
"""To explain a territory: the index in four axes, or what carried figures allow."""


def standing_of(
    territory: Territory, *, index: str = "", area: Area | None = None
) -> Standing | None:
    """What an index says of a territory, read against its région (or France).

    Without `index`, the first of `PREFERRED` that has a score, else the first of them
    with the reason why it has none. None when no definition is loaded.
    """
    every = IndexDefinition.objects.latest_each()
    by_code = {one.code: one for one in every}
    wanted = [index] if index else list(PREFERRED)
    area = area or usual_area(territory)
    found = [
        standing_in(Asked(by_code[code], by_code[code].read().index()), territory, area)
        for code in wanted
        if code in by_code
    ]
    scored = (one for one in found if one.score is not None)
    return next(scored, found[0] if found else None)


def standing_in(asked: Asked, territory: Territory, area: Area) -> Standing:
    """What an index, as it is or personalised, says of a territory of an area."""
    return opened(asked, results_of(asked.index, area), territory)


def results_of(index: Index, area: Area) -> Results:
    """The index for all the territories of an area, from the cache when it can be."""
    key = fingerprint("results", index, area)
    if key not in _at_hand:
        found: Results | None = cache.get(key)
        if found is None:
            found = _computed(index, area)
            cache.set(key, found, KEPT_SECONDS)
        if len(_at_hand) >= KEPT_AT_HAND:
            _at_hand.pop(next(iter(_at_hand)))
        _at_hand[key] = found
    return _at_hand[key]


def origins_of(results: Results) -> tuple[str, ...]:
    """Source and vintages of the figures read in the reference, each source once."""
    key = fingerprint("origins", results.index, results.area)
    found: tuple[str, ...] | None = cache.get(key)
    if found is None:
        found = _origins_read(results)
        cache.set(key, found, KEPT_SECONDS)
    return found


def sensitivity_of(index: Index, area: Area) -> Sensitivity:
    """What the index owes to each indicator, and what its indicators tell twice."""
    key = fingerprint("sensitivity", index, area)
    found: Sensitivity | None = cache.get(key)
    if found is None:
        results = results_of(index, area)
        compared = results.compared
        found = Sensitivity(
            leave_one_out(index, compared, compared),
            correlations(index, compared),
            sources_of_ranks(index, compared, compared)
            if 0 < results.reference.scored <= MOST_EXPLAINED
            else None,
        )
        cache.set(key, found, KEPT_SECONDS)
    return found


def fingerprint(name: str, index: Index, area: Area) -> str:
    """A key of the cache that changes with all that a result is made from."""
    parts = (index, area, revision(), CODE_VERSION)
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()
    return f"indices:{FORMAT}:{name}:{digest[:40]}"


def _computed(index: Index, area: Area) -> Results:
    ids = [one.code for one in indicators_of(ticked(index))]
    compared_codes = _codes(area.compared())
    every = area.compared() | area.shown()
    figures = matrix(ids, every)
    compared = figures.only(compared_codes)
    reference = _reference(index, area, compared)
    ranks = rank_intervals(index, compared, compared) if reference.scored else None
    scores = score(index, figures, compared)
    return Results(
        index=index,
        area=area,
        reference=reference,
        names=dict(every.values_list("code", "name")),
        shown=tuple(_codes(area.shown())),
        compared=compared,
        figures=figures,
        scores=scores,
        uncertainty=ranks,
        rows=_rows(figures.codes),
        ranked=_rows(ranks.codes if ranks else ()),
        known_counts={
            code: int(np.count_nonzero(~np.isnan(compared.of(code)))) for code in ids
        },
        used=np.count_nonzero(~np.isnan(scores.normalised), axis=1),
    )


def _origins_read(results: Results) -> tuple[str, ...]:
    ids = [one.code for one in indicators_of(ticked(results.index))]
    read = releases_read(ids, results.area.compared()).values()
    years: dict[str, dict[str, None]] = {}
    for one in sorted({*chain(*read)}, key=lambda one: (one.vintage, one.pk)):
        years.setdefault(one.source.full_title, {})[dated(one.vintage)] = None
    return tuple(f"{source} ({', '.join(each)})" for source, each in years.items())


def _rows(codes: Iterable[str]) -> dict[str, int]:
    return {code: at for at, code in enumerate(codes)}


def _codes(territories: QuerySet[Territory]) -> list[str]:
    return sorted(territories.order_by().values_list("code", flat=True))


def _reference(index: Index, area: Area, compared: Figures) -> Reference:
    scores = score(index, compared, compared)
    has_score = ~np.isnan(scores.values)
    people = compared.population
    found = Territory.objects.filter(code=area.reference).values_list("name", flat=True)
    name = found.first() or ""
    share = float(people[has_score].sum() / people.sum()) if people.sum() else 0.0
    return Reference(
        code=area.reference,
        name=name,
        score=reference_score(index, compared) if has_score.any() else None,
        n=len(compared.codes),
        scored=int(has_score.sum()),
        covered_share=share,
    )
