"""The only door to results: the team's through the survey, the public's by address."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import Gone
from jalons.observatory.models import Publication
from jalons.surveys.models import Campaign


class Withdrawn(Gone):
    """The results were public and no longer are; the address says why."""

    template = "observatory/withdrawn.html"

    def __init__(self, publication: Publication) -> None:
        super().__init__(publication.withdrawal_reason)
        self.publication = publication

    @property
    def context(self) -> dict[str, object]:
        return {"publication": self.publication}


def get_public(slug: str, at: datetime) -> Publication:
    """Results open to all; 404 before their hour, `Withdrawn` afterwards."""
    publication: Publication = get_object_or_404(
        Publication.objects.select_related(
            "campaign__space__territory", "campaign__version__questionnaire"
        ),
        campaign__slug=slug,
    )
    if publication.public_from > at:
        raise Http404
    if publication.withdrawn_at:
        raise Withdrawn(publication)
    return publication


def get_publication(campaign: Campaign) -> Publication:
    """What a survey already opened has published."""
    publication: Publication = get_object_or_404(Publication, campaign=campaign)
    return publication
