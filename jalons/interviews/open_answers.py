"""Words that respondents wrote on the form and agreed to see quoted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.timezone import localdate

from jalons.interviews.models import Quote
from jalons.surveys.models import Campaign, Response

ROLE_OF_PROFILE = {
    "territorial_engineering": Quote.Role.TECHNICIAN,
    "decision_maker": Quote.Role.DECISION_MAKER,
    "digital_adviser": Quote.Role.ADVISER,
    "local_operator": Quote.Role.OPERATOR,
}


@dataclass(frozen=True, slots=True)
class Offered:
    """Words of one answer, ready to be quoted."""

    response_pk: int
    text: str
    role: str


def offered(campaign: Campaign) -> tuple[Offered, ...]:
    """Every answer whose words may be quoted and are not yet, oldest first."""
    return tuple(_offered(campaign))


def quote_from(campaign: Campaign, response: Response) -> Quote:
    """A quote not yet written, with the consent that was given on the form."""
    question = campaign.version.read().with_role("quote")
    assert question is not None
    assert response.submitted_at is not None
    consent = question.consent.fr if question.consent else ""
    return Quote(
        campaign=campaign,
        text=str(response.answers.get(question.code, "")),
        role=ROLE_OF_PROFILE.get(response.profile, Quote.Role.ACTOR),
        origin=Quote.Origin.OPEN_ANSWER,
        level=Quote.Level.NONE,
        consented_on=response.collected_on or localdate(response.submitted_at),
        consent_how=consent[:200],
    )


def _offered(campaign: Campaign) -> Iterator[Offered]:
    question = campaign.version.read().with_role("quote")
    if question is None:
        return
    known = set(campaign.quotes.values_list("text", flat=True))
    sent = campaign.responses.submitted().filter(answers__has_key=question.consent_code)
    for response in sent.order_by("pk").iterator():
        text = str(response.answers.get(question.code, ""))
        if text and text not in known:
            role = ROLE_OF_PROFILE.get(response.profile, Quote.Role.ACTOR)
            yield Offered(response.pk, text, role)
