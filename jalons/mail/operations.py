"""The outbox: a mail is a row first, sent once it is safely written.

An app sends through one call, inside its own transaction:

    mail.queue(
        "space-invitation", invitation.email,
        period=str(invitation.pk), context={"space": space.name, "url": url},
    )

imported as ``from jalons.mail import operations as mail``. The texts of a reason are
``templates/emails/<reason>.txt``, whose first line is the subject, and when wanted
``templates/emails/<reason>.html``. The period says how often the same reason may reach
the same person: "2026" once a year, "2026-W48" once a week, an object's number once
for that object, nothing at all once for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.defaultfilters import linebreaksbr
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from jalons.audit import operations as audit
from jalons.audit.operations import Actor
from jalons.mail import delivery
from jalons.mail.bounces import Notice, message_of, note_bounce
from jalons.mail.models import Bounce, Message
from jalons.mail.tasks import deliver

SUBJECT_LENGTH = 250


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail written beforehand, by a person or from a template.

    `unsubscribe_url` goes in the header by which a mailbox offers to stop these mails
    in one click; `reply_to` is who reads the answers.
    """

    subject: str
    text: str
    html: str = ""
    unsubscribe_url: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Flushed:
    """What became of the messages that were due."""

    sent_count: int
    waiting_count: int
    failed_count: int
    uncertain_count: int


@transaction.atomic
def queue(
    reason: str,
    recipient: str,
    *,
    period: str = "",
    context: Mapping[str, object] | None = None,
    language: str = settings.LANGUAGE_CODE,
    unsubscribe_url: str = "",
    reply_to: str = "",
) -> Message | None:
    """Write one mail, to be sent on commit; None when it was written already.

    Raises TemplateDoesNotExist when the reason has no text.
    """
    with translation.override(language):
        letter = _render(reason, dict(context or {}))
    letter = replace(letter, unsubscribe_url=unsubscribe_url, reply_to=reply_to)
    return queue_letter(reason, recipient, letter, period=period)


@transaction.atomic
def queue_letter(
    reason: str, recipient: str, letter: Letter, *, period: str = ""
) -> Message | None:
    """The same, for a text that a person wrote: once per reason and period too."""
    letter = _signed(letter)
    message, is_new = Message.objects.get_or_create(
        reason=reason,
        recipient=recipient.strip().lower(),
        period=period,
        defaults=asdict(letter),
    )
    if not is_new:
        return None
    transaction.on_commit(partial(deliver.enqueue, message.pk))
    return message


@transaction.atomic
def take_back(
    reason: str, recipient: str, *, periods: Iterable[str] | None = None
) -> int:
    """Forget what waits to be sent: its reader wants it no more; how many.

    Of all its periods, or of some.
    """
    waiting = Message.objects.waiting().filter(
        reason=reason, recipient=recipient.strip().lower()
    )
    if periods is not None:
        waiting = waiting.filter(period__in=list(periods))
    count: int
    count, _rows = waiting.delete()
    return count


def send_waiting(at: datetime) -> Flushed:
    """Try every message that is due at `at`: after an outage, or without a worker."""
    due = list(Message.objects.due(at=at).order_by("pk").values_list("pk", flat=True))
    tried = [delivery.attempt(pk, at=at) for pk in due]
    states = [message.state for message in tried if message]
    return Flushed(
        sent_count=states.count(Message.State.SENT),
        waiting_count=Message.objects.waiting().count(),
        failed_count=Message.objects.filter(state=Message.State.FAILED).count(),
        uncertain_count=Message.objects.uncertain(at=at).count(),
    )


def retry_failed() -> int:
    """Put back in the queue what was given up, once the mail server is mended.

    What went to an address known to be dead is left there.
    """
    dead = Bounce.objects.permanent().values("address")
    given_up = Message.objects.filter(state=Message.State.FAILED)
    return given_up.exclude(recipient__in=dead).update(
        state=Message.State.QUEUED, attempts=0, next_try_at=None
    )


@transaction.atomic
def say_arrived(message: Message, *, by: Actor) -> None:
    """A person knows that an uncertain mail arrived: it is not sent again."""
    message.mark_sent(at=timezone.now())
    message.save(update_fields=[*Message.PRIVATE_TEXTS, "state", "sent_at", "error"])
    audit.record("mail.said_arrived", message, by=by)


@transaction.atomic
def send_again(message: Message, *, by: Actor) -> None:
    """A person takes it on themselves to send an uncertain mail a second time."""
    message.state, message.error = Message.State.QUEUED, ""
    message.next_try_at = None
    message.save(update_fields=["state", "error", "next_try_at"])
    audit.record("mail.sent_again", message, by=by)
    transaction.on_commit(partial(deliver.enqueue, message.pk))


@dataclass(frozen=True, slots=True)
class Returned:
    """What became of one mail of the returns box; `outcome` is the name of the case."""

    place: str
    outcome: str
    address: str = ""
    status: str = ""
    reason: str = ""


@transaction.atomic
def record_returns(notices: Iterable[Notice], *, dry_run: bool) -> list[Returned]:
    """Note the addresses that the notices say dead or full; each notice counts once."""
    return [_returned(notice, dry_run) for notice in notices]


def _returned(notice: Notice, dry_run: bool) -> Returned:
    if not notice.is_failure:
        return Returned(notice.place, "not_a_failure")
    told = {"status": notice.status, "reason": notice.reason}
    message = message_of(notice.identity)
    if message is None or delivery.identity_of(message) != notice.identity:
        return Returned(notice.place, "not_ours", **told)
    told["address"] = message.recipient
    if message.error == notice.reason:
        return Returned(notice.place, "known", **told)
    if not dry_run:
        note_bounce(message.recipient, notice.reason, is_permanent=notice.is_permanent)
        message.error = notice.reason
        message.save(update_fields=["error"])
    return Returned(
        notice.place, "dead" if notice.is_permanent else "not_delivered", **told
    )


@transaction.atomic
def say_dead(address: str, reason: str, *, by: Actor) -> Bounce:
    """A person knows that this address is dead: nobody writes to it again."""
    bounce = note_bounce(address, reason, is_permanent=True)
    audit.record("address.said_dead", bounce, by=by)
    return bounce


@transaction.atomic
def say_alive(bounce: Bounce, *, by: Actor) -> None:
    """A person knows that the address works again: lists may write to it."""
    audit.record("address.said_alive", bounce, by=by)
    bounce.delete()


def _signed(letter: Letter) -> Letter:
    """With who answers for the site under it, as `settings.MAIL_SIGNATURE` tells."""
    sign: Callable[[], str] = import_string(settings.MAIL_SIGNATURE)
    under = sign()
    if not under:
        return letter
    html = letter.html
    if html:
        said = linebreaksbr(under, autoescape=True)
        before, body, after = html.rpartition("</body>")
        html = f"{before or after}<p>{said}</p>" + (body + after if body else "")
    return replace(letter, text=f"{letter.text.rstrip()}\n\n-- \n{under}\n", html=html)


def _render(reason: str, context: dict[str, object]) -> Letter:
    """Subject, text and HTML; plain text is not escaped, HTML is."""
    plain = get_template(f"emails/{reason}.txt").template  # type: ignore[attr-defined]
    rendered = plain.render(Context(context, autoescape=False)).strip()
    subject, _, text = rendered.partition("\n")
    try:
        html = get_template(f"emails/{reason}.html").render(context)
    except TemplateDoesNotExist:
        html = ""
    return Letter(subject.strip()[:SUBJECT_LENGTH], text.strip() + "\n", html)
