"""Reads a CSV of figures: `code`, `name`, then one column for each indicator.

An empty cell or `nd` is a missing value; `s` is statistical secrecy, as INSEE writes
it; anything else is a number written with a point.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from jalons.indicators.models import Indicator, Observation
from jalons.indicators.problems import InvalidFile, Problem

Status = Observation.Status

NUMBER = re.compile(r"-?\d+(\.\d+)?")
# Written by someone with a comma, or with spaces between thousands.
FRENCH_NUMBER = re.compile(r"-?\d{1,3}([ \u00a0\u202f]?\d{3})*(,\d+)?")
# After that many, the same cause is told again and again.
SHOWN_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the file."""

    code: str
    indicator: str
    value: float | None
    status: Status


@dataclass(frozen=True, slots=True)
class FigureFile:
    """What a file says, and its fingerprint."""

    checksum: str
    cells: list[Cell]


def read_figures(
    path: Path, indicators: Mapping[str, Indicator], territories: Collection[str]
) -> FigureFile:
    """Every cell of the file; raises InvalidFile with all that must be mended.

    `indicators` are those the file may give, by code; `territories` the known codes.
    """
    try:
        content = path.read_bytes()
        lines = content.decode("utf-8-sig").splitlines()
    except FileNotFoundError as error:
        message = _("The file is missing: run “make data”, or take it back.")
        raise InvalidFile([Problem(path.name, 1, "-", message)]) from error
    except UnicodeDecodeError as error:
        message = _("The file is not in UTF-8: save it again as “CSV UTF-8”.")
        raise InvalidFile([Problem(path.name, 1, "-", message)]) from error
    reader = _Reader(path.name, indicators, territories)
    cells = reader.read(csv.DictReader(lines))
    if reader.problems:
        raise InvalidFile(reader.problems[:SHOWN_PROBLEMS])
    return FigureFile(hashlib.sha256(content).hexdigest(), cells)


class _Reader:
    def __init__(
        self,
        file: str,
        indicators: Mapping[str, Indicator],
        territories: Collection[str],
    ) -> None:
        self.file = file
        self.indicators = indicators
        self.territories = territories
        self.problems: list[Problem] = []

    def read(self, rows: csv.DictReader) -> list[Cell]:
        columns = self._columns(rows.fieldnames or [])
        cells: list[Cell] = []
        seen: dict[str, int] = {}
        for line, row in enumerate(rows, start=2):
            if self._is_sound(line, row, seen):
                cells += [self._cell(line, row, column) for column in columns]
        return cells

    def _columns(self, header: Collection[str]) -> list[str]:
        if "code" not in header:
            self._refuse(1, "code", _("The column “code” is missing: add it."))
        columns = [name for name in header if name not in ("code", "name")]
        known = ", ".join(self.indicators)
        for name in columns:
            if name not in self.indicators:
                message = _("This column is not known. Known here: %(known)s.")
                self._refuse(1, name, message % {"known": known})
        return [name for name in columns if name in self.indicators]

    def _is_sound(
        self, line: int, row: Mapping[str | None, str | None], seen: dict[str, int]
    ) -> bool:
        code = row.get("code") or ""
        if None in row or None in row.values():
            message = _("The row has not as many cells as the first one: mend it.")
        elif code not in self.territories:
            message = _("“%(code)s” is the code of no territory: check it.")
        elif code in seen:
            message = _("“%(code)s” is already on line %(line)s: keep one row.")
        else:
            seen[code] = line
            return True
        self._refuse(line, "code", message % {"code": code, "line": seen.get(code)})
        return False

    def _cell(self, line: int, row: Mapping[str, str], column: str) -> Cell:
        text = row[column].strip()
        if text == "s":
            return Cell(row["code"], column, None, Status.SECRET)
        if text in ("", "nd") or not self._is_number(line, column, text):
            return Cell(row["code"], column, None, Status.MISSING)
        return Cell(row["code"], column, float(text), Status.PUBLISHED)

    def _is_number(self, line: int, column: str, text: str) -> bool:
        if FRENCH_NUMBER.fullmatch(text) and not NUMBER.fullmatch(text):
            mended = re.sub(r"\s", "", text).replace(",", ".")
            message = _("“%(text)s” must be written %(mended)s, with a point.")
            self._refuse(line, column, message % {"text": text, "mended": mended})
        elif not NUMBER.fullmatch(text):
            message = _(
                "“%(text)s” is not a number: write a number, nothing when it is "
                "missing, s when it is secret."
            )
            self._refuse(line, column, message % {"text": text})
        elif not self._is_possible(column, float(text)):
            message = _("%(text)s is not a percentage: it must lie from 0 to 100.")
            self._refuse(line, column, message % {"text": text})
        else:
            return True
        return False

    def _is_possible(self, column: str, value: float) -> bool:
        is_percent = self.indicators[column].unit == Indicator.Unit.PERCENT
        return not is_percent or 0 <= value <= 100

    def _refuse(self, line: int, field: str, message: str) -> None:
        self.problems.append(Problem(self.file, line, field, message))
