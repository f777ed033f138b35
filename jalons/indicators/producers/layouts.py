"""What a file looks like: where its codes stand, what its columns give."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from jalons.territories.iris import Iris

Row = Mapping[str, str]

# How producers name the column of codes of communes, in lower case.
COMMUNE_COLUMNS = ("codgeo", "code_insee", "com", "depcom", "code_commune", "numcomdo")


class Kind(Enum):
    """How a figure is made from the columns of one row."""

    VALUE = "value"
    """As published: it cannot be added up."""
    RATIO = "ratio"
    """100 × sum of `above` ÷ sum of `below`."""
    COMPLEMENT = "complement"
    """100 × (sum of `below` - sum of `above`) ÷ sum of `below`."""
    COUNT = "count"
    """Sum of `above`."""
    PER_HOUSEHOLDS = "per_households"
    """100 × sum of `above` ÷ households of the census."""
    RATE = "rate"
    """A rate as published, of the number in `below`: it can be added up."""
    RATE_OF_INHABITANTS = "rate_of_inhabitants"
    """A rate as published, of the inhabitants of the territory."""
    RATE_OF_HOUSEHOLDS = "rate_of_households"
    """A rate as published, of the households of the census."""
    DISTANCE = "distance"
    """Kilometres to the nearest thing of a list, from centre to centre of communes."""
    LEVEL = "level"
    """Inhabitants of the communes whose `above` says `level`."""


GIVEN = (Kind.RATE, Kind.RATE_OF_INHABITANTS, Kind.RATE_OF_HOUSEHOLDS)
"""Rates read as they are, with the number that each is a share of."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator read in a row.

    `below` is what the figure rests on: a denominator, or the base of a published value
    when the file gives it. A COUNT without `above` counts the rows in which the column
    `when` has one of `values`.
    """

    indicator: str
    kind: Kind
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    when: str = ""
    values: tuple[str, ...] = ()
    level: str = ""


class BadRow(ValueError):
    """A row that cannot be read; its text says why and how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class WrongUnit(BadRow):
    """A cell written in another unit than that of its figure."""


class Names(Protocol):
    """Finds the code of a commune by its département and its name."""

    def code_of(self, departement: str, name: str) -> str: ...


def _unchanged(row: Row) -> Row:
    return row


def always(_row: Row) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Layout:
    """How one file is read."""

    source: str
    code_column: str
    measures: tuple[Measure, ...]
    vintage: str = ""
    """The year that the names of the columns tell."""
    date_column: str = ""
    """The column that tells the vintage; of several dates the latest is kept."""
    name_pattern: str = ""
    """How the producer names the file when its name alone tells the vintage."""
    level: str = "commune"
    """What the codes are: commune, epci, iris (some or all of them), or any."""
    is_list: bool = False
    """A row is a thing in a place; a place that is not mentioned has none."""
    part_column: str = ""
    """The column that tells parts of a code, added up: IRIS make a commune."""
    is_whole_country: bool = True
    keeps: Callable[[Row], bool] = always
    prepare: Callable[[Row], Row] = _unchanged
    codes: Callable[[Row, Names], Collection[str]] | None = None
    """Codes of a row, where they are not simply those of `code_column`."""
    place: Callable[[Row], Iris] | None = None
    """A row tells a territory rather than figures: INSEE's table of IRIS."""


def find(columns: Collection[str], *names: str) -> str:
    """The column that has one of these names, whatever the case; empty if none."""
    by_name = {column.lower(): column for column in columns}
    return next((by_name[name] for name in names if name in by_name), "")


def year_of(columns: Collection[str], pattern: str) -> str:
    """The two digits that fill the group of the pattern in the names of columns.

    INSEE puts past censuses beside the last one (P22_POP, P16_POP): the latest is read.
    """
    found = (re.fullmatch(pattern, column, re.IGNORECASE) for column in columns)
    return max((match[1] for match in found if match), default="")


def full_year(digits: str) -> str:
    """2021 for 21; the census and the incomes are all of this century."""
    return f"20{digits}" if digits else ""
