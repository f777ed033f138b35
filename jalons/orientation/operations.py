from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import Link, User
from jalons.accounts.operations import revoke_link
from jalons.audit import operations as audit
from jalons.directory.models import Place
from jalons.mail import operations as mail
from jalons.orientation.models import LASTS, Slip
from jalons.orientation.secrets import reference_of, secret_of
from jalons.spaces.models import Space

TOLD = "orientation-slip"


class AlreadyTold(Exception):
    """The place said what became of the slip: it can no longer be cancelled."""


class AlreadySent(Exception):
    """This address was already told of this slip."""


class NoMailbox(Exception):
    """The list gives no address of the place that may be written to."""


class Forgotten(Exception):
    """The days of the slip are over: its link is found no more."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the referrer chose; an empty value says nothing."""

    need: str = ""
    ask_for: str = ""
    items: list[str] = field(default_factory=list)
    way: str = ""
    visit_on: date | None = None
    visit_time: time | None = None


@transaction.atomic
def make_slip(
    space: Space,
    place: Place,
    prepared: Prepared,
    *,
    by: User,
    on: date | None = None,
) -> Slip:
    """Prepare a slip, and the link by which its place may answer."""
    slip = Slip(
        space=space,
        place=place,
        place_name=place.name,
        commune=place.commune,
        need=prepared.need,
        ask_for=prepared.ask_for,
        items=prepared.items,
        way=prepared.way,
        visit_on=prepared.visit_on,
        visit_time=prepared.visit_time,
        made_on=on or timezone.localdate(),
        made_by=by,
    )
    assert slip.key is not None
    slip.link = Link.objects.create(
        purpose=Link.Purpose.ORIENTATION,
        digest=Link.digest_of(secret_of(slip.key)),
        expires_at=_end_of(slip),
    )
    slip.save()
    audit.record("slip.made", slip, by=by)
    return slip


@transaction.atomic
def send_slip(slip: Slip, *, mailbox: str, by: User) -> None:
    """Write to the place that somebody may come, with the link of this slip alone."""
    if slip.key is None:
        raise Forgotten(slip)
    if not mailbox:
        raise NoMailbox(slip)
    queued = mail.queue(
        TOLD,
        mailbox,
        period=str(slip.pk),
        context={
            "slip": slip,
            "reference": reference_of(slip.key),
            "url": address_of(slip),
        },
    )
    if queued is None:
        raise AlreadySent(slip)
    audit.record("slip.sent", slip, by=by)


@transaction.atomic
def cancel_slip(slip: Slip, *, by: User) -> None:
    """Take back a slip prepared by mistake: it counts no more, its link is dead."""
    locked = Slip.objects.select_for_update().get(pk=slip.pk)
    if locked.state != Slip.State.WAITING:
        raise AlreadyTold(slip)
    audit.record("slip.cancelled", slip, by=by)
    link = locked.link
    locked.delete()
    revoke_link(link)


@transaction.atomic
def follow_slip(slip: Slip, *, state: Slip.State, on: date) -> None:
    """What the place says by its link; the last word holds."""
    locked = Slip.objects.select_for_update().get(pk=slip.pk)
    if locked.state == state:
        return
    locked.state, locked.told_on = state, on
    locked.save(update_fields=["state", "told_on"])
    audit.record("slip.followed", locked, by=None, details={"state": state.value})


def address_of(slip: Slip) -> str:
    """The link of the place; empty once the days of the slip are over."""
    if slip.key is None:
        return ""
    path = reverse("orientation:answer", args=[secret_of(slip.key)])
    return f"{settings.SITE_URL}{path}"


def _end_of(slip: Slip) -> datetime:
    after = slip.made_on + LASTS + timedelta(days=1)
    zone = ZoneInfo(slip.space.time_zone)
    return datetime.combine(after, time.min).replace(tzinfo=zone)
