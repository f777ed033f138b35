"""The digest: one mail a person and a period, with what nobody told them yet.

The mail, what it tells and the day it leaves are written together, in one transaction
for each person: a run that dies leaves each one either wholly told or not at all, and
the next run goes on. Handing the mail to a server is the outbox's: it errs on the side
of a mail that somebody must look at, never of a second one (`mail.delivery`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from jalons.digests.models import KEY_LENGTH, Subscription, Told
from jalons.digests.operations import subscribe_by_office
from jalons.digests.secrets import stop_address
from jalons.digests.sections import Part, gather, parts_of
from jalons.digests.things import Things, readers_of
from jalons.mail import operations as mail
from jalons.mail.bounces import dead_addresses

REASON = "digest"
AT_ONCE = 200
"""People whose sections are read together: memory does not grow with the site."""


@dataclass
class Sent:
    """How many people were due, how many mails, how many things of each section."""

    due: int = 0
    mails: int = 0
    things: Counter[str] = field(default_factory=Counter)


class _Undo(Exception):
    """A dry run wrote everything, and undoes it."""


def send_digests(at: datetime, *, dry_run: bool) -> Sent:
    """Write to those whose day has come, when there is something to tell them."""
    sent = Sent()
    try:
        with transaction.atomic() if dry_run else nullcontext():
            _send(at, sent)
            if dry_run:
                raise _Undo
    except _Undo:
        pass
    return sent


def _send(at: datetime, sent: Sent) -> None:
    today = timezone.localdate(at)
    subscribe_by_office(today)
    due = [one for one in _known() if one.is_due(today)]
    sent.due = len(due)
    for language, of_language in _by_language(due).items():
        with translation.override(language):
            for start in range(0, len(of_language), AT_ONCE):
                _send_some(of_language[start : start + AT_ONCE], at, sent)


def _known() -> list[Subscription]:
    dead = dead_addresses()
    known = Subscription.objects.exclude(rhythm=Subscription.Rhythm.NEVER)
    people = known.filter(user__is_active=True).select_related("user").order_by("pk")
    return [one for one in people if one.user.email not in dead]


def _by_language(due: Sequence[Subscription]) -> dict[str, list[Subscription]]:
    found: defaultdict[str, list[Subscription]] = defaultdict(list)
    for one in due:
        found[one.language].append(one)
    return found


def _send_some(some: Sequence[Subscription], at: datetime, sent: Sent) -> None:
    gathered = gather(readers_of(some), at)
    for one in some:
        parts = _write(one, gathered, at)
        sent.mails += bool(parts)
        sent.things.update({part.section.code: len(part.new) for part in parts})


@transaction.atomic
def _write(
    subscription: Subscription, gathered: dict[str, Things], at: datetime
) -> Sequence[Part]:
    """What one mail tells, if there was one to write and nobody wrote it meanwhile."""
    today = timezone.localdate(at)
    locked = Subscription.objects.select_for_update().filter(pk=subscription.pk).first()
    if locked is None or not locked.is_due(today):
        return ()
    parts = parts_of(locked, gathered)
    if not parts or not _queue(subscription, parts, today):
        return ()
    Told.objects.bulk_create(
        Told(subscription=locked, key=thing.key[:KEY_LENGTH], told_on=today)
        for part in parts
        for thing in part.new
    )
    locked.told_until, locked.sent_on = at, today
    locked.save(update_fields=["told_until", "sent_on"])
    return parts


def _queue(subscription: Subscription, parts: Sequence[Part], today: date) -> bool:
    stop = stop_address(subscription)
    queued = mail.queue(
        REASON,
        subscription.user.email,
        period=f"{today:%Y-%m-%d}",
        context=context_of(parts) | {"stop": stop},
        language=subscription.language,
        unsubscribe_url=stop,
    )
    return queued is not None


def context_of(parts: Sequence[Part]) -> dict[str, object]:
    """What the text of a mail needs, but the link that stops it."""
    return {
        "parts": parts,
        "count": sum(len(one.new) for one in parts),
        "site": settings.SITE_URL,
        "mine": settings.SITE_URL + reverse("digests:mine"),
    }
