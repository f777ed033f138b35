"""Messages relayed without showing an address: agreed to, written, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import Link, User
from jalons.accounts.operations import revoke_link
from jalons.audit import operations as audit
from jalons.community.models import COPY, RELAY, Mailbox
from jalons.community.secrets import relay_secret
from jalons.mail import operations as mail
from jalons.mail.bounces import dead_addresses

ASKED = "relay-asked"
KEPT = timedelta(days=730)


class AlreadyRelayed(Exception):
    """Messages to this place, actor or group are relayed, or asked for, already."""


class DeadAddress(Exception):
    """This address refused a mail for good."""


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody writes, and who they say they are."""

    email: str
    name: str
    text: str
    wants_copy: bool


@transaction.atomic
def ask_to_relay(mailbox: Mailbox, *, by: User) -> Mailbox:
    """Ask the owner of an address whether they agree. Raises AlreadyRelayed,
    DeadAddress."""
    if mailbox.address in dead_addresses():
        raise DeadAddress(mailbox)
    same = {"place": mailbox.place, "actor": mailbox.actor, "group": mailbox.group}
    if Mailbox.objects.filter(**same).exists():
        raise AlreadyRelayed(mailbox)
    digest = Link.digest_of(relay_secret(mailbox.key))
    mailbox.link = Link.objects.create(purpose=Link.Purpose.RELAY, digest=digest)
    mailbox.save()
    mail.queue(
        ASKED,
        mailbox.address,
        period=str(mailbox.pk),
        context={"mailbox": mailbox, "url": address_of(mailbox)},
    )
    audit.record("mailbox.asked", mailbox, by=by)
    return mailbox


@transaction.atomic
def agree(mailbox: Mailbox) -> None:
    """Its owner agrees to be written to, for two years."""
    mailbox.agreed_at = timezone.now()
    mailbox.kept_until = timezone.localdate() + KEPT
    mailbox.save(update_fields=["agreed_at", "kept_until"])
    audit.record("mailbox.agreed", mailbox, by=None)


@transaction.atomic
def stop_relaying(mailbox: Mailbox, *, by: User | None) -> None:
    """Its owner, or the team, wants no more; the address is erased."""
    audit.record("mailbox.stopped", mailbox, by=by)
    link = mailbox.link
    mailbox.delete()
    if link:
        revoke_link(link)


@transaction.atomic
def relay(mailbox: Mailbox, written: Written) -> None:
    """Pass a message on: whoever receives it answers to its author directly.

    Nothing of it is kept once it is sent; the journal says that there was one.
    """
    context = {"mailbox": mailbox, "written": written, "stop": address_of(mailbox)}
    period = uuid4().hex
    mail.queue(
        RELAY,
        mailbox.address,
        period=period,
        context=context,
        reply_to=written.email,
    )
    if written.wants_copy:
        mail.queue(COPY, written.email, period=period, context=context)
    audit.record("mailbox.written", mailbox, by=None)


def address_of(mailbox: Mailbox) -> str:
    """The link by which its owner agrees, or wants no more."""
    path = reverse("community:agreement", args=[relay_secret(mailbox.key)])
    return f"{settings.SITE_URL}{path}"
