"""Whom one writes to: the contact of a resource centre, else that of the host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.community.models import CENTRE_RELAY
from jalons.community.relaying import Written
from jalons.hosts.figures import identity
from jalons.mail import operations as mail
from jalons.mail.bounces import dead_addresses
from jalons.reception.models import CORRESPONDENT_DAYS, Correspondent
from jalons.reception.operations import NotFollowed, followed
from jalons.spaces.models import Space
from jalons.territories.models import Territory


class Unreachable(Exception):
    """Nobody is named, or the address refuses mail."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody to write to; without an address, a page or nothing."""

    body: str
    line: str
    email: str
    page: str = ""
    space_pk: int | None = None
    is_simulated: bool = False


def contact_of(centre: Space) -> Reached | None:
    """Whom a centre names; the host of the site says it in its own profile."""
    named = Correspondent.objects.filter(space=centre).first()
    if named is not None and centre.is_recognised:
        said = ", ".join(one for one in (named.function, named.name) if one)
        simulated = named.is_simulated
        return Reached(centre.name, said, named.email, "", centre.pk, simulated)
    host = contact_of_the_host()
    is_host = host is not None and host.space_pk == centre.pk
    return host if is_host else None


def contact_of_the_host() -> Reached | None:
    """None while no host says whom to write to."""
    told = identity()
    if not told.contact_email and not told.contact_page:
        return None
    line, space = told.contact_line, told.space_pk
    return Reached(told.publisher, line, told.contact_email, told.contact_page, space)


def contact_for(territory: Territory | None) -> Reached | None:
    """That of the centre of a territory, else that of the host."""
    found = None
    if territory is not None:
        try:
            _epci, centre = followed(territory)
        except NotFollowed:
            pass
        else:
            found = contact_of(centre)
    return found or contact_of_the_host()


@transaction.atomic
def pass_on(reached: Reached, written: Written) -> None:
    """Relay a message: whoever receives it answers to its author directly.

    Nothing of it is kept once it is sent. Raises Unreachable.
    """
    if not reached.email or reached.email.lower() in dead_addresses():
        raise Unreachable(reached)
    mail.queue(
        CENTRE_RELAY,
        reached.email,
        period=uuid4().hex,
        context={"reached": reached, "written": written},
        reply_to=written.email,
    )
    if reached.space_pk is not None:
        space = Space.objects.get(pk=reached.space_pk)
        audit.record("centre.written_to", space, by=None, space_id=space.pk)


@transaction.atomic
def name_correspondent(row: Correspondent, *, by: User) -> Correspondent:
    """From now on one writes to them; a name without an agreement is not kept."""
    if not row.agreed or not row.name:
        row.name, row.agreed = "", False
    row.email = row.email.lower()
    row.kept_until = timezone.localdate() + timedelta(days=CORRESPONDENT_DAYS)
    row.save()
    audit.record("correspondent.written", row, by=by, space_id=row.space_id)
    return row


@transaction.atomic
def remove_correspondent(space: Space, *, by: User) -> None:
    gone, _rows = Correspondent.objects.filter(space=space).delete()
    if gone:
        audit.record("correspondent.removed", space, by=by, space_id=space.pk)
