"""The maturity of an EPCI, where rule 6 lets it be shown to all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils import timezone
from django.utils.translation import get_language

from jalons.observatory.figures import published_figures
from jalons.observatory.models import Publication
from jalons.observatory.results import NO_ANSWER, NOT_PUBLISHED, Spot
from jalons.territories.models import Territory

State = Literal["published", "not_published", "no_answer", "no_survey"]


@dataclass(frozen=True, slots=True)
class Maturity:
    """The level published by the latest survey, or why there is none."""

    state: State
    level: str = ""
    is_uncertain: bool = False
    is_borderline: bool = False
    survey: str = ""
    slug: str = ""


def maturity_of(territory: Territory) -> Maturity:
    """What the latest public survey says; a simulated one is never read (rule 17)."""
    publication = (
        Publication.objects.public(at=timezone.now())
        .filter(campaign__territories=territory, campaign__is_simulated=False)
        .select_related("campaign__version")
        .order_by("-public_from")
        .first()
    )
    if publication is None:
        return Maturity("no_survey")
    spots = published_figures(publication).spots
    spot = next((one for one in spots if one.code == territory.code), None)
    return _read(publication, spot)


def _read(publication: Publication, spot: Spot | None) -> Maturity:
    campaign = publication.campaign
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
    )
