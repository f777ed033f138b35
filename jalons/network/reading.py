"""What the platform already knows of the EPCI of a region, read once for all of them.

The number of queries does not grow with the territories.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils.translation import get_language

from jalons.analysis.context import Terciles, terciles, vulnerability_class
from jalons.analysis.uncertainty import RankRange
from jalons.indicators.figures import Figure, observations, revision
from jalons.indices.areas import Area
from jalons.indices.definitions import said
from jalons.indices.figures import PREFERRED, results_of
from jalons.indices.models import IndexDefinition
from jalons.network.models import SharedProgress
from jalons.network.said import Said, said_of
from jalons.observatory.figures import team_figures
from jalons.observatory.loading import INCOME, income_cut
from jalons.observatory.results import Spot
from jalons.observatory.revisions import revision as observed
from jalons.observatory.words import Words
from jalons.spaces.models import Space
from jalons.surveys.models import Campaign
from jalons.territories.models import CURRENT_YEAR, Membership, Territory

FORMAT = 3
"""To be raised when `Facts` changes: what is cached in an older shape is left."""
KEPT_SECONDS = 24 * 3600
PACKED: dict[str, type[Spot] | type[RankRange]] = {"spots": Spot, "ranks": RankRange}


@dataclass(frozen=True, slots=True)
class Survey:
    """The survey that tells how advanced each territory is.

    `classes` are the codes, the least advanced first.
    """

    campaign: Campaign
    classes: Sequence[str]
    words: Words


@dataclass(frozen=True, slots=True)
class Facts:
    """What the platform computes of each territory, by code; absent is not known.

    `incomes` are medians, in euros a year per consumption unit, and `vulnerabilities`
    their thirds; `ranks` the places by the index called `index`; `said` what half of
    the respondents say.
    """

    spots: Mapping[str, Spot]
    classes: Sequence[str]
    incomes: Mapping[str, float]
    vulnerabilities: Mapping[str, str]
    income_source: str
    ranks: Mapping[str, RankRange]
    index: str
    said: Said


def departements_of(territories: Sequence[Territory]) -> dict[str, Territory]:
    """The département of most inhabitants of each territory, by code."""
    rows = Membership.objects.filter(
        member__in=territories, group__kind=Territory.Kind.DEPARTEMENT
    )
    pairs = rows.in_year(CURRENT_YEAR).values_list("member_id", "group_id")  # type: ignore[attr-defined]
    found = dict(pairs)
    places = Territory.objects.in_bulk(set(found.values()))
    return {member: places[group] for member, group in found.items()}


def campaign_of(space: Space) -> Campaign | None:
    """The survey of a centre that tells how advanced each territory is, if any does.

    The latest of those that as many territories answered as half of the most answered:
    a trial says little of a region. Invented answers stand in only for a centre that
    has no other.
    """
    sent = Q(responses__submitted_at__isnull=False)
    answered = Count("responses__territory", distinct=True, filter=sent)
    asked = space.campaigns.of_institutions().select_related("version")
    found = [
        one
        for one in asked.annotate(answered=answered).exclude(answered=0)
        if one.version.read().grid is not None
    ]
    real = [one for one in found if not one.is_simulated] or found
    most = max((one.answered for one in real), default=0)
    enough = [one for one in real if 2 * one.answered >= most]
    return max(enough, key=lambda one: (one.closes_on, one.pk), default=None)


def survey_of(campaign: Campaign, facts: Facts) -> Survey:
    words = Words(campaign.version.read(), get_language() or "fr")
    return Survey(campaign, facts.classes, words)


def facts_of(
    space: Space, territories: Sequence[Territory], campaign: Campaign | None
) -> Facts:
    """Computed at the first request, and kept as long as nothing under it moves."""
    state = observed(campaign) if campaign else ""
    parts = (FORMAT, space.territory_id, campaign and campaign.pk, state, revision())
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()
    key = f"network:facts:{digest[:40]}:{get_language()}"
    kept = cache.get(key)
    if kept is not None:
        return _unpacked(kept)
    found = _facts(space, territories, campaign)
    cache.set(key, _packed(found), KEPT_SECONDS)
    return found


def _packed(found: Facts) -> dict[str, object]:
    """As plain values: a thousand small objects are slow to read back."""
    plain = {one.name: getattr(found, one.name) for one in fields(found)}
    for name, of in PACKED.items():
        names = [one.name for one in fields(of)]
        plain[name] = {
            code: tuple(getattr(one, field) for field in names)
            for code, one in plain[name].items()
        }
    return plain


def _unpacked(plain: dict[str, Any]) -> Facts:
    for name, of in PACKED.items():
        plain[name] = {code: of(*values) for code, values in plain[name].items()}
    return Facts(**plain)


def _facts(
    space: Space, territories: Sequence[Territory], campaign: Campaign | None
) -> Facts:
    figures = team_figures(campaign) if campaign else None
    incomes = observations((INCOME,), territories)[INCOME]
    limits = _limits(incomes, territories, campaign)
    known = {c: one.value for c, one in incomes.items() if one.value is not None}
    one = next(iter(incomes.values()), None)
    ranks, title = _ranks(space.territory)
    return Facts(
        spots={spot.code: spot for spot in figures.spots} if figures else {},
        classes=figures.classes if figures else (),
        incomes=known,
        vulnerabilities={
            code: level
            for code, income in known.items()
            if limits and (level := vulnerability_class(income, limits))
        },
        income_source=f"{one.source}, {one.vintage}" if one else "",
        ranks=ranks,
        index=title,
        said=said_of(campaign) if campaign else {},
    )


def _limits(
    found: Mapping[str, Figure],
    territories: Sequence[Territory],
    campaign: Campaign | None,
) -> Terciles | None:
    """The limits of the survey, else thirds of these territories (rule 11)."""
    if campaign:
        cut = income_cut(campaign, territories)
        return Terciles(cut.low, cut.high) if cut else None
    incomes = {code: one.value for code, one in found.items()}
    if not any(income is not None for income in incomes.values()):
        return None
    return terciles(incomes)


def _ranks(region: Territory) -> tuple[dict[str, RankRange], str]:
    """The place of each EPCI of a région by the index of fragility, and its title.

    The first of the usual indices that ranks anything; borrowed scores say nothing.
    """
    every = {one.code: one for one in IndexDefinition.objects.latest_each()}
    area = Area(Territory.Kind.EPCI, region.pk, region.pk)
    for code in PREFERRED:
        if code not in every:
            continue
        definition = every[code].read()
        results = results_of(definition.index(), area)
        found = {
            one: rank
            for one in results.shown
            if (rank := results.rank_of(one)) and not results.is_borrowed(one)
        }
        if found:
            return found, said(definition.title)
    return {}, ""


def progress_of(territories: Sequence[Territory]) -> dict[str, list[SharedProgress]]:
    """The roadmaps shared by their teams, under each EPCI that they cover.

    A roadmap covers the EPCI of its perimeter and those of its communes; without a
    perimeter, the territory of its team.
    """
    shared = SharedProgress.objects.select_related("roadmap__space")
    rows = list(shared.prefetch_related("roadmap__perimeter"))
    codes = {one.code for one in territories}
    around = _epci_of_communes(rows, codes)
    found: defaultdict[str, list[SharedProgress]] = defaultdict(list)
    for row in rows:
        places = [one.code for one in row.roadmap.perimeter.all()]
        covered = dict.fromkeys(
            code
            for place in places or [row.roadmap.space.territory_id]
            for code in ([place] if place in codes else around.get(place, ()))
        )
        for code in covered:
            found[code].append(row)
    return dict(found)


def _epci_of_communes(
    rows: Sequence[SharedProgress], codes: set[str]
) -> dict[str, tuple[str, ...]]:
    places = {
        place.code
        for row in rows
        for place in row.roadmap.perimeter.all()
        if place.kind == Territory.Kind.COMMUNE
    }
    places |= {row.roadmap.space.territory_id for row in rows} - codes
    held = Membership.objects.filter(
        member__in=places,
        member__kind=Territory.Kind.COMMUNE,
        group__kind=Territory.Kind.EPCI,
    )
    pairs = held.in_year(CURRENT_YEAR).values_list("member", "group")  # type: ignore[attr-defined]
    return {member: (group,) for member, group in pairs if group in codes}
