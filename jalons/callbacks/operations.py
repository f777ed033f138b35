from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.db import transaction
from pydantic import Field, StringConstraints

from jalons.callbacks.models import CallBack
from jalons.rounds import consent
from jalons.rounds.models import Device, Round
from jalons.rounds.payloads import Code, Sent, read
from jalons.rounds.reception import Receipt, admitted, likely
from jalons.rounds.refused import Refused

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)
]


class CallBackSent(Sent):
    """What a telephone sends of a call-back, apart from any answer."""

    kind: Literal["callback"]
    commune: Code
    name: Line
    contact: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)
    ]
    consent: str
    language: Literal["fr", "en"] = "fr"
    asked_on: date
    token: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


@transaction.atomic
def receive_callback(
    round: Round, device: Device, payload: Mapping[str, object], *, key: UUID
) -> Receipt:
    """Keep what somebody left to be called back, in a table of its own.

    Neither the phone nor the surveyor is kept: they would lead to the answers.
    """
    sent = read(CallBackSent, payload)
    campaign = admitted(round, device, sent, key=key)
    commune = campaign.territories.filter(pk=sent.commune).first()
    if commune is None:
        raise Refused("outside")
    asked_on = likely(sent.asked_on, campaign) or campaign.today()
    _callback, is_new = CallBack.objects.get_or_create(
        key=key,
        defaults={
            "round": round,
            "commune": commune,
            "name": sent.name,
            "contact": sent.contact,
            "purpose": consent.purpose(round),
            "consent_version": sent.consent,
            "consent_text": consent.words(round, sent.language, asked_on=asked_on),
            "asked_on": asked_on,
            "expires_on": consent.expires_on(round, asked_on),
            "token": sent.token,
        },
    )
    return Receipt(key, "stored" if is_new else "known")
