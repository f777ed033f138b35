"""Inhabitants by sex and age, from INSEE's own tables by commune (census).

Two tables are read, long or wide, as their producer publishes them: POP1B (age by age:
`CODGEO;SEXE;AGED100;NB`) and POP1A (ten bands: `CODGEO;SEXE;AGEPYR10;NB`, or
`SEXE1_AGEPYR1018`…). Bands of the survey nest in those of POP1A but for 15–17, of which
the producer publishes 11–17: three sevenths are counted, and said. POP1B is exact.

Boroughs of Paris, Lyon and Marseille stand in the same tables, beside their commune
(`NIVGEO` says which): they are left aside, or their inhabitants would count twice.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from django.utils.translation import gettext as _

from jalons.territories.passage import Passage

SEXES = ("woman", "man")
AGES = ("a15_17", "a18_24", "a25_39", "a40_54", "a55_64", "a65_79", "a80")
LOWEST = (15, 18, 25, 40, 55, 65, 80)
OF_SEX = {"1": "man", "2": "woman"}
OF_BAND = {
    "11": "a15_17",
    "18": "a18_24",
    "25": "a25_39",
    "40": "a40_54",
    "55": "a55_64",
    "65": "a65_79",
    "80": "a80",
}
CHILDREN_BANDS = ("00", "03", "06")
OF_11_TO_17 = 3 / 7
"""Three years of age out of seven."""
WIDE = re.compile(r"SEXE([12])_(?:AGEPYR10(\d\d)|AGED100(\d{3}))")
MOST_PROBLEMS = 20
MOST_INHABITANTS = 1e8

BOROUGH = "ARM"

Key = tuple[str, str, str]
"""A commune, a sex, an age band."""
Group = tuple[str, str]
"""A sex, an age band."""
Number = tuple[Group, float, str, str]
"""Who is counted, the share of them to keep, the cell and its column."""
Numbers = Callable[[Sequence[str]], Iterator[Number]]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be read, and its mend."""

    line: int
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says: inhabitants by cell, and what could not be read.

    `merged` counts the communes that are no longer, or have lost a part, and `unknown`
    names the codes of no commune of today or of before; `wrong` are the first lines
    that are wrong out of `wrong_count`; `is_exact` when every age is told apart.
    """

    counts: Mapping[Key, float]
    rows: int
    unknown: tuple[str, ...]
    merged: int
    wrong: tuple[Wrong, ...]
    wrong_count: int
    is_exact: bool

    @property
    def communes(self) -> int:
        return len({commune for commune, _sex, _age in self.counts})

    @property
    def inhabitants(self) -> int:
        """Of fifteen and over."""
        return round(sum(self.counts.values()))


class NotThisTable(Exception):
    """The file is not one of the tables read here; the message says what it lacks."""


class _WrongCell(Exception):
    """A cell that cannot be read: its column, and the mend."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things are in a line: the commune, and each of its numbers."""

    code: int
    level: int | None
    numbers: Numbers
    is_exact: bool


def read(lines: Iterable[str], *, year: int, passage: Passage) -> Read:
    """The inhabitants of a file of INSEE, by commune of today.

    Line by line: POP1B holds seven million of them for the whole of France.
    """
    rest = iter(lines)
    first = next(rest, "").removeprefix("\ufeff")
    delimiter = max(";,\t", key=first.count)
    table = csv.reader(chain([first], rest), delimiter=delimiter)
    try:
        layout = _layout([name.strip() for name in next(table, [])])
        return _read(table, layout, year, passage)
    except csv.Error as error:
        raise NotThisTable(
            _(
                "This file is not well-formed CSV (seen at line %(line)d): close the "
                "quotation mark that is open above, or save the table as CSV again."
            )
            % {"line": table.line_num}
        ) from error


def _layout(columns: list[str]) -> _Layout:
    wide = {
        at: found for at, name in enumerate(columns) if (found := WIDE.fullmatch(name))
    }
    age = next((name for name in ("AGED100", "AGEPYR10") if name in columns), "")
    is_long = bool(age) and {"SEXE", "NB"} <= {*columns}
    if "CODGEO" not in columns or not (wide or is_long):
        raise NotThisTable(
            _(
                "The columns CODGEO, SEXE, AGED100 (or AGEPYR10) and NB of INSEE’s "
                "tables POP1B and POP1A are expected; this file has: %(columns)s."
            )
            % {"columns": ", ".join(columns)[:200]}
        )
    return _Layout(
        code=columns.index("CODGEO"),
        level=columns.index("NIVGEO") if "NIVGEO" in columns else None,
        numbers=_long(columns, age) if is_long else _wide(columns, wide),
        is_exact=age == "AGED100" or any(found[3] for found in wide.values()),
    )


def _long(columns: list[str], age: str) -> Numbers:
    """One number a line, of one sex and one age."""
    at_sex, at_age, at_count = (columns.index(one) for one in ("SEXE", age, "NB"))

    @cache
    def group(sex: str, code: str) -> tuple[Group, float] | None:
        if sex.strip() not in OF_SEX:
            raise _WrongCell("SEXE", _("Write 1 (men) or 2 (women)."))
        band, share = _band(code.strip(), age)
        return ((OF_SEX[sex.strip()], band), share) if band else None

    def numbers(row: Sequence[str]) -> Iterator[Number]:
        if found := group(row[at_sex], row[at_age]):
            yield *found, row[at_count], "NB"

    return numbers


def _wide(columns: list[str], wide: Mapping[int, re.Match[str]]) -> Numbers:
    """As many numbers a line as sexes and ages."""
    places = []
    for at, found in wide.items():
        kind = "AGEPYR10" if found[2] else "AGED100"
        try:
            band, share = _band(found[2] or found[3], kind)
        except _WrongCell as error:
            raise NotThisTable(
                _("Column %(column)s: %(mend)s")
                % {"column": columns[at], "mend": error.args[1]}
            ) from error
        if band:
            places.append((at, (OF_SEX[found[1]], band), share))

    def numbers(row: Sequence[str]) -> Iterator[Number]:
        for at, group, share in places:
            yield group, share, row[at], columns[at]

    return numbers


def _read(
    table: Iterator[list[str]], layout: _Layout, year: int, passage: Passage
) -> Read:
    by_code: dict[str, dict[Group, float]] = defaultdict(lambda: defaultdict(float))
    wrong: list[Wrong] = []
    rows = wrong_count = 0
    for line, row in enumerate(table, start=2):
        if not row:
            continue
        rows += 1
        try:
            if layout.level is not None and row[layout.level] == BOROUGH:
                continue
            inside = by_code[row[layout.code]]
            for group, share, text, column in layout.numbers(row):
                inside[group] += share * _number(text, column)
        except (_WrongCell, IndexError) as error:
            wrong_count += 1
            if len(wrong) < MOST_PROBLEMS:
                wrong.append(_told(line, error))
    counts, unknown, merged = _passed(by_code, year, passage)
    return Read(
        counts, rows, unknown, merged, tuple(wrong), wrong_count, layout.is_exact
    )


def _told(line: int, error: Exception) -> Wrong:
    if isinstance(error, _WrongCell):
        return Wrong(line, *error.args)
    return Wrong(line, "CODGEO", _("This line is shorter than the first one."))


def _passed(
    by_code: Mapping[str, Mapping[Group, float]], year: int, passage: Passage
) -> tuple[dict[Key, float], tuple[str, ...], int]:
    """Inhabitants by commune of today, codes of none, how many were passed on."""
    counts: defaultdict[Key, float] = defaultdict(float)
    unknown, merged = [], 0
    for said, inside in by_code.items():
        code = said.strip()
        heirs = passage.of(code, year).heirs
        if not heirs:
            unknown.append(code)
        merged += any(heir.code != code for heir in heirs)
        for heir in heirs:
            for (sex, band), count in inside.items():
                counts[heir.code, sex, band] += count * heir.share
    return counts, tuple(sorted(unknown)), merged


def _band(code: str, kind: str) -> tuple[str, float]:
    """The band of the survey, and the share of the inhabitants that is in it."""
    if kind == "AGEPYR10":
        code = code.zfill(2)
        if code in CHILDREN_BANDS:
            return "", 0.0
        if code not in OF_BAND:
            raise _WrongCell(kind, _("This band of ages is not one of INSEE’s ten."))
        return OF_BAND[code], OF_11_TO_17 if code == "11" else 1.0
    if not (code.isdecimal() and len(code) <= 3):
        raise _WrongCell(kind, _("Write an age in years, from 000 to 100."))
    places = [at for at, low in enumerate(LOWEST) if low <= int(code)]
    return (AGES[places[-1]], 1.0) if places else ("", 0.0)


def _number(text: str, column: str) -> float:
    try:
        count = float(text.replace(",", "."))
    except ValueError:
        count = -1
    if not 0 <= count < MOST_INHABITANTS:
        raise _WrongCell(column, _("Write a number of inhabitants, 0 or more."))
    return count
