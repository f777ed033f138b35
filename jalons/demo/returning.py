"""Returns of the demonstration: some have left, others wait for the officer.

The addresses end in `.invalid`, which no mail server can reach (RFC 2606).
"""

from __future__ import annotations

from itertools import islice

from django.utils import timezone

from jalons.accounts.models import User
from jalons.returns import operations
from jalons.returns.content import Reach
from jalons.returns.recipients import lines
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

SENT, READY = 3, 12


def send_some_returns(campaign: Campaign, officer: User) -> None:
    """Three returns sent, twelve more with an address, the others without."""
    now = timezone.now()
    whole = (one for one in lines(campaign, at=now) if one.reach is Reach.LINES)
    codes = [one.code for one in islice(whole, SENT + READY)]
    for number, code in enumerate(codes, start=1):
        operations.address_return(
            campaign,
            Territory.objects.get(pk=code),
            email=f"epci{number}@simule.invalid",
            by=officer,
        )
        if number == SENT:
            operations.send_returns(campaign, by=officer, at=now)
