"""What a telephone asks: read as if anybody had written it, answered with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError

from jalons.callbacks.operations import receive_callback
from jalons.rounds.access import find_device
from jalons.rounds.models import Device, Round
from jalons.rounds.reception import Receipt, receive_interview, receive_refusal
from jalons.rounds.refused import Refused
from jalons.rounds.sealing import Unreadable, unseal

MOST_BYTES = 128_000
"""An interview of the largest size, once sealed and written in base 64."""
SCHEME = "Bearer "
Receive = Callable[..., Receipt]
KINDS: dict[str, Receive] = {
    "interview": receive_interview,
    "refusal": receive_refusal,
    "callback": receive_callback,
}
STATUSES = {
    "malformed": 400,
    "unknown_device": 401,
    "expired": 401,
    "revoked": 403,
    "conflict": 409,
    "too_large": 413,
}
NOT_TAKEN = 422


def token_of(request: HttpRequest) -> str:
    """The token of the telephone; a cookie never opens anything here."""
    header = request.headers.get("Authorization", "")
    return header.removeprefix(SCHEME) if header.startswith(SCHEME) else ""


def device_of(request: HttpRequest, *, at: datetime) -> Device:
    """The telephone that asks, or `Refused`."""
    token = token_of(request)
    if not token.isascii() or not token:
        raise Refused("unknown_device")
    return find_device(token, at)


def read_json(request: HttpRequest) -> dict[str, object]:
    """The object sent, or `Refused`: nothing larger, cut or doubtful is read."""
    announced = request.headers.get("Content-Length") or "0"
    if not announced.isdecimal() or int(announced) > MOST_BYTES:
        raise Refused("too_large")
    if request.content_type != "application/json":
        raise Refused("malformed")
    try:
        content = json.loads(request.body, parse_constant=_no_constant)
    except (
        ValueError,
        RecursionError,
        UnreadablePostError,
        RawPostDataException,
    ) as error:
        raise Refused("malformed") from error
    if not isinstance(content, dict):
        raise Refused("malformed")
    return content


def _no_constant(name: str) -> None:
    raise ValueError(name)


def take(
    round: Round, device: Device | None, envelope: object, *, in_part: bool = False
) -> Receipt:
    """Open one sealed record and keep it, once; `Refused` otherwise.

    `in_part`: of an interview, what goes with the questions is kept without the rest.
    """
    if not isinstance(envelope, Mapping):
        raise Refused("malformed")
    kind, key, of_round = (envelope.get(one) for one in ("kind", "key", "round"))
    if not isinstance(kind, str) or kind not in KINDS:
        raise Refused("unknown_format")
    if of_round != str(round.key):
        raise Refused("foreign_round")
    try:
        number = UUID(str(key))
        payload = unseal(round.private_key, envelope)
    except (ValueError, Unreadable) as error:
        raise Refused("unreadable") from error
    if kind == "interview":
        return receive_interview(round, device, payload, key=number, in_part=in_part)
    return KINDS[kind](round, device, payload, key=number)


def refused(refusal: Refused) -> JsonResponse:
    """The reason, for the telephone, and the sentence, for the surveyor."""
    content = {
        "reason": refusal.reason,
        "message": refusal.message,
        "fields": refusal.fields,
    }
    return JsonResponse(content, status=STATUSES.get(refusal.reason, NOT_TAKEN))
