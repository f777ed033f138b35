"""A letter to those who confirmed that they want it: by lots, each address once.

The outbox refuses the same letter to the same address twice, whatever happens; the
letter also remembers how far it went, so that a sending cut short goes on there.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.gazette.markdown import to_html
from jalons.gazette.models import (
    NOTICE_VERSION,
    SUBSCRIBED_DAYS,
    UNCONFIRMED_DAYS,
    Letter,
    Subscriber,
)
from jalons.gazette.secrets import address_of
from jalons.mail import operations as mail
from jalons.mail.bounces import dead_addresses
from jalons.spaces.models import Space

CONFIRM, REASON = "gazette-confirm", "gazette-letter"
IN_A_LOT = 50
"""A lot is one short transaction: what a crash undoes is written again at once."""


class AlreadyLeft(Exception):
    """This letter was sent, or is being sent."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many letters were on their way, and how many mails were written."""

    letters: int
    mails: int


@transaction.atomic
def subscribe(space: Space, email: str, language: str) -> None:
    """A mail holds the link that confirms; an address known receives nothing new.

    Whatever is known of the address, the page says the same thing.
    """
    until = timezone.localdate() + timedelta(days=UNCONFIRMED_DAYS)
    row, _is_new = Subscriber.objects.get_or_create(
        space=space,
        email=email.strip().lower(),
        defaults={
            "language": language,
            "notice_version": NOTICE_VERSION,
            "kept_until": until,
        },
    )
    if row.confirmed_at is None and row.email not in dead_addresses():
        mail.queue(
            CONFIRM,
            row.email,
            period=f"{row.pk}-{timezone.localdate():%Y-%m-%d}",
            context={"space": space, "confirm": address_of(row, "confirm")},
            language=row.language or settings.LANGUAGE_CODE,
        )


@transaction.atomic
def confirm(subscriber: Subscriber) -> None:
    """The address is theirs, and wants the letter."""
    if subscriber.confirmed_at is not None:
        return
    subscriber.confirmed_at = timezone.now()
    subscriber.kept_until = timezone.localdate() + timedelta(days=SUBSCRIBED_DAYS)
    subscriber.save(update_fields=["confirmed_at", "kept_until"])
    space = subscriber.space
    audit.record("letter.subscribed", space, by=None, space_id=space.pk)


@transaction.atomic
def stop(subscriber: Subscriber) -> None:
    """No more letters, not even one that waits; nothing is kept of the address."""
    space = subscriber.space
    letters = (str(pk) for pk in space.letters.values_list("pk", flat=True))
    mail.take_back(REASON, subscriber.email, periods=letters)
    audit.record("letter.stopped", space, by=None, space_id=space.pk)
    subscriber.delete()


@transaction.atomic
def write_letter(letter: Letter, *, by: User) -> Letter:
    """Keep a draft. Raises AlreadyLeft."""
    if letter.pk:
        held = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
        if not held.is_draft:
            raise AlreadyLeft(letter)
    letter.written_at, letter.written_by = timezone.now(), by
    letter.save()
    audit.record("letter.written", letter, by=by)
    return letter


@transaction.atomic
def send_letter(letter: Letter, *, by: User) -> None:
    """Begin to send it, once; the queue does the rest. Raises AlreadyLeft."""
    drafts = Letter.objects.filter(pk=letter.pk, state=Letter.State.DRAFT)
    if not drafts.update(state=Letter.State.LEAVING, left_at=timezone.now()):
        raise AlreadyLeft(letter)
    audit.record("letter.sent", letter, by=by)
    transaction.on_commit(partial(send_lots.enqueue, letter.pk))


@task()
def send_lots(letter_id: int) -> None:
    """One lot, then another task for the next one."""
    if send_a_lot(letter_id) is not None:
        send_lots.enqueue(letter_id)


@transaction.atomic
def send_a_lot(letter_id: int) -> int | None:
    """Write to the next subscribers; how many mails, or None when all are written."""
    letter = (
        Letter.objects.leaving().select_for_update(no_key=True).filter(pk=letter_id)
    ).first()
    if letter is None:
        return None
    known = letter.space.subscribers.confirmed().filter(pk__gt=letter.reached)
    # Whoever confirms once it has left reads it in the archive.
    known = known.filter(confirmed_at__lte=letter.left_at)
    lot = list(known.order_by("pk")[:IN_A_LOT])
    if not lot:
        letter.state = Letter.State.SENT
        letter.save(update_fields=["state"])
        return None
    dead = dead_addresses()
    count = sum(_write(letter, one) for one in lot if one.email not in dead)
    letter.reached = lot[-1].pk
    letter.save(update_fields=["reached"])
    return count


def finish_letters(*, dry_run: bool) -> Sent:
    """Go on with every letter whose sending was cut short; each lot is kept as it
    comes."""
    mails, pending = 0, list(Letter.objects.leaving().values_list("pk", flat=True))
    with transaction.atomic() if dry_run else nullcontext():
        for pk in pending:
            while (count := send_a_lot(pk)) is not None:
                mails += count
        if dry_run:
            transaction.set_rollback(True)
    return Sent(len(pending), mails)


def _write(letter: Letter, one: Subscriber) -> bool:
    stop_url = address_of(one, "stop")
    with translation.override(one.language or settings.LANGUAGE_CODE):
        context = {
            "letter": letter,
            "body": to_html(letter.text),
            "stop": stop_url,
            "page": settings.SITE_URL + reverse("gazette:letter", args=[letter.pk]),
        }
        text = render_to_string("emails/gazette-letter.txt", context)
        html = render_to_string("emails/gazette-letter.html", context)
    subject, _rest, body = text.strip().partition("\n")
    written = mail.Letter(subject, body.strip() + "\n", html, stop_url)
    queued = mail.queue_letter(REASON, one.email, written, period=str(letter.pk))
    return queued is not None
