"""The only door to a survey and to its answers.

A survey belongs to a space: its members enter by `get_campaign`, and where figures of
institutions are made, by `get_campaign_of_institutions`. Its public form is
read by anyone, and each answer by whoever holds its personal link. The team of a
territory reads the points of its own answers under the conditions of
`get_territory_campaign`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import Gone, find_link
from jalons.accounts.models import Link, User
from jalons.spaces.access import Right, get_space, right_in
from jalons.spaces.models import Space
from jalons.surveys.known import survey_at
from jalons.surveys.models import Campaign, FormerSurvey, Response
from jalons.territories.models import Territory

ENOUGH_RESPONDENTS = 3
"""From three answers on, min–max and points no longer point at one colleague."""


def get_campaign(user: User, pk: int, right: Right) -> Campaign:
    """A survey of a space where this person holds the right; 404 to strangers."""
    campaign: Campaign = get_object_or_404(
        Campaign.objects.select_related("space__territory", "version__questionnaire"),
        pk=pk,
    )
    get_space(user, campaign.space_id, right)
    return campaign


def get_campaign_of_institutions(user: User, pk: int, right: Right) -> Campaign:
    """The same, unless it asks inhabitants: 404, as they are read elsewhere.

    Pages made for professionals hide them under five; inhabitants are hidden under
    eleven, on the results of their field survey only.
    """
    campaign = get_campaign(user, pk, right)
    if campaign.is_of_inhabitants:
        raise Http404
    return campaign


def get_answer(campaign: Campaign, pk: int) -> Response:
    """An answer sent to a survey already opened, never to another one."""
    response: Response = get_object_or_404(
        campaign.responses.submitted().select_related("territory"), pk=pk
    )
    return response


def get_territory_campaign(
    user: User, pk: int, code: str
) -> tuple[Campaign, Territory]:
    """A survey and one of its territories, for those who may read its points.

    They are the members of the survey's space, and those of a space on the territory
    itself from three answers on, or when everyone who answered agreed. Anyone else
    gets a 404, as if nobody had answered.
    """
    surveys = Campaign.objects.of_institutions()
    campaign = get_object_or_404(
        surveys.select_related("space", "version__questionnaire"), pk=pk
    )
    territory = get_object_or_404(campaign.territories, pk=code)
    if right_in(user, campaign.space, Right.READ):
        return campaign, territory
    is_ours = Space.objects.joined_by(user).filter(territory=territory).exists()
    if not (is_ours and may_be_read_by_its_team(campaign, territory)):
        raise Http404
    return campaign, territory


def readable_by_territory(space: Space) -> list[Campaign]:
    """Surveys of other spaces whose points the team of this territory may read."""
    surveys = Campaign.objects.of_institutions().filter(territories=space.territory_id)
    others = surveys.exclude(space=space).order_by("-opens_on")
    sent = Response.objects.submitted().filter(territory=space.territory_id)
    readable = _readable(sent.filter(campaign__in=others.order_by()), "campaign")
    return [one for one in others if one.pk in readable]


def may_be_read_by_its_team(campaign: Campaign, territory: Territory) -> bool:
    """Rule 6: from three respondents, or when they all agreed."""
    return territory.pk in readable_by_their_teams(campaign, territory.pk)


def readable_by_their_teams(campaign: Campaign, *codes: str) -> frozenset[str]:
    """Territories whose points their own team may read, among `codes` if given."""
    sent = campaign.responses.submitted()
    if codes:
        sent = sent.filter(territory__in=codes)
    return _readable(sent, "territory")


def _readable(sent: QuerySet[Response], by: str) -> frozenset[Any]:
    """Those of `by` with enough answers, or whose every answer is shared."""
    counts = (
        sent.order_by()
        .values_list(by)
        .annotate(all=Count("pk"), shared=Count("pk", filter=Q(is_shared=True)))
    )
    return frozenset(
        key
        for key, count, shared in counts
        if count >= ENOUGH_RESPONDENTS or count == shared
    )


class DeletedSurvey(Gone):
    """The address of a survey that its team deleted; of which one, when it is known."""

    template = "surveys/deleted.html"

    def __init__(self, former: FormerSurvey | None = None) -> None:
        super().__init__()
        self.former = former

    @property
    def context(self) -> dict[str, object]:
        return {"former": self.former}


def find_campaign(slug: str) -> Campaign:
    """The survey whose public address this is, open or not."""
    campaign = survey_at(slug)
    if campaign is None:
        raise DeletedSurvey(get_object_or_404(FormerSurvey, slug=slug))
    return campaign


def find_response(slug: str, secret: str, at: datetime) -> Response:
    """The answer that a personal link opens; the link dies with the survey."""
    if (campaign := survey_at(slug)) and (response := _answer_of(campaign, secret, at)):
        return response
    if former := FormerSurvey.objects.filter(slug=slug).first():
        raise DeletedSurvey(former)
    find_link(secret, Link.Purpose.RESPONDENT, at)  # why it opens nothing
    raise Http404


def _answer_of(campaign: Campaign, secret: str, at: datetime) -> Response | None:
    """The answer of this survey that a living link opens."""
    known = Response.objects.select_related("link", "territory")
    try:
        response: Response = known.get(
            campaign=campaign.pk,
            link__digest=Link.digest_of(secret),
            link__purpose=Link.Purpose.RESPONDENT,
        )
    except Response.DoesNotExist:
        return None
    assert response.link is not None
    response.campaign = campaign
    return response if response.link.is_alive(at=at) else None
