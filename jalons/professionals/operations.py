from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import Link, User
from jalons.accounts.operations import give_link, revoke_link
from jalons.audit import operations as audit
from jalons.curation.putting_back import forget_contact
from jalons.directory.models import LISTS, Objection, ProfessionalContact, print_of
from jalons.mail import operations as mail
from jalons.mail.bounces import dead_addresses
from jalons.professionals.cycle import is_to_ask, kept_until
from jalons.professionals.models import PlaceNotice, Professional
from jalons.spaces.models import Space

TOLD, ASKED = "professional-told", "professional-asked"
PLACE_TOLD, PLACE_ASKED = "place-contact-told", "place-contact-asked"


class Objected(Exception):
    """This person asked the team not to keep their contact."""


@dataclass(frozen=True, slots=True)
class Tended:
    """What a round of mails did: people told, asked again, and those given up.

    `unreachable` are those whose address is dead: nobody can inform them.
    """

    told: int
    asked: int
    unreachable: int


@transaction.atomic
def add_professional(professional: Professional, *, by: User) -> Professional:
    """Note a person, and tell them at once when they have an address.

    Raises Objected.
    """
    _refuse_unwanted(professional)
    professional.noted_on = timezone.localdate()
    _renew(professional)
    audit.record("professional.added", professional, by=by)
    if professional.email:
        _tell(professional, TOLD, on=professional.noted_on)
    return professional


@transaction.atomic
def change_professional(professional: Professional, *, by: User) -> None:
    """Correct a person; another address is told in its turn."""
    _refuse_unwanted(professional)
    before = Professional.objects.get(pk=professional.pk).email
    if professional.email != before:
        professional.told_on = professional.confirmed_on = None
    _renew(professional)
    audit.record("professional.changed", professional, by=by)
    if professional.email and professional.email != before:
        _tell(professional, TOLD, on=timezone.localdate())


@transaction.atomic
def delete_professional(professional: Professional, *, by: User) -> None:
    """Erase a person whom the team no longer needs to reach."""
    audit.record("professional.deleted", professional, by=by)
    _forget(professional)


@transaction.atomic
def confirm(professional: Professional) -> None:
    """The person keeps their contact, corrected or not: two years more."""
    professional.confirmed_on = timezone.localdate()
    _renew(professional)
    audit.record("professional.confirmed", professional, by=None)


@transaction.atomic
def withdraw(professional: Professional) -> None:
    """The person is erased; only a print remembers that they asked for it."""
    audit.record("professional.withdrawn", professional, by=None)
    for value in filter(None, (professional.email, professional.phone)):
        digest = print_of(_scope(professional.space), value)
        Objection.objects.get_or_create(digest=digest)
    _forget(professional)


@transaction.atomic
def confirm_place_contact(notice: PlaceNotice, *, is_public: bool) -> None:
    """The person behind a contact keeps it, and says whether it may be shown."""
    contact, today = notice.contact, timezone.localdate()
    notice.confirmed_on = today
    notice.save(update_fields=["confirmed_on"])
    contact.agreed_at = (contact.agreed_at or timezone.now()) if is_public else None
    contact.kept_until = kept_until(today, today)
    contact.save(update_fields=["agreed_at", "kept_until"])
    audit.record("place_contact.confirmed", contact, by=None)


@transaction.atomic
def withdraw_place_contact(notice: PlaceNotice) -> None:
    """The contact leaves every list of places, and no file brings it back."""
    value = notice.contact.value
    audit.record("place_contact.withdrawn", notice.contact, by=None)
    Objection.objects.get_or_create(digest=print_of(LISTS, value))
    alike = ProfessionalContact.objects.filter(value__iexact=value)
    for one in PlaceNotice.objects.filter(contact__in=alike).select_related("link"):
        _close(one.link)
    alike.delete()
    forget_contact(value)


@transaction.atomic
def tend(at: datetime, *, dry_run: bool) -> Tended:
    """Tell those who were not, ask again those heard a year ago; each once.

    What nobody could be told of is let go by the purge, a month after it was noted.
    """
    today, dead = timezone.localdate(at), dead_addresses()
    told, asked, unreachable = _tend_places(today, dead)
    asked += _tend_professionals(today, dead)
    unreachable += _let_go(dead)
    transaction.set_rollback(dry_run)
    return Tended(told, asked, unreachable)


def _tend_professionals(today: date, dead: frozenset[str]) -> int:
    """Ask again those heard a year ago; how many."""
    known = Professional.objects.exclude(email="").exclude(email__in=dead)
    due = [
        one
        for one in known.select_related("space", "actor", "link")
        if is_to_ask(one.heard_on, one.asked_on, today)
    ]
    for one in due:
        _tell(one, ASKED, on=today)
    return len(due)


def _let_go(dead: frozenset[str]) -> int:
    """Whoever never confirmed and whose address is dead was not informed."""
    lost = Professional.objects.filter(
        email__in=dead, confirmed_on=None, informed_on=None
    ).exclude(told_on=None)
    for one in lost:
        one.told_on = None
        _renew(one)
    return len(lost)


def _tend_places(today: date, dead: frozenset[str]) -> tuple[int, int, int]:
    """The addresses of persons that came with a list of real places."""
    contacts = ProfessionalContact.objects.filter(
        kind=ProfessionalContact.Kind.EMAIL, place__place_list__is_simulated=False
    ).select_related("place__place_list", "notice__link")
    told = asked = unreachable = 0
    for contact in contacts:
        notice: PlaceNotice | None = getattr(contact, "notice", None)
        if contact.value.lower() in dead:
            unreachable += 1
        elif notice is None:
            _tell_place(contact, None, today)
            told += 1
        elif is_to_ask(notice.heard_on, notice.asked_on, today):
            _tell_place(contact, notice, today)
            asked += 1
    return told, asked, unreachable


def _tell(professional: Professional, reason: str, *, on: date) -> None:
    _close(professional.link)
    professional.link, secret = give_link(Link.Purpose.CONTACT, expires_at=None)
    if reason == TOLD:
        professional.told_on = on
    else:
        professional.asked_on = on
    _renew(professional)
    mail.queue(
        reason,
        professional.email,
        period=f"{professional.pk}-{on:%Y-%m-%d}",
        context={"professional": professional, "url": _address(secret)},
    )
    audit.record("professional.told", professional, by=None)


def _tell_place(
    contact: ProfessionalContact, notice: PlaceNotice | None, today: date
) -> None:
    link, secret = give_link(Link.Purpose.CONTACT, expires_at=None)
    reason = PLACE_TOLD if notice is None else PLACE_ASKED
    if notice is None:
        PlaceNotice.objects.create(contact=contact, link=link, told_on=today)
        contact.kept_until = kept_until(today, today)
        contact.save(update_fields=["kept_until"])
    else:
        _close(notice.link)
        notice.link, notice.asked_on = link, today
        notice.save(update_fields=["link", "asked_on"])
    mail.queue(
        reason,
        contact.value,
        period=f"{contact.pk}-{today:%Y-%m-%d}",
        context={"contact": contact, "url": _address(secret)},
    )
    audit.record("place_contact.told", contact, by=None)


def _renew(professional: Professional) -> None:
    """Write the person, and until when they are kept."""
    professional.kept_until = kept_until(professional.noted_on, professional.heard_on)
    professional.save()


def _refuse_unwanted(professional: Professional) -> None:
    scope = _scope(professional.space)
    values = filter(None, (professional.email, professional.phone))
    digests = [print_of(scope, value) for value in values]
    if Objection.objects.filter(digest__in=digests).exists():
        raise Objected


def _forget(professional: Professional) -> None:
    _close(professional.link)
    professional.delete()


def _close(link: Link | None) -> None:
    if link is not None:
        revoke_link(link)


def _scope(space: Space) -> str:
    return f"space-{space.pk}"


def _address(secret: str) -> str:
    path = reverse("professionals:card", kwargs={"secret": secret})
    return f"{settings.SITE_URL}{path}"
