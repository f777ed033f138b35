"""Who may be written to, and why the others may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from jalons.invitations.models import Contact, ContactList, Invitation, OptOut
from jalons.mail.bounces import dead_addresses
from jalons.mail.models import Message
from jalons.surveys.models import Campaign

GAP = timedelta(days=7)
"""Between two mails about one survey: a week at work, holidays apart."""
MOST_REMINDERS = 2
"""An invitation and two reminders: beyond, mails are complained of, not read."""
INFORM_WITHIN = timedelta(days=30)
INFORM_AGAIN = timedelta(days=365)
"""Within a month of the collection, then yearly (GDPR, art. 14; rule 24)."""
INVITED, REMINDED, TOLD = "survey-invitation", "survey-reminder", "contact-information"
"""The reasons of our mails in the outbox; all say where the address comes from."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The people of some lists: to invite, and how many are left out, by reason."""

    to_invite: tuple[Contact, ...]
    invited_count: int
    opted_out_count: int
    dead_count: int
    doubled_count: int

    @property
    def count(self) -> int:
        return (
            len(self.to_invite)
            + self.invited_count
            + self.opted_out_count
            + self.dead_count
            + self.doubled_count
        )


def choose(campaign: Campaign, lists: Iterable[ContactList]) -> Choice:
    """Each address once, whatever the number of lists that hold it."""
    contacts = (
        Contact.objects.filter(contact_list__in=list(lists))
        .select_related("contact_list", "territory")
        .order_by("pk")
    )
    invited = _invited_addresses(campaign)
    stopped, dead = _stopped(campaign), dead_addresses()
    chosen: dict[str, Contact] = {}
    left_out: Counter[str] = Counter()
    for contact in contacts:
        if contact.email in chosen:
            left_out["doubled"] += 1
        elif contact.opted_out_at or contact.digest in stopped:
            left_out["opted_out"] += 1
        elif contact.email in dead:
            left_out["dead"] += 1
        elif contact.email in invited:
            left_out["invited"] += 1
        else:
            chosen[contact.email] = contact
    return Choice(
        to_invite=tuple(chosen.values()),
        invited_count=left_out["invited"],
        opted_out_count=left_out["opted_out"],
        dead_count=left_out["dead"],
        doubled_count=left_out["doubled"],
    )


def to_remind(campaign: Campaign, *, at: datetime) -> list[Invitation]:
    """Those whose link has not served, written to a week ago at least, twice at most.

    Whoever asked for no more mails, and dead addresses, are left alone.
    """
    if not campaign.is_open(on=campaign.today()):
        return []
    waiting = campaign.invitations.filter(
        link__used_on=None,
        contact__isnull=False,
        contact__opted_out_at=None,
        last_written_at__lte=at - GAP,
        reminder_count__lt=MOST_REMINDERS,
    ).select_related("contact__contact_list", "contact__territory", "campaign")
    dead, stopped = dead_addresses(), _stopped(campaign)
    return [
        one
        for one in waiting.order_by("pk")
        if one.contact
        and one.contact.email not in dead
        and one.contact.digest not in stopped
    ]


def to_inform(contact_list: ContactList, *, today: date) -> list[Contact]:
    """Those who were never told that they are in the list, or not for a year."""
    return due_among(contact_list.contacts.order_by("pk"), today=today)


def due_among(contacts: Iterable[Contact], *, today: date) -> list[Contact]:
    """Those of any list who are to be told, in two queries."""
    willing = [contact for contact in contacts if contact.opted_out_at is None]
    told = _last_told([contact.email for contact in willing])
    dead = dead_addresses()
    return [
        contact
        for contact in willing
        if contact.email not in dead
        and _is_due(contact.informed_on, told.get(contact.email), today)
    ]


def _is_due(by_hand: date | None, by_mail: date | None, today: date) -> bool:
    days = [day for day in (by_hand, by_mail) if day]
    return not days or max(days) < today - INFORM_AGAIN


def _last_told(addresses: list[str]) -> dict[str, date]:
    """The last day each address received a mail that says where it comes from."""
    sent = Message.objects.filter(
        reason__in=(INVITED, REMINDED, TOLD),
        recipient__in=addresses,
        state=Message.State.SENT,
    )
    rows = sent.order_by("sent_at").values_list("recipient", "sent_at")
    return {address: timezone.localdate(at) for address, at in rows if at}


def _invited_addresses(campaign: Campaign) -> set[str]:
    """Those of the people invited, and those written to before their erasure."""
    invited = campaign.invitations.exclude(contact=None)
    written = Message.objects.filter(reason=INVITED, period=str(campaign.pk))
    return {
        *invited.values_list("contact__email", flat=True),
        *written.values_list("recipient", flat=True),
    }


def _stopped(campaign: Campaign) -> set[str]:
    stopped = OptOut.objects.filter(space=campaign.space_id)
    return set(stopped.values_list("digest", flat=True))
