from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.db import transaction
from pydantic import Field

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.callbacks.codes import PATTERN, new_code
from jalons.callbacks.contacts import reached_by
from jalons.callbacks.models import CallBack
from jalons.rounds import consent
from jalons.rounds.models import Device, Round
from jalons.rounds.payloads import Code, Line, Sent, read
from jalons.rounds.reception import Receipt, admitted, likely
from jalons.rounds.refused import Refused
from jalons.territories.models import Territory


class CallBackSent(Sent):
    """What a telephone sends of a call-back, apart from any answer."""

    kind: Literal["callback"]
    commune: Code
    name: Line
    contact: Line
    consent: Annotated[str, Field(pattern=r"^[0-9]{1,3}(:[0-9-]{10})?$")]
    language: Literal["fr", "en"] = "fr"
    asked_on: date
    code: Annotated[str, Field(pattern=PATTERN)] | Literal[""] = ""
    token: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


@transaction.atomic
def receive_callback(
    round: Round, device: Device | None, payload: Mapping[str, object], *, key: UUID
) -> Receipt:
    """Keep what somebody left to be called back, in a table of its own.

    Neither the phone nor the surveyor is kept: they would lead to the answers. What
    comes after its last day is not written again.
    """
    sent = read(CallBackSent, payload)
    campaign = admitted(round, device, sent, key=key)
    commune = campaign.territories.filter(pk=sent.commune).first()
    if commune is None:
        raise Refused("outside")
    asked_on = likely(sent.asked_on, campaign) or campaign.today()
    promise = consent.promised(round, sent.consent, asked_on)
    if promise.kept < campaign.today():
        return Receipt(key, "known")
    _callback, is_new = CallBack.objects.get_or_create(
        key=key,
        defaults={
            "round": round,
            "commune": commune,
            "name": sent.name,
            "contact": sent.contact,
            "purpose": consent.purpose(round),
            "consent_version": sent.consent.partition(":")[0],
            "consent_text": consent.words(round, sent.language, until=promise.said),
            "asked_on": asked_on,
            "expires_on": promise.kept,
            "token": sent.token,
            "code": _free_code(sent.code),
        },
    )
    return Receipt(key, "stored" if is_new else "known")


def _free_code(given: str) -> str:
    """The code that the person was given, unless it is taken."""
    is_taken = CallBack.objects.filter(code=given).exists()
    return given if given and not is_taken else new_code()


@transaction.atomic
def note_callback(
    round: Round,
    *,
    commune: Territory,
    name: str,
    contact: str,
    by: User,
    code: str = "",
) -> CallBack:
    """Write down somebody who agreed on the telephone, or on the paper sheet.

    `code` is the one that the sheet bears, which the person has kept.
    """
    today = round.campaign.today()
    until = consent.expires_on(round, today)
    callback = CallBack.objects.create(
        round=round,
        commune=commune,
        name=name,
        contact=contact,
        purpose=consent.purpose(round),
        consent_version=consent.VERSION,
        consent_text=consent.words(round, "fr", until=until),
        asked_on=today,
        expires_on=until,
        code=_free_code(code),
    )
    audit.record("callback.noted", round.campaign, by=by)
    return callback


@transaction.atomic
def follow(callback: CallBack, state: CallBack.State, *, by: User) -> None:
    """Note how far the call-back is."""
    callback.state, callback.state_by = state, by
    callback.state_on = callback.round.campaign.today()
    callback.save(update_fields=["state", "state_on", "state_by"])
    details = {"state": str(state)}
    audit.record("callback.followed", callback.round.campaign, by=by, details=details)


@transaction.atomic
def withdraw(callback: CallBack, *, by: User | None) -> None:
    """Erase what somebody left; the token that led to their answers goes with it."""
    callback.name = callback.contact = callback.token = ""
    callback.withdrawn_on = callback.round.campaign.today()
    callback.save(update_fields=["name", "contact", "token", "withdrawn_on"])
    audit.record("callback.withdrawn", callback.round.campaign, by=by)


@transaction.atomic
def withdraw_contact(round: Round, contact: str) -> int:
    """Erase everybody of the round who left this contact, however it is typed."""
    asked = reached_by(contact)
    current = CallBack.objects.current(on=round.campaign.today()).filter(round=round)
    found = [one for one in current if asked & reached_by(one.contact)]
    for callback in found:
        withdraw(callback, by=None)
    return len(found)
