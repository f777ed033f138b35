"""The only door to an impact page: its roadmap, the public address, a person's link."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from jalons.accounts.access import Gone
from jalons.evaluation.models import Story
from jalons.impact.models import ImpactPage, Publication, StoryCard
from jalons.impact.secrets import read_card
from jalons.live.access import read_number
from jalons.roadmaps.models import Roadmap


class Withdrawn(Gone):
    """The page was public and no longer is; the address says why."""

    template = "impact/withdrawn.html"

    def __init__(self, publication: Publication) -> None:
        super().__init__(publication.withdrawal_reason)
        self.publication = publication

    @property
    def context(self) -> dict[str, object]:
        return {"publication": self.publication}


def find_page(roadmap: Roadmap) -> ImpactPage | None:
    found: ImpactPage | None = (
        ImpactPage.objects.select_related("roadmap__space", "publication")
        .filter(roadmap=roadmap)
        .first()
    )
    return found


def get_page(roadmap: Roadmap) -> ImpactPage:
    """The impact page of a roadmap already opened, once it is begun (404)."""
    found = find_page(roadmap)
    if found is None:
        raise Http404
    return found


def find_publication(page: ImpactPage) -> Publication | None:
    return getattr(page, "publication", None)


def get_publication(roadmap: Roadmap) -> Publication:
    found: Publication = get_object_or_404(
        Publication.objects.select_related("page__roadmap__space"),
        page__roadmap=roadmap,
    )
    return found


def get_public(slug: str, at: datetime) -> Publication:
    """What is open to all; 404 before its hour, `Withdrawn` afterwards."""
    found: Publication = get_object_or_404(
        Publication.objects.select_related("page__roadmap__space"), slug=slug
    )
    if found.public_from > at:
        raise Http404
    if found.withdrawn_at:
        raise Withdrawn(found)
    return found


def link_of(roadmap: Roadmap, at: datetime) -> tuple[str, str] | None:
    """Words and address of what a roadmap changed, when all may read it."""
    found = Publication.objects.public(at=at).filter(page__roadmap=roadmap).first()
    if found is None:
        return None
    words = _("What did this roadmap change?")
    return words, reverse("impact:public", args=[found.slug])


def get_story(page: ImpactPage, pk: str | None) -> Story:
    """A story told in a review of the same roadmap."""
    found: Story = get_object_or_404(
        Story, pk=read_number(pk), review__evaluation__roadmap=page.roadmap_id
    )
    return found


def get_card(page: ImpactPage, pk: str | None) -> StoryCard:
    found: StoryCard = get_object_or_404(
        page.cards.select_related("page__roadmap", "story"), pk=read_number(pk)
    )
    return found


def get_told_card(token: str) -> StoryCard:
    """The card that a link given to its teller opens; nobody else's."""
    key = read_card(token)
    found: StoryCard = get_object_or_404(
        StoryCard.objects.select_related("page__roadmap", "story"), key=key
    )
    return found
