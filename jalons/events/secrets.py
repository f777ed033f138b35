"""The link of somebody registered."""

from __future__ import annotations

from jalons.events.models import Registration
from jalons.mail.links import Signed

LINKS = Signed("jalons.events.registration")
read_token = LINKS.read


def token_of(registration: Registration) -> str:
    return LINKS.token_of(registration.key)


def address_of(registration: Registration, name: str = "mine") -> str:
    """The whole address of one of their pages."""
    return LINKS.address(f"events:{name}", registration.key)
