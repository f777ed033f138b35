"""The minutes sent to those who agreed, each once, and whether they left in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.mail import operations as mail
from jalons.spaces.models import Space
from jalons.workshops import access
from jalons.workshops.models import Minutes, MinutesReader, Participant, Workshop
from jalons.workshops.refused import Refused

GOAL_DAYS = 15
"""Indicator P5: minutes sent within fifteen days of the meeting."""
MOST_LINES = 300
REASON = "workshop-minutes"


class NobodyLeft(Exception):
    """Everybody who agreed has received the minutes, or nobody agreed yet."""


class ReadersForm(forms.Form):
    """Addresses copied from the attendance sheet, of those who agreed there."""

    addresses = forms.CharField(
        label=_("Addresses of those who agreed, one a line"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("As written on the attendance sheet, in its column for that."),
    )

    def clean_addresses(self) -> list[str]:
        lines = self.cleaned_data["addresses"].splitlines()
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Three hundred lines at most: send them in parts."))
        found = []
        for place, line in enumerate(lines, start=1):
            text = line.strip().lower()
            if text and not is_address(text):
                words = {"place": place, "text": text[:80]}
                raise ValidationError(
                    _("Line %(place)s: “%(text)s” is not an e-mail address.") % words
                )
            found.append(text)
        return list(dict.fromkeys(filter(None, found)))


def is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


@transaction.atomic
def agree_to_minutes(person: Participant, address: str) -> None:
    """Somebody asks for the minutes on their telephone; a new address replaces theirs.

    An address that somebody else gave stays theirs. Raises Refused.
    """
    email = address.strip().lower()
    if not is_address(email):
        raise Refused(_("This is not an e-mail address: read it again."))
    MinutesReader.objects.filter(participant=person, sent_at=None).delete()
    MinutesReader.objects.get_or_create(
        workshop=person.workshop, email=email, defaults={"participant": person}
    )


@transaction.atomic
def renounce_minutes(person: Participant) -> None:
    """They do not want them any more: the address is erased, sent or not."""
    MinutesReader.objects.filter(participant=person).delete()


@transaction.atomic
def note_readers(workshop: Workshop, emails: Iterable[str], *, by: User) -> int:
    """Addresses of those who agreed on paper, each once; how many are new."""
    made = [
        MinutesReader.objects.get_or_create(workshop=workshop, email=email)[1]
        for email in emails
    ]
    _note("minutes.readers", workshop, by, count=sum(made))
    return sum(made)


@transaction.atomic
def erase_reader(reader: MinutesReader, *, by: User) -> None:
    """Somebody told the team that they do not want them: the address is erased."""
    workshop = reader.workshop
    reader.delete()
    _note("minutes.reader_erased", workshop, by)


@transaction.atomic
def send_minutes(minutes: Minutes, *, by: User) -> int:
    """A mail to each who agreed and has not received them; how many leave.

    An address erased and given again receives nothing twice. Raises NobodyLeft.
    """
    kept = Minutes.objects.select_for_update().get(pk=minutes.pk)
    workshop, now = minutes.workshop, timezone.now()
    left = list(workshop.minutes_readers.filter(sent_at=None).order_by("pk"))
    if not left:
        raise NobodyLeft(minutes)
    path = reverse("workshops:minutes_read", args=[access.secret_of(minutes)])
    context = {
        "minutes": kept,
        "meeting": workshop.meeting,
        "url": settings.SITE_URL + path,
    }
    written = [
        mail.queue(REASON, one.email, period=str(workshop.pk), context=context)
        for one in left
    ]
    n = len(written) - written.count(None)
    workshop.minutes_readers.filter(pk__in=[one.pk for one in left]).update(sent_at=now)
    if kept.sent_at is None:
        kept.sent_at = now
        kept.save(update_fields=["sent_at"])
    _note("minutes.sent", workshop, by, count=n)
    return n


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Of the workshops whose minutes are due, those sent within the goal (P5)."""

    on_time: int
    due: int


def delay_of(minutes: Minutes) -> int | None:
    """Days from the meeting to the minutes sent; None as long as they are not."""
    if minutes.sent_at is None:
        return None
    sent_on = timezone.localtime(minutes.sent_at).date()
    return (sent_on - minutes.workshop.meeting.day).days


def punctuality_of(space: Space, *, today: date) -> Punctuality:
    """Indicator P5; minutes are due once sent, or once the goal is past. One query."""
    held = Workshop.objects.filter(meeting__space=space).exclude(opened_at=None)
    on_time = due = 0
    for one in held.select_related("meeting", "minutes"):
        minutes = getattr(one, "minutes", None)
        delay = delay_of(minutes) if minutes else None
        past = one.meeting.day + timedelta(days=GOAL_DAYS) < today
        due += past if delay is None else 1
        on_time += delay is not None and delay <= GOAL_DAYS
    return Punctuality(on_time, due)


def _note(verb: str, workshop: Workshop, by: User, **details: object) -> None:
    space_id = workshop.meeting.space_id
    audit.record(verb, workshop, by=by, details=details, space_id=space_id)
