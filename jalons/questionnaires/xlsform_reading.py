"""An XLSForm read as a questionnaire: what ODK Collect or KoboToolbox asks.

Groups become parts with their condition, a note opens a part that it introduces;
choices, limits of choices and simple conditions (`${Q} = 'a' or selected(${Q}, 'b')`)
are kept. What has no equivalent (positions, photos, computed fields, repeats, other
conditions) is left out, and told with its sheet, its line and what to do.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from pydantic import ValidationError
from python_calamine import CalamineError, CalamineWorkbook

from jalons.files.grid import UnreadableFile
from jalons.files.workbooks import visible_sheets
from jalons.questionnaires.checks import check
from jalons.questionnaires.definitions import (
    DONT_KNOW,
    NOT_CONCERNED,
    Definition,
    restore,
)
from jalons.questionnaires.problems import key_of, sentence_of
from jalons.questionnaires.xlsform_conditions import alternatives

TYPES = {
    "select_one": "single",
    "select_multiple": "multiple",
    "rank": "ranking",
    "integer": "number",
    "decimal": "number",
    "range": "number",
    "date": "date",
    "text": "long_text",
}
SILENT = ("start", "end", "today", "deviceid", "audit", "username")
"""Rows that ask nothing: left out without a word."""
OPENING = ("begin_group", "begin_repeat")
CLOSING = ("end_group", "end_repeat")
INSEE = re.compile(r"\d[\dAB]\d{3}")
AT_MOST = re.compile(r"count-selected\(\.\)\s*<=\s*(\d+)")
ALONE = re.compile(r"selected\(\.\s*,\s*'([\w.-]+)'\)\s*and\s*count-selected\(\.\)")
LONGEST_CODE = 40
LONGEST_CONDITION = 2_000
"""A condition written by hand is shorter, and brackets are opened one by one."""
MINUTES = 12
ROLES = ("sex", "age")
MOST_BYTES = 5_000_000


class NotAForm(Exception):
    """The workbook is not an XLSForm; the message says what it lacks."""


@dataclass(frozen=True, slots=True)
class Left:
    """A row or a part of it that has no equivalent here."""

    sheet: str
    line: int
    name: str
    message: str

    @property
    def in_words(self) -> str:
        said = {"line": self.line, "name": self.name or "–", "why": self.message}
        return _("Line %(line)d (%(name)s): %(why)s") % said


@dataclass(slots=True)
class Found:
    """The questionnaire read, and what was left out."""

    definition: Definition
    left: list[Left] = field(default_factory=list)


Row = dict[str, str]


def read_form(content: bytes, *, code: str, author: str) -> Found:
    """The questionnaire of an XLSForm, checked as any other; or `NotAForm`."""
    sheets = _sheets(content)
    reader = _Reader(sheets)
    settings = (sheets.get("settings") or [(2, {})])[0][1]
    title = settings.get("form_title") or code
    text = {"fr": title, "en": title}
    table = {
        "code": code,
        "title": text,
        "description": text,
        "minutes": MINUTES,
        "is_reconstruction": False,
        "author": author,
        "licence": _("not stated"),
        "sections": reader.sections(),
    }
    try:
        definition = restore(table)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        mend = sentence_of(first, Definition)
        raise NotAForm(f"{key_of(first['loc'])}: {mend}") from error
    if problems := list(check(definition)):
        told = (f"{key_of(one.path)}: {one.message}" for one in problems[:5])
        raise NotAForm("; ".join(told))
    return Found(definition, reader.left)


def _sheets(content: bytes) -> dict[str, list[tuple[int, Row]]]:
    """The rows of each sheet by column, with their lines."""
    if len(content) > MOST_BYTES:
        raise NotAForm(_("The file is too large to be a questionnaire."))
    file = io.BytesIO(content)
    try:
        # Refuses what is protected, damaged or unfolds to more than memory holds.
        visible_sheets(file, "")
        file.seek(0)
        book = CalamineWorkbook.from_filelike(file)
        found = {
            name.strip().lower(): list(_by_column(book.get_sheet_by_name(name)))
            for name in book.sheet_names
        }
    except UnreadableFile as error:
        raise NotAForm(str(error)) from error
    except (CalamineError, ValueError) as error:
        message = _("The file is not a workbook: give the XLSX file of the form.")
        raise NotAForm(message) from error
    if "survey" not in found:
        message = _("An XLSForm has a sheet called “survey”; this file has: %(names)s.")
        raise NotAForm(message % {"names": ", ".join(found)[:200]})
    return found


def _by_column(sheet) -> Iterator[tuple[int, Row]]:
    rows = sheet.to_python()
    header = [str(cell).strip() for cell in rows[0]] if rows else []
    for line, row in enumerate(rows[1:], start=2):
        cells = {c: _text(v) for c, v in zip(header, row, strict=False) if c}
        if any(cells.values()):
            yield line, cells


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


@dataclass(slots=True)
class _Part:
    """A group, or what a note introduces, while its rows are read."""

    code: str = ""
    title: dict[str, str] = field(default_factory=dict)
    show_if: dict[str, object] | None = None
    intro: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)
    questions: list[dict[str, object]] = field(default_factory=list)

    def after(self) -> _Part:
        """What follows in the same group: the same title and condition."""
        return _Part("", self.title, self.show_if)

    def introduce(self, line: int, name: str, words: dict[str, str]) -> None:
        """One more note: several make one introduction."""
        self.notes.append((line, name))
        for wording, text in words.items():
            before = self.intro.get(wording, "")
            self.intro[wording] = f"{before} {text}".strip()

    def table(self, number: int) -> dict[str, object]:
        part = _("Part %(n)d") % {"n": number}
        return {
            "code": self.code or f"part_{number}",
            "title": self.title or {"fr": part, "en": part},
            **({"intro": self.intro} if self.intro else {}),
            **({"show_if": self.show_if} if self.show_if else {}),
            "questions": self.questions,
        }


def _kind(row: Row) -> tuple[str, str]:
    """`select_one list` in two; `begin group` is also written `begin_group`."""
    kind, _space, rest = row.get("type", "").partition(" ")
    if kind in ("begin", "end") and rest in ("group", "repeat"):
        return f"{kind}_{rest}", ""
    return kind, rest.strip()


class _Reader:
    """Goes down the sheet `survey`, and notes what it leaves."""

    def __init__(self, sheets: Mapping[str, list[tuple[int, Row]]]) -> None:
        self.rows = sheets["survey"]
        self.left: list[Left] = []
        self.codes: dict[str, str] = {}
        self.choices: dict[str, list[Row]] = {}
        for _line, row in sheets.get("choices", []):
            name = row.get("list_name") or row.get("list name") or ""
            self.choices.setdefault(name, []).append(row)

    def sections(self) -> list[dict[str, object]]:
        sections: list[_Part] = []
        around: list[_Part] = []
        for line, row in self.rows:
            kind, rest = _kind(row)
            if kind in SILENT:
                continue
            if kind in OPENING:
                around.append(self._part(line, row, kind, around))
                sections.append(around[-1])
                continue
            if kind in CLOSING:
                around = around[:-1]
                sections.append(around[-1].after() if around else _Part())
                continue
            if not sections or (kind == "note" and sections[-1].questions):
                sections.append(around[-1].after() if around else _Part())
            if kind == "note":
                sections[-1].introduce(line, row.get("name", ""), self._words(row))
            elif question := self._question(line, row, kind, rest):
                sections[-1].questions.append(question)
        for part in sections:
            if part.notes and not part.questions:
                for line, name in part.notes:
                    message = _("No question follows this note: left out.")
                    self._leave(line, name, message)
        kept = [part for part in sections if part.questions]
        return [part.table(number) for number, part in enumerate(kept, start=1)]

    def _part(self, line: int, row: Row, kind: str, around: list[_Part]) -> _Part:
        """A group; its condition, or else that of the group around it."""
        name = row.get("name", "")
        if kind == "begin_repeat":
            self._leave(line, name, _("What is repeated is asked once here."))
        outer = around[-1].show_if if around else None
        show_if = self._condition(line, name, row.get("relevant", ""))
        if outer and show_if and outer != show_if:
            message = _("A group inside another keeps its own condition alone.")
            self._leave(line, name, message)
        return _Part(
            self._code(name) if name else "", self._words(row), show_if or outer
        )

    def _question(
        self, line: int, row: Row, kind: str, rest: str
    ) -> dict[str, object] | None:
        name = row.get("name", "")
        if kind not in TYPES:
            message = _("Questions of type “%(type)s” do not exist here: left out.")
            self._leave(line, name, message % {"type": row.get("type", "")})
            return None
        words = self._words(row)
        if not words:
            self._leave(line, name, _("This question has no label: left out."))
            return None
        code = self._code(name)
        self.codes[name] = code
        found: dict[str, object] = {"code": code, "type": TYPES[kind], "text": words}
        if row.get("required", "").lower() in ("yes", "true", "true()"):
            found["required"] = True
        if kind in ("select_one", "select_multiple", "rank"):
            self._offer(found, rest.split(" ")[0], row)
        if code in ROLES and found["type"] == "single":
            found["role"] = code
        if condition := self._condition(line, name, row.get("relevant", "")):
            found["show_if"] = condition
        return found

    def _offer(self, found: dict[str, object], name: str, row: Row) -> None:
        options = self.choices.get(name, [])
        values = [one.get("name", "") for one in options]
        if options and all(INSEE.fullmatch(value) for value in values):
            found |= {"type": "territory", "role": "territory", "required": True}
            return
        constraint = row.get("constraint", "")
        alone = set(ALONE.findall(constraint))
        if DONT_KNOW in values:
            found["allows_dont_know"] = True
        if NOT_CONCERNED in values:
            found |= {"type": "scale", "allows_not_concerned": True}
        found["options"] = [
            {
                "code": self._code(value),
                "text": self._words(one) or {"fr": value, "en": value},
                **({"is_exclusive": True} if value in alone else {}),
            }
            for one, value in zip(options, values, strict=True)
            if value not in (DONT_KNOW, NOT_CONCERNED)
        ]
        if most := AT_MOST.search(constraint):
            found["max_choices"] = int(most[1])

    def _condition(self, line: int, name: str, text: str) -> dict[str, object] | None:
        if not text:
            return None
        found = alternatives(text) if len(text) <= LONGEST_CONDITION else None
        if found is None or found[0] not in self.codes:
            message = _("The condition “%(text)s” cannot be kept: always asked.")
            self._leave(line, name, message % {"text": text[:100]})
            return None
        question, answers = found
        any_of = [self._code(answer) for answer in answers]
        return {"question": self.codes[question], "any_of": any_of}

    def _words(self, row: Row) -> dict[str, str]:
        """French and English; one stands in for the other, a lone label for both."""
        labels = {
            c.lower(): v for c, v in row.items() if v and c.lower()[:5] == "label"
        }
        easy = next((v for c, v in labels.items() if "facile" in c), "")
        french = next(
            (v for c, v in labels.items() if "(fr" in c and "facile" not in c), ""
        )
        english = next((v for c, v in labels.items() if "(en" in c), "")
        plain = labels.get("label", "") or next(iter(labels.values()), "")
        if not plain:
            return {}
        words = {"fr": french or plain, "en": english or french or plain}
        return words | ({"fr_easy": easy} if easy and easy != words["fr"] else {})

    def _code(self, name: str) -> str:
        """A code of ours: `F20.weekend` becomes `F20_weekend`, `1` becomes `c1`."""
        code = re.sub(r"\W", "_", name, flags=re.ASCII)[:LONGEST_CODE]
        return code if code[:1].isalpha() else f"c{code}"[:LONGEST_CODE]

    def _leave(self, line: int, name: str, message: str) -> None:
        self.left.append(Left("survey", line, name, message))
