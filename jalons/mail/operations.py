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

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation

from jalons.mail import delivery
from jalons.mail.models import Message
from jalons.mail.tasks import deliver

SUBJECT_LENGTH = 250


@dataclass(frozen=True, slots=True)
class Flushed:
    """What became of the messages that were due."""

    sent_count: int
    waiting_count: int
    failed_count: int


@transaction.atomic
def queue(
    reason: str,
    recipient: str,
    *,
    period: str = "",
    context: Mapping[str, object] | None = None,
    language: str = settings.LANGUAGE_CODE,
) -> Message | None:
    """Write one mail, to be sent on commit; None when it was written already.

    Raises TemplateDoesNotExist when the reason has no text.
    """
    with translation.override(language):
        subject, text, html = _render(reason, dict(context or {}))
    message, is_new = Message.objects.get_or_create(
        reason=reason,
        recipient=recipient.strip().lower(),
        period=period,
        defaults={"subject": subject, "text": text, "html": html},
    )
    if not is_new:
        return None
    transaction.on_commit(partial(deliver.enqueue, message.pk))
    return message


def send_waiting(at: datetime) -> Flushed:
    """Try every message that is due at `at`: after an outage, or without a worker."""
    due = list(Message.objects.due(at=at).order_by("pk").values_list("pk", flat=True))
    tried = [delivery.attempt(pk, at=at) for pk in due]
    states = [message.state for message in tried if message]
    return Flushed(
        sent_count=states.count(Message.State.SENT),
        waiting_count=Message.objects.waiting().count(),
        failed_count=Message.objects.filter(state=Message.State.FAILED).count(),
    )


def retry_failed() -> int:
    """Put back in the queue what was given up, once the mail server is mended."""
    return Message.objects.filter(state=Message.State.FAILED).update(
        state=Message.State.QUEUED, attempts=0, next_try_at=None
    )


def _render(reason: str, context: dict[str, object]) -> tuple[str, str, str]:
    """Subject, text and HTML; plain text is not escaped, HTML is."""
    plain = get_template(f"emails/{reason}.txt").template  # type: ignore[attr-defined]
    rendered = plain.render(Context(context, autoescape=False)).strip()
    subject, _, text = rendered.partition("\n")
    try:
        html = get_template(f"emails/{reason}.html").render(context)
    except TemplateDoesNotExist:
        html = ""
    return subject.strip()[:SUBJECT_LENGTH], text.strip() + "\n", html
