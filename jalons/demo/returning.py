"""Returns of the demonstration: some have left, others wait for the officer.

The addresses end in `.invalid`, which no mail server can reach (RFC 2606).
"""

from __future__ import annotations

from django.utils import timezone

from jalons.accounts.models import User
from jalons.returns import operations
from jalons.returns.content import Reach
from jalons.returns.recipients import lines
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

SENT, READY = 3, 12
TOLD = (Reach.LINES, Reach.TOTALS)
"""What a return may tell, the fullest first."""


def send_some_returns(campaign: Campaign, officer: User) -> None:
    """Three returns sent, twelve more with an address, the others without."""
    now = timezone.now()
    read = [one for one in lines(campaign, at=now) if one.reach in TOLD]
    read.sort(key=lambda one: TOLD.index(one.reach))
    codes = [one.code for one in read[: SENT + READY]]
    for number, code in enumerate(codes, start=1):
        operations.address_return(
            campaign,
            Territory.objects.get(pk=code),
            email=f"epci{number}@simule.invalid",
            by=officer,
        )
        if number == SENT:
            operations.send_returns(campaign, by=officer, at=now)
