"""The link of whoever told an interest."""

from __future__ import annotations

from jalons.mail.links import Signed
from jalons.reception.models import Interest

LINKS = Signed("jalons.reception.interest")
read_token = LINKS.read


def token_of(interest: Interest) -> str:
    return LINKS.token_of(interest.key)


def address_of(interest: Interest) -> str:
    """The whole address of their own page."""
    return LINKS.address("reception:mine", interest.key)
