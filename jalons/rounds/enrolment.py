"""Surveyors and their telephones: a code or a QR code, then a token for each phone."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.crypto import salted_hmac

from jalons.accounts.models import Link, User
from jalons.accounts.operations import give_link
from jalons.audit import operations as audit
from jalons.questionnaires.values import printable
from jalons.rounds.models import Device, Round, Surveyor
from jalons.territories.models import Territory

CODE_LENGTH = 8
"""Forty bits: typed in ten seconds, not guessed while tries are counted."""
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without the letters and digits taken for one another."""
GROUP = 4


class UnknownCode(Exception):
    """No surveyor has this code."""


class Stopped(Exception):
    """The surveyor or the round was stopped, or the survey is closed."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A telephone signed in; `secret` is its token, given once."""

    device: Device
    secret: str


def secret_of(surveyor: Surveyor) -> str:
    """The 128 bits of the QR code, that the team can show again."""
    code = salted_hmac("jalons.rounds.qr", str(surveyor.key), algorithm="sha256")
    return base64.urlsafe_b64encode(code.digest()[:16]).decode().rstrip("=")


def code_of(surveyor: Surveyor) -> str:
    """The short code, in two groups: `K7QM-3FXP`."""
    digest = salted_hmac("jalons.rounds.code", str(surveyor.key), algorithm="sha256")
    number = int.from_bytes(digest.digest()[:16])
    letters = ""
    for _place in range(CODE_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters += ALPHABET[rest]
    return f"{letters[:GROUP]}-{letters[GROUP:]}"


@transaction.atomic
def add_surveyor(
    round: Round, alias: str, communes: Iterable[Territory], *, by: User
) -> Surveyor:
    """Someone who will interview, in these communes or, without any, in all.

    Raises Stopped: a code of a round that is stopped would open nothing.
    """
    if round.revoked_at:
        raise Stopped(round)
    surveyor = Surveyor(round=round, alias=alias, key=uuid4())
    surveyor.link = Link.objects.create(
        purpose=Link.Purpose.DEVICE, digest=Link.digest_of(secret_of(surveyor))
    )
    surveyor.code_digest = _print_of(code_of(surveyor))
    surveyor.save()
    surveyor.communes.set(communes)
    audit.record("surveyor.added", round.campaign, by=by)
    return surveyor


@transaction.atomic
def renew_code(surveyor: Surveyor, *, by: User) -> None:
    """Another QR code and another short code; phones already signed in go on.

    Raises Stopped.
    """
    if surveyor.round.revoked_at:
        raise Stopped(surveyor)
    surveyor.key = uuid4()
    surveyor.link.digest = Link.digest_of(secret_of(surveyor))
    surveyor.link.revoked_at = None
    surveyor.link.save(update_fields=["digest", "revoked_at"])
    surveyor.code_digest = _print_of(code_of(surveyor))
    surveyor.save(update_fields=["key", "code_digest"])
    audit.record("surveyor.renewed", surveyor.round.campaign, by=by)


@transaction.atomic
def revoke_surveyor(surveyor: Surveyor, *, by: User, at: datetime) -> None:
    """Stop somebody: their codes and every phone signed in with them."""
    phones = Link.objects.filter(device__surveyor=surveyor, revoked_at=None)
    phones.update(revoked_at=at)
    surveyor.link.revoked_at = at
    surveyor.link.save(update_fields=["revoked_at"])
    audit.record("surveyor.revoked", surveyor.round.campaign, by=by)


@transaction.atomic
def revoke_device(device: Device, *, by: User, at: datetime) -> None:
    """Stop one phone, lost or stolen; the surveyor's others go on."""
    device.link.revoked_at = at
    device.link.save(update_fields=["revoked_at"])
    audit.record("device.revoked", device.surveyor.round.campaign, by=by)


@transaction.atomic
def enrol_device(secret_or_code: str, *, name: str, at: datetime) -> Enrolled:
    """Sign in a phone with the secret of the QR code, or with the short code.

    Each sign-in makes a device of its own, so that one can be stopped alone.
    """
    surveyor = _surveyor_of(secret_or_code)
    round = surveyor.round
    is_stopped = round.revoked_at or not surveyor.link.is_alive(at=at)
    if is_stopped or round.campaign.is_closed:
        raise Stopped(surveyor)
    link, secret = give_link(Link.Purpose.DEVICE, expires_at=None)
    device = Device.objects.create(
        surveyor=surveyor,
        name=" ".join(printable(name).split())[:60],
        link=link,
        enrolled_at=at,
        seen_on=round.campaign.today(),
    )
    audit.record("device.enrolled", round.campaign, by=None)
    return Enrolled(device, secret)


def note_seen(device: Device) -> None:
    """Remember the day a phone last spoke; written once a day."""
    today = device.surveyor.round.campaign.today()
    if device.seen_on != today:
        device.seen_on = today
        device.save(update_fields=["seen_on"])


def _surveyor_of(typed: str) -> Surveyor:
    if not typed.isascii():
        raise UnknownCode(typed)
    surveyors = Surveyor.objects.select_related("link", "round__campaign__space")
    by_secret = surveyors.filter(
        link__digest=Link.digest_of(typed.strip()), link__purpose=Link.Purpose.DEVICE
    ).first()
    found = by_secret or surveyors.filter(code_digest=_print_of(typed)).first()
    if found is None:
        raise UnknownCode(typed)
    surveyor: Surveyor = found
    return surveyor


def _print_of(code: str) -> str:
    """The print of a short code, however it is typed."""
    letters = "".join(c for c in code.upper() if c.isalnum())[: 2 * CODE_LENGTH]
    return salted_hmac("jalons.rounds.print", letters, algorithm="sha256").hexdigest()
