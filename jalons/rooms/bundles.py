"""The file that carries a workshop out, and its results back: JSON under a seal.

The site draws a secret for each outing and writes it in the file that goes out; what
comes back is sealed with it (HMAC-SHA256). Whoever never held that file can make none.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Annotated, Literal, NoReturn
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from jalons.rooms.tables import Values, carried_tables, shape

FORMAT = "jalons-room"
VERSION = 1
MOST_BYTES = 20_000_000
MOST_ROWS = 200_000
MOST_NUMBER = 2**63 - 1
"""The greatest number that a database gives a row."""
MOST_ORDINAL = 2**31 - 1
Number = Annotated[int, Field(strict=True, gt=0, le=MOST_NUMBER)]
CONTRADICTS = _("What this file holds contradicts itself: make it again.")
DAMAGED = _("This file is damaged at “%(where)s”: make it again.")


class RefusedBundle(Exception):
    """A file that is not taken, in words that say what to do."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = str(reason)


class About(BaseModel):
    """What the laptop shows around the workshop."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(max_length=160)
    purpose: str = Field(max_length=600)
    place: str = Field(max_length=200)
    kind: str = Field(max_length=10)
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    horizon_years: int | None
    is_simulated: bool
    space: str = Field(max_length=160)
    space_kind: str = Field(max_length=20)
    territory: tuple[str, str, str]


class Bundle(BaseModel):
    """The content of a file, once its shape is known to be right."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["jalons-room"]
    version: Literal[1]
    shape: str
    way: Literal["out", "back"]
    outing: UUID
    code: str = Field(max_length=6)
    secret: str = Field(default="", max_length=64)
    # Which of the files that a laptop gave back; 0 where it did not count them.
    ordinal: int = Field(default=0, strict=True, ge=0, le=MOST_ORDINAL)
    about: About | None = None
    rows: dict[str, list[tuple[Number, Values]]]
    seal: str


def seal(content: Mapping[str, object], secret: str) -> bytes:
    """The file of a content."""
    signed = dict(content) | {"seal": _seal_of(content, secret)}
    return _bytes(json.dumps(signed, ensure_ascii=False, indent=0))


def open_bundle(data: bytes, way: Literal["out", "back"]) -> Bundle:
    """Read a file that goes this way; its seal is checked by `check_seal`.

    Raises RefusedBundle.
    """
    if len(data) > MOST_BYTES:
        raise RefusedBundle(_("This file is too large to be a workshop (20 MB)."))
    content = _read_json(data)
    if content.get("format") != FORMAT:
        raise RefusedBundle(
            _("This file is not a workshop taken out of Jalons: choose the other one.")
        )
    if content.get("version") != VERSION or content.get("shape") != shape():
        raise RefusedBundle(
            _(
                "This file was made by another version of Jalons: bring the laptop and "
                "the site to the same version, then make it again."
            )
        )
    if content.get("way") != way:
        raise RefusedBundle(
            _("This file brings results back: give it to the site.")
            if way == "out"
            else _("This file takes a workshop out: give it to the laptop.")
        )
    try:
        bundle = Bundle.model_validate(content)
    except ValidationError as error:
        where = ".".join(str(one) for one in error.errors()[0]["loc"])
        raise RefusedBundle(DAMAGED % {"where": where}) from error
    if sum(len(rows) for rows in bundle.rows.values()) > MOST_ROWS:
        raise RefusedBundle(_("This file is too large to be a workshop (20 MB)."))
    if bundle.rows.keys() != {one.name for one in carried_tables()}:
        raise RefusedBundle(DAMAGED % {"where": "rows"})
    for name, rows in bundle.rows.items():
        if len({pk for pk, _values in rows}) < len(rows):
            raise RefusedBundle(DAMAGED % {"where": name})
    return bundle


def check_seal(data: bytes, secret: str) -> None:
    """Raises RefusedBundle when the file is not as it was made, or made by another."""
    content = _read_json(data)
    given = _bytes(str(content.pop("seal", "")))
    if not hmac.compare_digest(given, _bytes(_seal_of(content, secret))):
        raise RefusedBundle(
            _("The seal of this file is broken: it has changed since it was made.")
        )


def _read_json(data: bytes) -> dict[str, object]:
    try:
        content = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise RefusedBundle(
            _("This file is not a workshop taken out of Jalons: choose the other one.")
        )
    return content


def _refuse_constant(text: str) -> NoReturn:
    """NaN and the infinities are not JSON, though Python reads them."""
    raise ValueError(text)


def _bytes(text: str) -> bytes:
    """A text in bytes, whatever a file wrote in it."""
    return text.encode(errors="surrogatepass")


def digest_of(content: Mapping[str, object]) -> str:
    """By what a content is known to be the same."""
    return hashlib.sha256(_canonical(content)).hexdigest()


def _seal_of(content: Mapping[str, object], secret: str) -> str:
    return hmac.new(_bytes(secret), _canonical(content), hashlib.sha256).hexdigest()


def _canonical(content: Mapping[str, object]) -> bytes:
    """A content always written the same way."""
    return _bytes(
        json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    )
