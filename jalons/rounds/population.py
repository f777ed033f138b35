"""Inhabitants by sex and age, from INSEE's own tables by commune (census).

Two tables are read, long or wide, as their producer publishes them: POP1B (age by age:
`CODGEO;SEXE;AGED100;NB`) and POP1A (ten bands: `CODGEO;SEXE;AGEPYR10;NB`, or
`SEXE1_AGEPYR1018`…). Bands of the survey nest in those of POP1A but for 15–17, of which
the producer publishes 11–17: three sevenths are counted, and said. POP1B is exact.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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

Key = tuple[str, str, str]
"""A commune, a sex, an age band."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be read, and its mend."""

    line: int
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says: inhabitants by cell, and what could not be read.

    `unknown` are codes of no commune of today or of before; `is_exact` when every age
    is told apart.
    """

    counts: Mapping[Key, float]
    rows: int
    unknown: tuple[str, ...]
    merged: int
    wrong: tuple[Wrong, ...]
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


def read(lines: Iterable[str], *, year: int, passage: Passage) -> Read:
    """The inhabitants of a file of INSEE, by commune of today.

    Line by line: POP1B holds seven million of them for the whole of France.
    """
    table = _table(lines)
    try:
        return _read(table, year, passage)
    except csv.Error as error:
        raise NotThisTable(
            _(
                "This file is not well-formed CSV (seen at line %(line)d): close the "
                "quotation mark that is open above, or save the table as CSV again."
            )
            % {"line": table.line_num}
        ) from error


def _read(table: csv.DictReader[str], year: int, passage: Passage) -> Read:
    columns = [name.strip() for name in table.fieldnames or ()]
    wide = {name: found for name in columns if (found := WIDE.fullmatch(name))}
    age = next((name for name in ("AGED100", "AGEPYR10") if name in columns), "")
    if "CODGEO" not in columns or not (wide or age and {"SEXE", "NB"} <= {*columns}):
        raise NotThisTable(
            _(
                "The columns CODGEO, SEXE, AGED100 (or AGEPYR10) and NB of INSEE’s "
                "tables POP1B and POP1A are expected; this file has: %(columns)s."
            )
            % {"columns": ", ".join(columns)[:200]}
        )
    counts: defaultdict[Key, float] = defaultdict(float)
    unknown: set[str] = set()
    wrong: list[Wrong] = []
    rows = merged = 0
    for line, row in enumerate(table, start=2):
        rows += 1
        try:
            cells = list(_cells(row, wide, age))
        except ValueError as error:
            wrong.append(Wrong(line, *error.args))
            continue
        heirs = passage.of(str(row["CODGEO"] or "").strip(), year).heirs
        if not heirs:
            unknown.add(str(row["CODGEO"]))
        merged += len(heirs) > 1 or any(h.code != row["CODGEO"] for h in heirs)
        for heir in heirs:
            for sex, band, count in cells:
                counts[heir.code, sex, band] += count * heir.share
    is_exact = age == "AGED100" or any(found[3] for found in wide.values())
    return Read(counts, rows, tuple(sorted(unknown)), merged, tuple(wrong), is_exact)


def _table(lines: Iterable[str]) -> csv.DictReader[str]:
    rest = iter(lines)
    first = next(rest, "").removeprefix("\ufeff")
    delimiter = max(";,\t", key=first.count)
    return csv.DictReader(chain([first], rest), delimiter=delimiter)


def _cells(
    row: Mapping[str, str], wide: Mapping[str, re.Match[str]], age: str
) -> Iterator[tuple[str, str, float]]:
    if age:
        sex = OF_SEX.get(str(row["SEXE"]).strip())
        if sex is None:
            raise ValueError("SEXE", _("Write 1 (men) or 2 (women)."))
        given: Iterable[tuple[str, str, str, str]] = [(sex, row[age], age, "NB")]
    else:
        given = [
            (OF_SEX[found[1]], found[2] or found[3], _kind(found), name)
            for name, found in wide.items()
        ]
    for sex, code, kind, column in given:
        band, share = _band(str(code).strip(), kind)
        if band:
            yield sex, band, share * _number(row, column)


def _kind(found: re.Match[str]) -> str:
    return "AGEPYR10" if found[2] else "AGED100"


def _band(code: str, kind: str) -> tuple[str, float]:
    """The band of the survey, and the share of the inhabitants that is in it."""
    if kind == "AGEPYR10":
        code = code.zfill(2)
        if code in CHILDREN_BANDS:
            return "", 0.0
        if code not in OF_BAND:
            raise ValueError(kind, _("This band of ages is not one of INSEE’s ten."))
        return OF_BAND[code], OF_11_TO_17 if code == "11" else 1.0
    if not code.isdigit():
        raise ValueError(kind, _("Write an age in years, from 000 to 100."))
    places = [at for at, low in enumerate(LOWEST) if low <= int(code)]
    return (AGES[places[-1]], 1.0) if places else ("", 0.0)


def _number(row: Mapping[str, str], column: str) -> float:
    text = str(row.get(column) or "").strip().replace(",", ".")
    try:
        count = float(text)
    except ValueError:
        count = -1
    if not 0 <= count < 1e8:
        raise ValueError(column, _("Write a number of inhabitants, 0 or more."))
    return count
