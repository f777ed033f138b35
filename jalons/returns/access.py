"""The only door to returns: the team's through the survey, the territory's by link."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import DeadLink, find_link
from jalons.accounts.models import Link
from jalons.returns.content import Content, from_store
from jalons.returns.models import Return
from jalons.surveys.figures import territory_scores
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory


def get_responding(campaign: Campaign, code: str) -> Territory:
    """A territory of a survey already opened that has points; 404 otherwise."""
    territory: Territory = get_object_or_404(campaign.territories, pk=code)
    if code not in territory_scores(campaign):
        raise Http404
    return territory


def get_return(campaign: Campaign, code: str) -> Return:
    """The return of a territory of a survey already opened, once it exists."""
    found: Return = get_object_or_404(
        campaign.returns.select_related("territory", "link"), territory=code
    )
    return found


def sent_content(campaign: Campaign, code: str) -> Content | None:
    """What a territory was sent; None when nothing left yet."""
    record = campaign.returns.filter(territory=code, sent_at__isnull=False).first()
    return from_store(record.content) if record and record.content else None


def find_return(secret: str, at: datetime) -> Return:
    """What a private link opens; it dies with the answers, or when it is withdrawn."""
    link = find_link(secret, Link.Purpose.RETURN, at)
    known = Return.objects.select_related(
        "campaign__space", "campaign__version__questionnaire", "territory"
    )
    found: Return | None = known.filter(link=link).first()
    if found is None or not found.content:
        raise DeadLink(link, is_orphan=True)
    return found
