"""The sheets that come with the project, from the files that experts review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import Field

from jalons.indicators.definitions import Code, Shape, Words, read_shape
from jalons.indicators.problems import InvalidFile, Problem
from jalons.library import operations
from jalons.library.definitions import SECTIONS, Content, Day, Standing, read_tags
from jalons.library.models import Sheet

Status = Literal["new", "changed", "same", "withdrawn"]


class Document(Shape):
    """Where the sheets of a file come from, and its day."""

    id: Words
    title: Words
    dated: Day


class Written(Shape):
    """A sheet as its file gives it.

    `seed` says which passages it tells, `quoted` the names that a test looks for there.
    """

    code: Words
    kind: Words
    seed: Words
    quoted: list[Words] = Field(default_factory=list)
    title: Words
    title_en: Words
    summary: Words
    summary_en: Words
    sections: dict[str, Words] = Field(default_factory=dict)
    tags: list[Words]
    role: str = ""
    link: str = ""
    territory: str = ""
    standing: Standing = ""
    read_on: Day = ""
    starts_on: date | None = None
    ends_on: date | None = None


class SheetFile(Shape):
    id: Code
    author: Words
    reviewer: str
    document: Document
    sheet: list[Written]


@dataclass(frozen=True, slots=True)
class Outcome:
    code: str
    status: Status


def shipped_files() -> list[Path]:
    return sorted((settings.REFERENCE_DIR / "library" / "sheets").glob("*.toml"))


def read_sheets(paths: Iterable[Path]) -> dict[str, tuple[Sheet.Kind, Content]]:
    """Every sheet of these files by its code. Raises InvalidFile."""
    found: dict[str, tuple[Sheet.Kind, Content]] = {}
    for path in paths:
        read = read_shape(path, SheetFile)
        for one in read.sheet:
            problems = list(_problems(path, one, found))
            if problems:
                raise InvalidFile(problems)
            found[one.code] = (Sheet.Kind(one.kind), _content(one, read.document))
    return found


@transaction.atomic
def load_library(paths: Iterable[Path], *, dry_run: bool) -> list[Outcome]:
    """Publish what is new or changed; withdraw what left the files."""
    read = read_sheets(paths)
    kept = {one.code: one for one in Sheet.objects.filter(space=None)}
    outcomes = [
        Outcome(code, _load(kept.get(code), code, kind, content))
        for code, (kind, content) in read.items()
    ]
    for code in sorted(kept.keys() - read.keys()):
        if kept[code].state == Sheet.State.PUBLISHED:
            operations.withdraw_sheet(kept[code], by=None)
            outcomes.append(Outcome(code, "withdrawn"))
    transaction.set_rollback(dry_run)
    return outcomes


def _load(sheet: Sheet | None, code: str, kind: Sheet.Kind, content: Content) -> Status:
    if sheet is None:
        new = operations.New(kind, None, code)
        sheet = operations.create_sheet(new, content, by=None)
        operations.publish_sheet(sheet, by=None)
        return "new"
    is_shown = sheet.state == Sheet.State.PUBLISHED
    if sheet.content == content.stored() and sheet.kind == kind and is_shown:
        return "same"
    sheet.kind = kind
    operations.write_sheet(sheet, content, by=None)
    operations.publish_sheet(sheet, by=None)
    return "changed"


def _content(one: Written, document: Document) -> Content:
    said = one.model_dump(exclude={"code", "kind", "seed", "quoted"})
    return Content(**said, document=document.title, dated=document.dated)


def _problems(path: Path, one: Written, found: Iterable[str]) -> Iterator[Problem]:
    tags = read_tags().by_id
    wrong = {
        "code": [one.code] if one.code in found else [],
        "kind": [one.kind] if one.kind not in Sheet.Kind.values else [],
        "sections": [key for key in one.sections if key not in SECTIONS],
        "tags": [tag for tag in one.tags if tag not in tags],
    }
    for key, values in wrong.items():
        for value in values:
            message = _("Sheet “%(code)s”: “%(value)s” is not known, or is twice.")
            said = message % {"code": one.code, "value": value}
            yield Problem(path.name, 1, key, said)
