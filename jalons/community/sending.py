"""The digests of the networks: what is new, by mail, at the rhythm each one chose."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.community.models import Digest, News
from jalons.community.secrets import stop_token
from jalons.mail import operations as mail
from jalons.mail.bounces import dead_addresses

REASON = "network-digest"
MOST_TOLD = 20
"""Titles in one mail; the rest is said by its number."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many people were due, and how many mails there were: nothing new, no mail."""

    due: int
    mails: int


@transaction.atomic
def send_digests(at: datetime, *, dry_run: bool) -> Sent:
    """Write to those whose day has come, when their network has something new."""
    today, dead = timezone.localdate(at), dead_addresses()
    known = Digest.objects.exclude(rhythm=Digest.Rhythm.NEVER).filter(
        membership__user__is_active=True
    )
    due = [
        one
        for one in known.select_related("membership__user", "membership__space")
        if one.is_due(today) and one.membership.user.email not in dead
    ]
    news = _news_since(due)
    mails = sum(_write(one, news[one.membership.space_id], at, today) for one in due)
    transaction.set_rollback(dry_run)
    return Sent(len(due), mails)


def _news_since(due: list[Digest]) -> defaultdict[int, list[News]]:
    """What is new for any of them, by space, in one query."""
    found: defaultdict[int, list[News]] = defaultdict(list)
    if due:
        oldest = min(one.told_until for one in due)
        spaces = {one.membership.space_id for one in due}
        rows = News.objects.shown().filter(space__in=spaces, posted_at__gt=oldest)
        for one in rows.order_by("-posted_at"):
            found[one.space_id].append(one)
    return found


def _write(digest: Digest, news: list[News], at: datetime, today: date) -> bool:
    """One mail, unless there is nothing that they did not write themselves."""
    user, space = digest.membership.user, digest.membership.space
    mine = [
        one
        for one in news
        if digest.told_until < one.posted_at <= at and one.author_id != user.pk
    ]
    if not mine:
        return False
    path = reverse("community:list", args=[space.pk])
    stop = reverse("community:stop", args=[stop_token(digest.key)])
    queued = mail.queue(
        REASON,
        user.email,
        period=f"{space.pk}-{today:%Y-%m-%d}",
        context={
            "space": space,
            "news": mine[:MOST_TOLD],
            "count": len(mine),
            "more": max(0, len(mine) - MOST_TOLD),
            "url": f"{settings.SITE_URL}{path}",
            "site": settings.SITE_URL,
            "stop": f"{settings.SITE_URL}{stop}",
        },
        unsubscribe_url=f"{settings.SITE_URL}{stop}",
    )
    digest.told_until = at
    digest.save(update_fields=["told_until"])
    return queued is not None
