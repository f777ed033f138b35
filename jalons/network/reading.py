"""What the platform already knows of the EPCI of a region, read once for all of them.

The number of queries does not grow with the territories.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from jalons.analysis.context import Terciles, terciles, vulnerability_class
from jalons.analysis.uncertainty import RankRange
from jalons.indicators.figures import Figure, observations
from jalons.indices.areas import Area
from jalons.indices.figures import PREFERRED, results_of
from jalons.indices.models import IndexDefinition
from jalons.network.models import Progress
from jalons.observatory.figures import team_figures
from jalons.observatory.loading import INCOME, income_cut
from jalons.observatory.results import Spot
from jalons.observatory.words import Words
from jalons.spaces.models import Space
from jalons.surveys.models import Campaign
from jalons.territories.models import CURRENT_YEAR, Membership, Territory


@dataclass(frozen=True, slots=True)
class Survey:
    """The survey that tells how advanced each territory is: the latest of the centre.

    `classes` are the codes, the least advanced first.
    """

    campaign: Campaign
    spots: Mapping[str, Spot]
    classes: Sequence[str]
    words: Words


@dataclass(frozen=True, slots=True)
class Incomes:
    """The income of each territory, the limits between thirds, and the source."""

    figures: Mapping[str, Figure]
    limits: Terciles | None
    source: str

    def vulnerability_of(self, code: str) -> str | None:
        found = self.figures.get(code)
        if found is None or self.limits is None:
            return None
        return vulnerability_class(found.value, self.limits)


def departements_of(territories: Sequence[Territory]) -> dict[str, Territory]:
    """The département of most inhabitants of each territory, by code."""
    rows = Membership.objects.filter(
        member__in=territories, group__kind=Territory.Kind.DEPARTEMENT
    )
    rows = rows.in_year(CURRENT_YEAR).select_related("group")  # type: ignore[attr-defined]
    return {row.member_id: row.group for row in rows}


def survey_of(space: Space) -> Survey | None:
    """None when the centre never asked anything that gives points.

    A survey with invented answers stands in only for a centre that has no other.
    """
    found = space.campaigns.of_institutions().exclude(responses=None)
    for campaign in found.order_by("is_simulated", "-closes_on", "-pk"):
        definition = campaign.version.read()
        if definition.grid is None:
            continue
        figures = team_figures(campaign)
        return Survey(
            campaign=campaign,
            spots={spot.code: spot for spot in figures.spots},
            classes=figures.classes,
            words=Words(definition, get_language() or "fr"),
        )
    return None


def incomes_of(territories: Sequence[Territory], survey: Survey | None) -> Incomes:
    """By the limits of the survey, else thirds of these territories (rule 11)."""
    found = observations((INCOME,), territories)[INCOME]
    limits = _limits(found, territories, survey)
    one = next(iter(found.values()), None)
    return Incomes(found, limits, f"{one.source}, {one.vintage}" if one else "")


def _limits(
    found: Mapping[str, Figure],
    territories: Sequence[Territory],
    survey: Survey | None,
) -> Terciles | None:
    if survey:
        cut = income_cut(survey.campaign, territories)
        return Terciles(cut.low, cut.high) if cut else None
    incomes = {code: one.value for code, one in found.items()}
    if not any(income is not None for income in incomes.values()):
        return None
    return terciles(incomes)


def ranks_of(region: Territory) -> tuple[Mapping[str, RankRange], str]:
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
            return found, definition.title.in_language(get_language() or "fr")
    return {}, ""


def progress_of(territories: Sequence[Territory]) -> dict[str, list[Progress]]:
    """The roadmaps shared by their teams, under each EPCI that they cover.

    A roadmap covers the EPCI of its perimeter and those of its communes; without a
    perimeter, the territory of its team.
    """
    shared = Progress.objects.select_related("roadmap__space")
    rows = list(shared.prefetch_related("roadmap__perimeter"))
    codes = {one.code for one in territories}
    around = _epci_of_communes(rows, codes)
    found: defaultdict[str, list[Progress]] = defaultdict(list)
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
    rows: Sequence[Progress], codes: set[str]
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
