"""What a telephone sends: the shape of an interview and of a refusal, version 1."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from jalons.questionnaires.values import printable
from jalons.rounds.refused import Refused

FORMAT = 1
MOST_BYTES = 64_000
"""Twenty times a long interview."""
LONGEST = timedelta(hours=12)
"""A longer interview was left open in a pocket: its duration says nothing."""

Hexadecimal = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Code = Annotated[str, Field(pattern=r"^[0-9A-Z]{1,20}$")]


def _on_one_line(text: object) -> object:
    """Without the characters that a database refuses."""
    return " ".join(printable(text).split()) if isinstance(text, str) else text


Line = Annotated[
    str, BeforeValidator(_on_one_line), StringConstraints(min_length=1, max_length=120)
]


class Sent(BaseModel):
    """What every sending says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    key: UUID
    round: UUID


class InterviewSent(Sent):
    """One interview, finished."""

    kind: Literal["interview"]
    version: str
    channel: Literal["interview", "phone"] = "interview"
    language: Literal["fr", "en"] = "fr"
    is_easy: bool = False
    collected_on: date
    started_at: datetime
    ended_at: datetime
    seconds: Annotated[int, Field(ge=0)] | None = None
    answers: dict[str, object]
    token_digest: Hexadecimal | Literal[""] = ""

    @property
    def seconds_spent(self) -> int | None:
        is_likely = self.seconds is not None and self.seconds <= LONGEST.total_seconds()
        return self.seconds if is_likely else None


class RefusalSent(Sent):
    """Somebody would not answer."""

    kind: Literal["refusal"]
    commune: Code
    refused_on: date
    reason: Literal[
        "no_time", "not_interested", "language", "under_15", "elsewhere", "other"
    ]


One = TypeVar("One", bound=Sent)


def read(shape: type[One], payload: Mapping[str, object]) -> One:
    """The payload in its shape, or `Refused` with the fields that are wrong."""
    if not isinstance(payload, Mapping):
        raise Refused("malformed")
    if payload.get("format") != FORMAT:
        raise Refused("unknown_format")
    try:
        if len(canonical(payload)) > MOST_BYTES:
            raise Refused("too_large")
        return shape.model_validate_json(canonical(payload))
    except (ValidationError, ValueError, TypeError, RecursionError) as error:
        raise Refused("malformed", _fields(error)) from error


def digest_of(payload: Mapping[str, object]) -> str:
    """The print of a content, whatever the order of its keys."""
    return hashlib.sha256(canonical(payload)).hexdigest()


def canonical(payload: Mapping[str, object]) -> bytes:
    return json.dumps(payload, sort_keys=True, allow_nan=False).encode()


def _fields(error: Exception) -> tuple[tuple[str, str, str], ...]:
    if not isinstance(error, ValidationError):
        return ()
    return tuple(
        (".".join(map(str, one["loc"])), str(one["input"])[:80], one["msg"])
        for one in error.errors(include_url=False, include_context=False)
    )
