"""The link that stops the mails."""

from __future__ import annotations

from jalons.digests.models import Subscription
from jalons.mail.links import Signed

LINKS = Signed("jalons.digests.stop")
stop_token, read_stop = LINKS.token_of, LINKS.read


def stop_address(subscription: Subscription) -> str:
    """The whole address, which needs no account."""
    return LINKS.address("digests:stop", subscription.key)
