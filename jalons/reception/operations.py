"""An interest: told, confirmed by a link, followed in the cockpit, answered, erased."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.mail import operations as mail
from jalons.mail.bounces import dead_addresses
from jalons.network.models import Exchange
from jalons.network.operations import save_exchange
from jalons.reception.models import (
    CONTACT_DAYS,
    INTEREST_DAYS,
    NOTICE_VERSION,
    UNCONFIRMED_DAYS,
    Choice,
    Interest,
    InterestContact,
)
from jalons.reception.secrets import address_of
from jalons.resources.operations import centre_of
from jalons.roadmaps.operations import claim
from jalons.spaces.models import Space
from jalons.territories.models import Territory

CONFIRM = "interest-confirm"
ANSWER_DAYS = 10
"""Our own choice: two weeks of work at most before somebody is called back."""
TOLD = (
    *("territory", "structure", "function", "language", "is_simulated"),
    *Choice.values,
)
SUMMARY_LENGTH, COUNTERPART_LENGTH, STEP_LENGTH = 500, 160, 200


class NotFollowed(Exception):
    """No recognised resource centre follows this territory."""


def followed(territory: Territory) -> tuple[Territory, Space]:
    """The EPCI under which it is followed, and the centre. Raises NotFollowed."""
    epci: Territory | None = territory
    if territory.kind != Territory.Kind.EPCI:
        epci = Territory.objects.epci().current().containing(territory).first()
    centre = centre_of(epci) if epci else None
    if epci is None or centre is None:
        raise NotFollowed(territory)
    return epci, centre


@transaction.atomic
def tell_interest(interest: Interest, contact: InterestContact) -> Interest:
    """Keep what is told until its address is confirmed by the link of a mail.

    Told again before that, the last words count. Once confirmed, nothing changes and
    the mail holds their own page: nobody learns who wrote before. Raises NotFollowed.
    """
    _epci, interest.space = followed(interest.territory)
    contact.email = contact.email.lower()
    Space.objects.select_for_update(no_key=True).get(pk=interest.space.pk)
    known = Interest.objects.filter(space=interest.space, contact__email=contact.email)
    kept = known.order_by("-pk").first()
    if kept is None or not kept.is_confirmed:
        kept = _written(kept or Interest(space=interest.space), interest, contact)
        audit.record("interest.told", kept, by=None)
    if contact.email not in dead_addresses():
        _ask_to_confirm(kept, contact.email)
    return kept


def _written(kept: Interest, interest: Interest, contact: InterestContact) -> Interest:
    until = timezone.localdate() + timedelta(days=UNCONFIRMED_DAYS)
    for name in TOLD:
        setattr(kept, name, getattr(interest, name))
    kept.kept_until = until
    kept.save()
    given: dict[str, object] = {
        "name": contact.name,
        "email": contact.email,
        "message": contact.message,
        "notice_version": NOTICE_VERSION,
        "kept_until": until,
    }
    InterestContact.objects.update_or_create(interest=kept, defaults=given)
    return kept


def _ask_to_confirm(interest: Interest, email: str) -> None:
    """Once a day at most; nothing that was typed but the territory and the choices."""
    mail.queue(
        CONFIRM,
        email,
        period=f"{interest.pk}-{timezone.localdate():%Y-%m-%d}",
        context={"interest": interest, "mine": address_of(interest)},
        language=interest.language or settings.LANGUAGE_CODE,
    )


@transaction.atomic
def confirm_interest(interest: Interest) -> Interest:
    """The address is theirs: the centre reads it, and owes an answer by a given day.

    Confirmed twice, it is followed once. Raises NotFollowed.
    """
    Space.objects.select_for_update(no_key=True).get(pk=interest.space_id)
    interest.refresh_from_db()
    if interest.is_confirmed:
        return interest
    epci, _centre = followed(interest.territory)
    today = timezone.localdate()
    interest.confirmed_at = timezone.now()
    interest.kept_until = today + timedelta(days=INTEREST_DAYS)
    interest.exchange = _promise(interest, epci)
    interest.save()
    contact = interest.contact
    contact.kept_until = today + timedelta(days=CONTACT_DAYS)
    contact.save(update_fields=["kept_until"])
    audit.record("interest.confirmed", interest, by=None)
    return interest


def _promise(interest: Interest, epci: Territory) -> Exchange:
    """The line of the cockpit, in the language of the site."""
    today = timezone.localdate()
    with translation.override(settings.LANGUAGE_CODE):
        wanted = " ; ".join(str(one.label) for one in interest.choices)
        asked = {"place": interest.territory.name, "wanted": wanted}
        summary = _("Told by the form (%(place)s), would like to: %(wanted)s") % asked
        step = _("Answer whoever told their interest")
    row = Exchange(
        space=interest.space,
        territory=epci,
        day=today,
        kind=Exchange.Kind.FORM,
        support=Exchange.Support.NONE,
        counterpart=interest.who[:COUNTERPART_LENGTH],
        summary=summary[:SUMMARY_LENGTH],
        next_step=step[:STEP_LENGTH],
        next_on=today + timedelta(days=ANSWER_DAYS),
        is_simulated=interest.is_simulated,
    )
    return save_exchange(row, version=0, by=None)


@transaction.atomic
def say_answered(interest: Interest, *, by: User) -> None:
    """The centre kept its promise; said twice, it is said once."""
    row = _held_exchange(interest)
    if row is None or not row.next_step or row.next_done_on:
        return
    row.next_done_on = timezone.localdate()
    save_exchange(row, version=row.version, by=by)
    audit.record("interest.answered", interest, by=by)


@transaction.atomic
def erase_interest(interest: Interest) -> None:
    """Its author wants nothing kept of them: the centre reads only that it was so."""
    # As `confirm_interest`: confirmed meanwhile, it has an exchange to clear too.
    Space.objects.select_for_update(no_key=True).get(pk=interest.space_id)
    interest.refresh_from_db()
    audit.record("interest.erased", interest, by=None)
    InterestContact.objects.filter(interest=interest).delete()
    if not interest.is_confirmed:
        interest.delete()
        return
    interest.structure, interest.function = "", ""
    interest.save(update_fields=["structure", "function"])
    if (row := _held_exchange(interest)) is not None:
        row.counterpart, row.next_step = "", ""
        row.next_on, row.next_done_on = None, None
        with translation.override(settings.LANGUAGE_CODE):
            row.summary = _("Told by the form, then erased by its author")
        # Told in the journal by `interest.erased`: nobody of the centre changed it.
        claim(row, row.version)
        row.save()


def _held_exchange(interest: Interest) -> Exchange | None:
    """As it is now, held until the end of the transaction."""
    known = Exchange.objects.select_for_update(no_key=True)
    found: Exchange | None = known.filter(interest=interest).first()
    return found
