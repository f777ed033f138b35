"""What links of the steering open, and what they no longer open."""

from __future__ import annotations

from datetime import datetime

from jalons.accounts.access import DeadLink, find_link
from jalons.accounts.models import Link
from jalons.steering.models import Feed


def find_feed(secret: str, at: datetime) -> Feed:
    """The calendar that an address opens; none once its owner left the space."""
    link = find_link(secret, Link.Purpose.CALENDAR, at)
    feed: Feed | None = (
        Feed.objects.filter(link=link, membership__user__is_active=True)
        .select_related("roadmap__space")
        .first()
    )
    if feed is None:
        raise DeadLink(link, is_orphan=True)
    return feed
