"""One try at sending one message: what is said to the mail server, and what is kept.

**Never sent twice.** Before a word is said to the mail server the row is claimed: it
passes from *queued* to *sending*, once, for one worker. Then one of four things is so.

* The server accepted: the row becomes *sent*.
* Nothing was accepted, for certain (no connection, a refusal in so many words): the
  row goes back to *queued* and is tried later, a limited number of times.
* The server refused the address for good: the row is *failed*, the address is noted
  as dead, and nobody writes to it again.
* Nobody knows: the worker died between sending and recording, or the connection fell
  after the text was handed over. The row stays in *sending*. No machine sends it
  again: it is shown to the team, who says that it arrived or asks for another try.

A mail is thus sent at most once without a person deciding otherwise; what may be lost
is seen, which a second copy in somebody's mailbox could not mend.
"""

from __future__ import annotations

import smtplib
import textwrap
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from jalons.mail.bounces import note_bounce
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
WIDTH = 72
"""Columns of a plain text: what every mail reader shows without cutting it."""
REFUSED = range(400, 600)
REFUSED_FOR_GOOD = range(500, 600)
# What is raised when, for certain, the server kept nothing of the message: it could
# not be reached, it said no, or the message could not even be written down.
NOTHING_KEPT = (
    ConnectionRefusedError,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ValueError,
)


def attempt(message_id: int, *, at: datetime) -> Message | None:
    """Send the message if it is due, and return it as it now stands.

    None when there was nothing to do: sent already, not due yet, or taken by another
    worker. See the head of this module for what happens when the try ends badly.
    """
    message = Message.objects.due(at=at).filter(pk=message_id).first()
    if message is None or not _claim(message, at):
        return None
    connection = get_connection()
    try:
        connection.open()
    except Exception as error:  # nothing was said of this message yet
        return _keep_for_later(message, error)
    return _send(message, connection)


def _send(message: Message, connection: BaseEmailBackend) -> Message:
    try:
        connection.send_messages([_mail(message)])
    except Exception as error:  # whatever the mail server or its library raises
        if _kept_nothing(error):
            return _keep_for_later(message, error)
        return _leave_uncertain(message, error)
    finally:
        # The answer is known: a farewell that fails changes nothing.
        with suppress(Exception):
            connection.close()
    return _mark_sent(message)


def _claim(message: Message, at: datetime) -> bool:
    """Take the message for this try; only one of several workers succeeds."""
    pause = PAUSES[min(message.attempts, len(PAUSES) - 1)]
    return bool(
        Message.objects.due(at=at)
        .filter(pk=message.pk, attempts=message.attempts)
        .update(
            state=Message.State.SENDING,
            attempts=F("attempts") + 1,
            claimed_at=at,
            next_try_at=at + pause,
        )
    )


def identity_of(message: Message) -> str:
    """The Message-ID, the same at each try: a mailbox that has it shows it once.

    Its last part proves that we wrote it, so that a notice of non-delivery which
    quotes it speaks of a mail of ours.
    """
    stamp = f"{message.created_at:%Y%m%d%H%M%S}.{message.pk}"
    proof = salted_hmac("jalons.mail", stamp).hexdigest()[:16]
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{stamp}.{proof}@{address.rpartition('@')[2] or 'localhost'}>"


def in_columns(text: str) -> str:
    """A plain text in lines of 72 columns; an address is never cut.

    >>> print(in_columns("Votre lien : " + "x" * 70))
    Votre lien :
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    """
    return "\n".join(_folded(line) for line in text.split("\n"))


def _folded(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip(" "))]
    return textwrap.fill(
        line.strip(" "),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _mail(message: Message) -> EmailMultiAlternatives:
    headers = {"Message-ID": identity_of(message)}
    if message.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        message.subject,
        in_columns(message.text),
        to=[message.recipient],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=headers,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _keep_for_later(message: Message, error: Exception) -> Message:
    message.refresh_from_db()
    message.state = Message.State.QUEUED
    message.error = _said(error)
    is_dead = _refuses_the_address(error)
    if is_dead or message.attempts >= MAX_ATTEMPTS:
        message.state = Message.State.FAILED
    message.save(update_fields=["error", "state"])
    if is_dead:
        note_bounce(message.recipient, message.error, is_permanent=True)
    return message


def _leave_uncertain(message: Message, error: Exception) -> Message:
    message.refresh_from_db()
    message.error = _said(error)
    message.save(update_fields=["error"])
    return message


def _kept_nothing(error: Exception) -> bool:
    """Whether the server said no; words that are not an answer say nothing."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code in REFUSED
    return isinstance(error, NOTHING_KEPT)


def _refuses_the_address(error: Exception) -> bool:
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    codes = [code for code, _words in error.recipients.values()]
    return all(code in REFUSED_FOR_GOOD for code in codes)


def _said(error: Exception) -> str:
    """The words of the mail server when it spoke, else those of the machine."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = error.recipients.values()
        return "; ".join(_plain(code, words) for code, words in answers)[:ERROR_LENGTH]
    if isinstance(error, smtplib.SMTPResponseException):
        return _plain(error.smtp_code, error.smtp_error)[:ERROR_LENGTH]
    return f"{type(error).__name__}: {error}"[:ERROR_LENGTH]


def _plain(code: int, words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {text}"


def _mark_sent(message: Message) -> Message:
    message.refresh_from_db()
    message.mark_sent(at=timezone.now())
    message.save(update_fields=[*Message.PRIVATE_TEXTS, "state", "sent_at", "error"])
    return message
