"""A closed survey small enough to be read by eye: three EPCI, one of each reach."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils import timezone

from jalons.accounts.models import User
from jalons.mail.models import Message
from jalons.returns import operations
from jalons.surveys import operations as surveys
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory
from tests.factories import (
    make_campaign,
    make_response,
    make_space,
    make_territory,
    make_user,
)
from tests.observatory.example import INTERMEDIATE, LOW


@dataclass(frozen=True)
class Made:
    """`whole` had three answers, `level` one that the EPCI validated, `kept` one."""

    campaign: Campaign
    officer: User
    whole: Territory
    level: Territory
    kept: Territory


def make_returns(*, closed: bool = True, **fields) -> Made:
    officer = make_user("Chargée de mission")
    space = make_space(owner=officer)
    places = [make_territory(name) for name in ("CC Une", "CC Deux", "CC Trois")]
    fields = {"notice_announces_class": True, **fields}
    campaign = make_campaign(*places, space=space, **fields)
    whole, level, kept = places
    for answers in (LOW, INTERMEDIATE, INTERMEDIATE):
        make_response(campaign, whole, **answers)
    make_response(campaign, level, **LOW)
    make_response(campaign, kept, **LOW)
    surveys.validate_answer(campaign, level, by=officer, statement="Bureau")
    if closed:
        surveys.close_campaign(campaign, by=officer)
        campaign.refresh_from_db()
    return Made(campaign, officer, whole, level, kept)


def address(made: Made, *places: Territory) -> None:
    for place in places:
        operations.address_return(
            made.campaign, place, email=f"{place.pk}@exemple.fr", by=made.officer
        )


def send(made: Made) -> int:
    sent = operations.send_returns(made.campaign, by=made.officer, at=timezone.now())
    return sent.count


def link_of(place: Territory) -> str:
    """The path in the last mail to a territory."""
    messages = Message.objects.filter(recipient=f"{place.pk}@exemple.fr")
    found = re.search(r"/retour/[^/\s]+/", messages.latest("pk").text)
    assert found
    return found[0]
