"""The link of a subscriber."""

from __future__ import annotations

from jalons.gazette.models import Subscriber
from jalons.mail.links import Signed

LINKS = Signed("jalons.gazette.subscriber")
read_token = LINKS.read


def token_of(subscriber: Subscriber) -> str:
    return LINKS.token_of(subscriber.key)


def address_of(subscriber: Subscriber, name: str) -> str:
    """The whole address of one of their pages: `confirm` or `stop`."""
    return LINKS.address(f"gazette:{name}", subscriber.key)
