from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import Link, User
from jalons.audit import operations as audit
from jalons.invitations import letters, recipients
from jalons.invitations.letters import Words
from jalons.invitations.loaders import Completed, Person
from jalons.invitations.models import (
    Contact,
    ContactList,
    Embedding,
    Invitation,
    Letter,
    OptOut,
    Profile,
    ShortAddress,
    digest_of,
)
from jalons.invitations.recipients import INVITED, REMINDED, TOLD
from jalons.invitations.secrets import answer_key, secret_of
from jalons.mail import operations as mail
from jalons.spaces.models import Space
from jalons.surveys import operations as surveys
from jalons.surveys.models import Campaign, Response
from jalons.surveys.waves import sheet_before

TRIED = "survey-letter-trial"
INSTITUTION = (Profile.TERRITORIAL_ENGINEERING, Profile.DECISION_MAKER)
# Read out in a room: no letter that is taken for another one or for a figure.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"


class NotOpen(Exception):
    """The survey takes no answer now: nobody is invited nor reminded."""


class TriedTooOften(Exception):
    """This person has sent themselves enough trials for today."""


@transaction.atomic
def save_list(contact_list: ContactList, *, by: User) -> ContactList:
    """Write a new list, or what was changed in it."""
    is_new = contact_list.pk is None
    contact_list.save()
    verb = "contact_list.created" if is_new else "contact_list.changed"
    audit.record(verb, contact_list, by=by)
    return contact_list


@transaction.atomic
def delete_list(contact_list: ContactList, *, by: User) -> None:
    """Erase a list and its people; who asked for no more mails stays known."""
    audit.record("contact_list.deleted", contact_list, by=by)
    contact_list.delete()


@transaction.atomic
def add_people(
    contact_list: ContactList,
    people: Sequence[Person],
    *,
    completed: Sequence[Completed] = (),
    by: User,
) -> int:
    """Add lines already sorted out (loaders), and what others say of people known.

    How many were added. What is known is never replaced: only what was empty is filled.
    """
    completed_count = _complete(contact_list, completed)
    Contact.objects.bulk_create(
        Contact(
            contact_list=contact_list,
            email=person.email,
            digest=digest_of(contact_list.space_id, person.email),
            name=person.name,
            function=person.function,
            territory_id=person.territory_code,
            profile=person.profile,
        )
        for person in people
    )
    details = {"count": len(people), "completed": completed_count}
    audit.record("contacts.added", contact_list, by=by, details=details)
    return len(people)


def _complete(contact_list: ContactList, completed: Sequence[Completed]) -> int:
    """Fill what was empty of people already in the list; how many they are."""
    known = contact_list.contacts.select_for_update().in_bulk()
    changed: dict[int, Contact] = {}
    for one in completed:
        contact = known.get(one.contact or 0)
        if contact is None:
            continue
        changed[contact.pk] = contact
        for field in one.fields:
            name = "territory_id" if field == "territory_code" else field
            if not getattr(contact, name):
                setattr(contact, name, getattr(one.person, field))
    fields = ["name", "function", "territory", "profile"]
    Contact.objects.bulk_update(changed.values(), fields, batch_size=500)
    return len(changed)


@transaction.atomic
def change_contact(contact: Contact, *, by: User) -> None:
    contact.digest = digest_of(contact.contact_list.space_id, contact.email)
    contact.save()
    audit.record("contact.changed", contact.contact_list, by=by)


@transaction.atomic
def delete_contact(contact: Contact, *, by: User) -> None:
    audit.record("contact.deleted", contact.contact_list, by=by)
    contact.delete()


@transaction.atomic
def tell_people(contact_list: ContactList, *, by: User, today: date) -> int:
    """Inform those who were not, or not for a year (GDPR, art. 14); how many."""
    due = recipients.to_inform(contact_list, today=today)
    context = {"space": contact_list.space, "contact_list": contact_list}
    for contact in due:
        stop = letters.stop_url(contact_list.space_id, contact.digest)
        mail.queue(
            TOLD,
            contact.email,
            period=f"{contact_list.pk}-{today.year}",
            context={**context, "stop": stop},
        )
    details = {"count": len(due)}
    audit.record("contacts.told", contact_list, by=by, details=details)
    return len(due)


@transaction.atomic
def opt_out(space: Space, digest: str) -> None:
    """Stop every mail of this space to one person, now and in later lists."""
    _opt_out, is_new = OptOut.objects.get_or_create(space=space, digest=digest)
    known = Contact.objects.in_space(space).willing().filter(digest=digest)
    known.update(opted_out_at=timezone.now())
    if is_new:
        audit.record("contact.opted_out", space, by=None, space_id=space.pk)


@transaction.atomic
def change_letter(campaign: Campaign, kind: str, words: Words, *, by: User) -> Letter:
    letter, _is_new = Letter.objects.update_or_create(
        campaign=campaign,
        kind=kind,
        defaults=asdict(words),
    )
    audit.record("letter.changed", campaign, by=by)
    return letter


def try_letter(campaign: Campaign, kind: str, *, by: User, at: datetime) -> None:
    """Send the mail to the person who wrote it, at most once a minute."""
    words = letters.words_of(campaign, kind)
    queued = mail.queue_letter(
        TRIED,
        by.email,
        letters.trial(campaign, words, reply_to=by.email),
        period=f"{campaign.pk}-{kind}-{at:%Y%m%d%H%M}",
    )
    if queued is None:
        raise TriedTooOften(by)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many mails were put in the outbox."""

    count: int


@transaction.atomic
def send_invitations(
    campaign: Campaign, lists: Iterable[ContactList], *, by: User
) -> Sent:
    """Invite the people of these lists who may be, each address once a survey."""
    _check_open(campaign)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    words, now = letters.words_of(campaign, Letter.Kind.INVITATION), timezone.now()
    choice = recipients.choose(campaign, lists)
    for contact in choice.to_invite:
        invitation = _invite(campaign, contact, by=by, at=now)
        mail.queue_letter(
            INVITED,
            contact.email,
            letters.written(
                campaign, words, contact, _url(invitation), reply_to=by.email
            ),
            period=str(campaign.pk),
        )
    count = len(choice.to_invite)
    audit.record("invitations.sent", campaign, by=by, details={"count": count})
    return Sent(count)


@transaction.atomic
def send_reminders(campaign: Campaign, *, by: User, at: datetime) -> Sent:
    """Write again to those who have not answered, not too soon nor too often."""
    _check_open(campaign)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    words = letters.words_of(campaign, Letter.Kind.REMINDER)
    due = recipients.to_remind(campaign, at=at)
    for invitation in due:
        assert invitation.contact is not None
        invitation.reminder_count += 1
        invitation.last_written_at = at
        mail.queue_letter(
            REMINDED,
            invitation.contact.email,
            letters.written(
                campaign,
                words,
                invitation.contact,
                _url(invitation),
                reply_to=by.email,
            ),
            period=f"{campaign.pk}-{invitation.reminder_count}",
        )
    Invitation.objects.bulk_update(due, ["reminder_count", "last_written_at"])
    audit.record("reminders.sent", campaign, by=by, details={"count": len(due)})
    return Sent(len(due))


@transaction.atomic
def begin_answer(invitation: Invitation, secret: str) -> tuple[Response, str]:
    """Start the answer of a person invited, or find it again.

    The territory is that of the invitation, when it is surveyed. In a new wave, the
    elected members and the staff of an EPCI begin with the sheet it validated.
    """
    response, own_secret = surveys.open_draft(
        invitation.campaign, key=answer_key(secret), entry_link=invitation.link
    )
    code = invitation.territory_id
    is_new = response.territory_id is None and response.submitted_at is None
    if code and is_new and invitation.campaign.territories.filter(pk=code).exists():
        response = surveys.choose_territory(response, code)
        if invitation.profile in INSTITUTION:
            before = sheet_before(invitation.campaign, code)
            response = surveys.prefill(response, before)
    return response, own_secret


@transaction.atomic
def make_short_address(campaign: Campaign, *, by: User) -> ShortAddress:
    """Six letters for a survey, always the same once made."""
    if known := ShortAddress.objects.filter(campaign=campaign).first():
        return known
    draw = random.SystemRandom()
    letters_drawn = "".join(draw.choice(LETTERS) for _place in range(6))
    while ShortAddress.objects.filter(letters=letters_drawn).exists():
        letters_drawn = "".join(draw.choice(LETTERS) for _place in range(6))
    made = ShortAddress.objects.create(campaign=campaign, letters=letters_drawn)
    audit.record("short_address.made", campaign, by=by)
    return made


@transaction.atomic
def change_embedding(campaign: Campaign, origins: Sequence[str], *, by: User) -> None:
    Embedding.objects.update_or_create(
        campaign=campaign, defaults={"origins": "\n".join(origins)}
    )
    details = {"origins": list(origins)}
    audit.record("embedding.changed", campaign, by=by, details=details)


def _invite(
    campaign: Campaign, contact: Contact, *, by: User, at: datetime
) -> Invitation:
    invitation = Invitation(
        campaign=campaign,
        contact=contact,
        territory=contact.territory,
        profile=contact.profile,
        invited_at=at,
        invited_by=by,
        last_written_at=at,
    )
    # It lives as long as the survey is open, whatever its last day becomes: `access`
    # asks the survey rather than the link.
    invitation.link = Link.objects.create(
        purpose=Link.Purpose.RESPONDENT, digest=Link.digest_of(secret_of(invitation))
    )
    invitation.save()
    return invitation


def _url(invitation: Invitation) -> str:
    path = reverse("invitations:open", args=[secret_of(invitation)])
    return f"{settings.SITE_URL}{path}"


def _check_open(campaign: Campaign) -> None:
    if not campaign.is_open(on=campaign.today()):
        raise NotOpen(campaign)
