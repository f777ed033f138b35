"""One try at sending one message: what is said to the mail server, and what is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.mail import DNS_NAME, EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone

from jalons.mail.models import Message

# Wait after each failed try. A greylisting server accepts within minutes; one that
# has been down for two days needs somebody to look at it.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=40),
)
MAX_ATTEMPTS = len(PAUSES) + 1
ERROR_LENGTH = 1000


def attempt(message_id: int, *, at: datetime) -> Message | None:
    """Send the message if it is due, and return it as it now stands.

    None when there was nothing to do: sent already, not due yet, or taken by another
    worker. The try is written down before the mail server is called, so that a crash
    in between leaves a row that waits, never one that is lost.
    """
    message = Message.objects.due(at=at).filter(pk=message_id).first()
    if message is None or not _claim(message, at):
        return None
    try:
        _mail(message).send()
    except Exception as error:  # whatever the mail server or its library raises
        return _keep_for_later(message, error)
    return _mark_sent(message)


def _claim(message: Message, at: datetime) -> bool:
    """Take the message for this try; only one of several workers succeeds."""
    pause = PAUSES[min(message.attempts, len(PAUSES) - 1)]
    return bool(
        Message.objects.due(at=at)
        .filter(pk=message.pk, attempts=message.attempts)
        .update(attempts=F("attempts") + 1, next_try_at=at + pause)
    )


def _mail(message: Message) -> EmailMultiAlternatives:
    # The same identity at each try: a mailbox that already has it shows it once.
    identity = f"<{message.created_at:%Y%m%d%H%M%S}.{message.pk}@{DNS_NAME}>"
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        to=[message.recipient],
        headers={"Message-ID": identity},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _keep_for_later(message: Message, error: Exception) -> Message:
    message.refresh_from_db()
    message.error = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
    if message.attempts >= MAX_ATTEMPTS:
        message.state = Message.State.FAILED
    message.save(update_fields=["error", "state"])
    return message


def _mark_sent(message: Message) -> Message:
    message.refresh_from_db()
    message.state, message.sent_at = Message.State.SENT, timezone.now()
    message.text = message.html = message.error = ""
    message.save(update_fields=["state", "sent_at", "text", "html", "error"])
    return message
