"""From the database to `Material`, in a number of queries that never grows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from jalons.analysis.context import (
    INSEE_EPCI_CLASSES,
    Terciles,
    density_class,
    terciles,
    vulnerability_class,
)
from jalons.indicators.figures import (
    DENSITY_LEVELS,
    Figure,
    inhabitants_by_level,
    observations,
)
from jalons.observatory.material import Material, Place
from jalons.observatory.models import IncomeLimits
from jalons.observatory.results import IncomeCut
from jalons.observatory.standings import standings
from jalons.surveys.encoding import Labels
from jalons.surveys.figures import territory_scores
from jalons.surveys.matrix import Known, known_of
from jalons.surveys.models import Campaign, Involvement, Response
from jalons.territories.models import CURRENT_YEAR, Membership, Territory

INCOME, LABEL = "median_income", "density_label"
CONTEXT = (INCOME, LABEL, DENSITY_LEVELS[0])
"""Indicators read beside the answers: no other one changes a restitution."""


def load(campaign: Campaign, known: Known | None = None) -> Material:
    """Everything the team may read of a campaign, beside its context.

    `known` are its answers, when they are at hand.
    """
    known = known or known_of(campaign)
    territories = list(campaign.territories.order_by("name", "code"))
    departements = _departements(territories)
    figures = observations(CONTEXT, territories)
    cut = income_cut(campaign, territories)
    definition, answers = campaign.version.read(), known.matrix
    found = standings(
        definition,
        answers,
        territory_scores(campaign, known),
        {territory.code: territory.population for territory in territories},
        _publishable(campaign),
    )
    return Material(
        definition=definition,
        places=_places(campaign, territories, departements, figures, cut),
        departements={group.code: group.name for group in departements.values()},
        answers=answers,
        standings=found,
        shown=frozenset(found),
        responded=frozenset(answers.territories.names) | found.keys(),
        replies=found,
        vintages=_vintages(figures),
        income_cut=cut,
        channels=_by_channel(answers.channels),
    )


def _by_channel(channels: Labels) -> dict[str, int]:
    """How many answers came by each channel, in the order of the channels."""
    counts = np.bincount(channels.positions, minlength=len(channels.names)).tolist()
    found = dict(zip(channels.names, counts, strict=True))
    return {one.value: found[one] for one in Response.Channel if one.value in found}


def income_cut(
    campaign: Campaign, territories: Sequence[Territory]
) -> IncomeCut | None:
    """The limits chosen by the team, else thirds over the whole region (rule 11).

    A survey of one département is thus told where it stands in its région, and keeps
    the thirds of a survey of the whole.
    """
    chosen = IncomeLimits.objects.filter(campaign=campaign).first()
    if chosen:
        return IncomeCut(chosen.low, chosen.high, chosen.reason)
    regions = _regions(territories)
    held = Membership.objects.filter(group__in=regions).in_year(CURRENT_YEAR)  # type: ignore[attr-defined]
    inside = Territory.objects.epci().filter(code__in=held.values("member"))
    found = observations((INCOME,), inside if regions else territories)[INCOME]
    incomes = {code: one.value for code, one in found.items()}
    known = sum(income is not None for income in incomes.values())
    if not known:
        return None
    thirds = terciles(incomes)
    names = tuple(region.name for region in regions)
    return IncomeCut(thirds.low, thirds.high, regions=names, epci=known)


def _regions(territories: Sequence[Territory]) -> list[Territory]:
    """The régions in which a perimeter lies, by name."""
    rows = Membership.objects.filter(member__in=territories)
    rows = rows.in_year(CURRENT_YEAR)  # type: ignore[attr-defined]
    groups = Territory.objects.regions().filter(code__in=rows.values("group"))
    return list(groups.order_by("name"))


def _publishable(campaign: Campaign) -> frozenset[str]:
    """Announced to respondents, and validated by the institution (rule 6)."""
    if not campaign.notice_announces_class:
        return frozenset()
    return frozenset(campaign.validations.values_list("territory", flat=True))


def _departements(territories: Sequence[Territory]) -> dict[str, Territory]:
    """The département of most inhabitants of each territory, by code."""
    rows = Membership.objects.filter(
        member__in=territories, group__kind=Territory.Kind.DEPARTEMENT
    )
    # Two apps name a query set alike, and the type checker takes one for the other.
    rows = rows.in_year(CURRENT_YEAR).select_related("group")  # type: ignore[attr-defined]
    return {row.member_id: row.group for row in rows}


def _places(
    campaign: Campaign,
    territories: Sequence[Territory],
    departements: Mapping[str, Territory],
    figures: Mapping[str, Mapping[str, Figure]],
    cut: IncomeCut | None,
) -> tuple[Place, ...]:
    limits = Terciles(cut.low, cut.high) if cut else None
    levels = inhabitants_by_level(territories)
    rows = Involvement.objects.filter(space=campaign.space_id)
    involvements = dict(rows.values_list("departement", "level"))
    places = []
    for territory in territories:
        departement = departements.get(territory.code)
        income = figures[INCOME].get(territory.code)
        place = Place(
            code=territory.code,
            name=territory.name,
            departement=departement.code if departement else None,
            population=territory.population,
            density=_density(levels.get(territory.code)),
            density3=_label(figures[LABEL].get(territory.code)),
            vulnerability=_vulnerability(income, limits),
            involvement=involvements.get(departement.code) if departement else None,
            income=income.value if income else None,
        )
        places.append(place)
    return tuple(places)


def _vulnerability(income: Figure | None, limits: Terciles | None) -> str | None:
    if income is None or limits is None:
        return None
    return vulnerability_class(income.value, limits)


def _density(inhabitants: Sequence[float] | None) -> str | None:
    return density_class(inhabitants) if inhabitants else None


def _label(figure: Figure | None) -> str | None:
    """INSEE's own three-level class, published as 1, 2 or 3."""
    if figure is None or figure.value is None:
        return None
    return INSEE_EPCI_CLASSES.get(str(int(figure.value)))


def _vintages(figures: Mapping[str, Mapping[str, Figure]]) -> dict[str, str]:
    """Source and vintage of each context variable, as its producer names it."""
    variables = {
        "vulnerability": INCOME,
        "density": DENSITY_LEVELS[0],
        "density3": LABEL,
    }
    return {
        variable: f"{figure.source}, {figure.vintage}"
        for variable, indicator in variables.items()
        if (figure := next(iter(figures[indicator].values()), None))
    }
