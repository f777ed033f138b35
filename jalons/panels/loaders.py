"""Answers keyed elsewhere, a line each; a wrong line is set aside with its mend."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.accounts.models import User
from jalons.actors.lines import (
    Refused,
    Wrong,
    lines_of,
    needed_columns,
    refused,
    unread,
)
from jalons.files.tables import read_table
from jalons.panels import access, operations
from jalons.panels.definition import Question, read_definition
from jalons.panels.forms import SKILL_CHOICES
from jalons.panels.models import Panel, Reply
from jalons.panels.words import Trouble, why_not
from jalons.search.words import words_of

HEADINGS = {
    "code": ("code", "code du bulletin"),
    "answered_on": ("date", "jour", "day"),
    "inform": ("inform", "information"),
    "write": ("write", "message"),
    "fill_in": ("fill in", "formulaire"),
    "protect": ("protect", "securite"),
    "unblock": ("unblock", "depannage"),
    "confidence": ("confidence", "confiance"),
    "alone": ("alone", "seul"),
    "gave_up": ("gave up", "renoncement"),
}
"""How files may head their columns, without accents nor capitals."""
REQUIRED = ("code", "answered_on")
FIELDS = {"code": gettext_lazy("code"), "answered_on": gettext_lazy("day")}
YES, NO = ("oui", "yes", "1"), ("non", "no", "0")
DAYS = ("%Y-%m-%d", "%d/%m/%Y")


@dataclass(slots=True)
class Loaded:
    """What became of a file: answers taken, lines set aside, columns not read."""

    taken: int = 0
    refused: list[Refused] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)

    def report(self, name: str, *, dry_run: bool) -> dict[str, object]:
        """What a program reads of it; codes are never repeated."""
        return {
            "file": name,
            "dry_run": dry_run,
            "lines": self.taken + len(self.refused),
            "taken": self.taken,
            "unread_columns": self.unread_columns,
            "refused": [
                {"line": one.line, "field": one.field, "reason": one.reason}
                for one in self.refused
            ],
        }


def load_replies(
    panel: Panel, source: BinaryIO | File, *, name: str, by: User, dry_run: bool
) -> Loaded:
    """Take each line as its person would have; a dry run takes them all back.

    Raises UnreadableFile when a column is missing.
    """
    lines, found = _read(source, name)
    with transaction.atomic():
        for line, cells in lines:
            try:
                _take(panel, cells)
                found.taken += 1
            except Wrong as wrong:
                found.refused.append(refused(line, wrong, FIELDS))
        if dry_run:
            transaction.set_rollback(True)
        elif found.taken:
            operations.note_loaded(panel, found.taken, by=by)
    found.refused.sort(key=lambda one: one.line)
    return found


Lines = list[tuple[int, dict[str, str]]]


def _read(source: BinaryIO | File, name: str) -> tuple[Lines, Loaded]:
    """The lines by day, so that a start comes before what follows it."""
    table = read_table(source, name=name)
    with closing(table.rows):
        columns = needed_columns(table, HEADINGS, REQUIRED, name=name)
        lines = list(lines_of(table, columns, name=name))
    lines.sort(
        key=lambda one: (_day_or_none(one[1]["answered_on"]) or date.max, one[0])
    )
    return lines, Loaded(unread_columns=unread(table, columns))


def _take(panel: Panel, cells: Mapping[str, str]) -> None:
    """One line; raises Wrong."""
    day = _day_or_none(cells["answered_on"])
    if day is None:
        reason = _("This is not a day: write it as 31/12/2025.")
        raise Wrong("answered_on", cells["answered_on"], reason)
    answers = {
        one.code: _value(one, cells[one.code])
        for one in read_definition().question
        if cells.get(one.code)
    }
    try:
        code = access.find_code(cells["code"])
        if code.panel_id != panel.pk:
            raise access.UnknownCode
        with transaction.atomic():
            operations.take_reply(code, answers, channel=Reply.Channel.IMPORTED, on=day)
    except Trouble as error:
        raise Wrong("code", cells["code"], why_not(error)) from error


def _value(question: Question, text: str) -> str | int:
    word = " ".join(words_of(text))
    match question.kind:
        case "scale" if word.isascii() and word.isdigit() and int(word) <= 10:
            return int(word)
        case "yes_no" if word in YES + NO:
            return "yes" if word in YES else "no"
        case "skill" if found := _skill(word):
            return found
    reason = _(
        "Not an answer to this question. For a skill write 3 (alone, easily), 2 "
        "(alone, with trouble), 1 (with help) or 0; for confidence 0 to 10; otherwise "
        "yes or no."
    )
    raise Wrong(question.code, text, reason)


def _skill(word: str) -> str | None:
    """By its mark from 3 to 0, its code, or its words."""
    marks = {str(3 - rank): code for rank, (code, _label) in enumerate(SKILL_CHOICES)}
    named = {" ".join(words_of(str(label))): code for code, label in SKILL_CHOICES}
    coded = {" ".join(words_of(code)): code for code, _label in SKILL_CHOICES}
    return {**named, **coded, **marks}.get(word)


def _day_or_none(text: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(text.split(" 00:")[0], form).date()
        except ValueError:
            continue
    return None
