"""The maturity of an EPCI, where rule 6 lets it be shown to all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from jalons.observatory.figures import published_figures, published_together
from jalons.observatory.models import Publication
from jalons.observatory.results import NO_ANSWER, NOT_PUBLISHED, Figures, Spot
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

State = Literal["published", "not_published", "no_answer", "no_survey"]


@dataclass(frozen=True, slots=True)
class Maturity:
    """The level published by a survey, or why there is none.

    `grade` is the code of the level; `epci` that of the territory read.
    """

    state: State
    level: str = ""
    is_uncertain: bool = False
    is_borderline: bool = False
    survey: str = ""
    slug: str = ""
    epci: str = ""
    grade: str = ""


def maturity_of(territory: Territory) -> Maturity:
    """What the latest public survey says; a simulated one is never read (rule 17)."""
    found = _public().filter(campaign__territories=territory)
    publication = found.order_by("-public_from").first()
    return _read(publication, territory.code) if publication else Maturity("no_survey")


def maturities_of(territories: Collection[Territory]) -> dict[str, Maturity]:
    """The same of each, by code, asked once for all."""
    asked = _public().filter(campaign__territories__in=territories)
    rows = asked.order_by("public_from").values_list("campaign__territories", "pk")
    latest = dict(rows)
    found = [*_public().filter(pk__in={*latest.values()})]
    shown = zip(found, published_together(found), strict=True)
    read = {one.pk: (one, figures) for one, figures in shown}
    return {
        one.code: _of(*read[latest[one.code]], one.code)
        if one.code in latest
        else Maturity("no_survey")
        for one in territories
    }


def still_says(slug: str, epci: str) -> Maturity:
    """What a survey says today of an EPCI, now that it may have been withdrawn."""
    publication = _public().filter(campaign__slug=slug).first()
    return _read(publication, epci) if publication else Maturity("no_survey")


def _public() -> QuerySet[Publication]:
    every = Publication.objects.public(at=timezone.now())
    found: QuerySet[Publication] = every.filter(campaign__is_simulated=False)
    return found.select_related("campaign__version")


def _read(publication: Publication, epci: str) -> Maturity:
    return _of(publication, published_figures(publication), epci)


def _of(publication: Publication, figures: Figures, epci: str) -> Maturity:
    spot = next((one for one in figures.spots if one.code == epci), None)
    return replace(_told(publication.campaign, spot), epci=epci)


def _told(campaign: Campaign, spot: Spot | None) -> Maturity:
    survey, slug = campaign.title, campaign.slug
    grid = campaign.version.read().grid
    titles = {one.code: one.title for one in grid.classes} if grid else {}
    if spot is None or spot.state == NO_ANSWER:
        return Maturity("no_answer", survey=survey, slug=slug)
    if spot.state == NOT_PUBLISHED or spot.state not in titles:
        return Maturity("not_published", survey=survey, slug=slug)
    return Maturity(
        "published",
        level=titles[spot.state].in_language(get_language() or "fr"),
        is_uncertain=spot.is_uncertain,
        is_borderline=spot.is_borderline,
        survey=survey,
        slug=slug,
        grade=spot.state,
    )
