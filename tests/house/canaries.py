"""A mark in every text that a space holds, each its own: found elsewhere, it tells what
was given away, to the row and the field.

Texts that the site reads as codes stay as they are: with a mark, a page would be
refused for another reason than a right. They are held back by name, below.
"""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import IntegrityError, models, transaction
from django.db.models import Field, Model

from jalons.accounts.models import User
from jalons.files.models import StoredFile
from jalons.mail.models import Message
from tests.house.holdings import Holdings
from tests.house.world import World

DIGITS = string.digits + string.ascii_lowercase
WIDTH = 3
PREFIX = "zq" + "".join(secrets.choice("bcdfghjklmnpqrstvwxz") for _ in range(5))
MARK = re.compile(f"{PREFIX}([0-9a-z]{{{WIDTH}}})q".encode(), re.IGNORECASE)
LONG = len(PREFIX) + WIDTH + 1
TEXTS = (models.CharField, models.TextField, models.JSONField)
# Read by the site as the name of something, as a print or as an address.
CODES = {
    *("code", "slug", "key", "digest", "code_digest", "secret", "token", "checksum"),
    *("language", "time_zone", "vintage", "kind", "phase", "family", "college", "hand"),
    *("rule", "verb", "object_type", "object_id", "table", "piece", "content_type"),
    *("code_version", "notice_version", "consent_version", "questionnaire_code"),
    *("password", "query", "channel", "reference", "ref", "class_code"),
}
# Said apart: the name is that of a text in other tables.
CODES_OF = {
    "indicators.Load.source": "the code of a source",
    "indicators.Load.vintage": "a year",
    "indicators.Release.file": "the name of a file of the installation",
    "surveys.Response.profile": "the code of a profile",
    "tabulations.CodeBook.question_code": "the code of a question",
    "funding.Reading.applicant": "the code of a kind of applicant",
    "files.StoredFile.file": "where the file lies; its content has a mark",
}


@dataclass(frozen=True, slots=True)
class Planted:
    """Where a mark lies."""

    model: str
    pk: object
    field: str

    def __str__(self) -> str:
        return f"{self.model}.{self.field}"


class Canaries:
    """The marks planted in what our space holds and in the names of its people."""

    def __init__(self, world: World) -> None:
        self.planted: list[Planted] = []
        self.refused: set[str] = set()
        for model, rows in Holdings(world.ours.space).rows.items():
            self._plant_in(model, rows)
        self._plant_in(User, _users(world))
        self._plant_in(Message, _messages(world.ours.mark))

    def _plant_in(self, model: type[Model], rows: Iterable[object]) -> None:
        fields = [field for field in model._meta.fields if holds_text(field)]
        for row in model._base_manager.filter(pk__in=[*rows]) if fields else ():
            for field in fields:
                self._plant(row, field)
            if isinstance(row, StoredFile):
                self._plant_in_file(row)

    def _plant(self, row: Model, field: Field) -> None:
        before = getattr(row, field.attname)
        mark = self._next(row, field.name)
        after = marked(field, before, mark)
        try:
            if after != before:
                with transaction.atomic():
                    rows = type(row)._base_manager.filter(pk=row.pk)
                    rows.update(**{field.name: after})
                return
        except IntegrityError:
            # The text says where the row stands, which a constraint keeps true.
            self.refused.add(f"{row._meta.label}.{field.name}")
        self.planted.pop()

    def _plant_in_file(self, stored: StoredFile) -> None:
        mark = self._next(stored, "content")
        with Path(stored.file.path).open("ab") as held:
            held.write(f"\n<!-- {mark} -->".encode())

    def _next(self, row: Model, field: str) -> str:
        number = len(self.planted)
        self.planted.append(Planted(row._meta.label, row.pk, field))
        return f"{PREFIX}{_written(number)}q"

    def found(self, said: bytes) -> set[Planted]:
        """What these bytes tell of ours."""
        return {self.planted[int(number, 36)] for number in MARK.findall(said)}


def holds_text(field: Field) -> bool:
    """Whether a mark may be written there."""
    label = f"{field.model._meta.label}.{field.name}"
    return (
        isinstance(field, TEXTS)
        and not (field.choices or field.is_relation or field.primary_key)
        and not (field.max_length or LONG) < LONG
        and field.name not in CODES
        and label not in CODES_OF
    )


def marked(field: Field, value: object, mark: str) -> object:
    """The same value with the mark; unchanged where there is no text to write in."""
    if isinstance(field, models.JSONField):
        return _marked_within(value, mark)
    if isinstance(field, models.EmailField):
        return f"{mark}@exemple.fr"
    if isinstance(field, models.URLField):
        return f"https://exemple.fr/{mark}"
    if value is None:
        return None
    kept = str(value)[: field.max_length - LONG - 1] if field.max_length else value
    return f"{kept} {mark}".lstrip()


def _marked_within(value: object, mark: str) -> object:
    """In every text of a JSON value that is a sentence, not a code."""
    if isinstance(value, dict):
        return {name: _marked_within(held, mark) for name, held in value.items()}
    if isinstance(value, list):
        return [_marked_within(held, mark) for held in value]
    if isinstance(value, str) and " " in value:
        return f"{value} {mark}"
    return value


def _users(world: World) -> list[int]:
    team = world.ours.space.memberships.values_list("user", flat=True)
    return [*team]


def _messages(mark: str) -> list[int]:
    told = Message.objects.filter(text__icontains=mark)
    return [*told.values_list("pk", flat=True)]


def _written(number: int) -> str:
    """
    >>> _written(36 + 2)
    '012'
    """
    first, rest = divmod(number, 36 * 36)
    return "".join(DIGITS[one] for one in (first, *divmod(rest, 36)))
