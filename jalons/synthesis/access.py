"""The only door to a synthesis: the team's by its survey, the public's by address."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import Gone
from jalons.accounts.models import User
from jalons.spaces.access import Right
from jalons.surveys.access import get_campaign_of_institutions
from jalons.synthesis.models import Block, Chapter, Edition, Synthesis


class Withdrawn(Gone):
    """The synthesis was public and no longer is; the address says why."""

    template = "synthesis/withdrawn.html"

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition.withdrawal_reason)
        self.edition = edition

    @property
    def context(self) -> dict[str, object]:
        return {"edition": self.edition}


def get_synthesis(user: User, pk: int) -> Synthesis:
    """The synthesis of a survey, for those who may change it; 404 when not started."""
    campaign = get_campaign_of_institutions(user, pk, Right.EDIT)
    found: Synthesis = get_object_or_404(
        Synthesis.objects.select_related(
            "campaign__space__territory", "campaign__version__questionnaire"
        ),
        campaign=campaign,
    )
    return found


def get_chapter(synthesis: Synthesis, pk: int) -> Chapter:
    found: Chapter = get_object_or_404(synthesis.chapters, pk=pk)
    return found


def get_block(synthesis: Synthesis, pk: int) -> Block:
    found: Block = get_object_or_404(
        Block.objects.filter(chapter__synthesis=synthesis), pk=pk
    )
    return found


def get_edition(synthesis: Synthesis) -> Edition:
    found: Edition = get_object_or_404(Edition, synthesis=synthesis)
    return found


def get_public(slug: str, at: datetime) -> Edition:
    """A synthesis open to all; 404 before its hour, `Withdrawn` afterwards."""
    edition: Edition = get_object_or_404(
        Edition.objects.select_related("synthesis__campaign"),
        synthesis__campaign__slug=slug,
    )
    if edition.public_from > at:
        raise Http404
    if edition.withdrawn_at:
        raise Withdrawn(edition)
    return edition
