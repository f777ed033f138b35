"""What is wrong with the files given: which column, how many lines, where the first is.

Engines count, in one reading of the answers. Lines are then looked for by DuckDB, file
by file, in those that this machine opens; nothing here is worded for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table

from jalons.scale import engines
from jalons.scale.points import Form, unknown

Kind = Literal["absent", "unknown_answer", "blank", "not_a_number", "unknown_territory"]
Test = Callable[[StringValue], BooleanValue]

MOST_PLACES = 5
HEADER = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, as a text editor numbers it; the value found there."""

    file: str
    line: int
    value: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a column: `count` lines, `example` one of their values."""

    kind: Kind
    column: str
    count: int = 0
    example: str = ""
    places: tuple[Place, ...] = ()


def number(text: StringValue):
    """A number, its decimals after a point or a comma; NULL for what is none."""
    return text.replace(",", ".").try_cast("float64")


def is_no_weight(text: StringValue) -> BooleanValue:
    read = number(text)
    return read.isnull() | ~((read >= 0) & (read < float("inf")))


def is_no_number(text: StringValue) -> BooleanValue:
    return (text != "") & (number(text).isnull() | number(text).isnan())


def is_blank(text: StringValue) -> BooleanValue:
    return text == ""


def absent(table: Table, wanted: Sequence[str]) -> list[Fault]:
    """The columns that a file lacks."""
    return [Fault("absent", name) for name in wanted if name not in table.columns]


def of_answers(form: Form, territory: str, weight: str) -> list[tuple[str, Kind, Test]]:
    """What is asked of each column of the answers."""

    def of(item) -> Test:
        return lambda text: unknown(form, item, text)

    tests: list[tuple[str, Kind, Test]] = [(territory, "blank", is_blank)]
    if weight:
        tests.append((weight, "not_a_number", is_no_weight))
    return tests + [(i.code, "unknown_answer", of(i)) for i in form.grid.items]


def faults(
    table: Table, tests: Sequence[tuple[str, Kind, Test]], paths: Sequence[str]
) -> list[Fault]:
    """The columns that fail their test, with the first lines that do."""
    sums = {}
    for at, (column, _kind, test) in enumerate(tests):
        fails = test(table[column])
        sums[f"n{at}"] = fails.sum()
        sums[f"e{at}"] = table[column].min(where=fails)
    (found,) = table.aggregate(**sums).to_pyarrow().to_pylist()
    return [
        Fault(
            kind,
            column,
            found[f"n{at}"],
            found[f"e{at}"],
            tuple(_places(paths, column, test)),
        )
        for at, (column, kind, test) in enumerate(tests)
        if found[f"n{at}"]
    ]


def _places(paths: Sequence[str], column: str, test: Test) -> Iterator[Place]:
    """The first lines at fault; none in files that only the engine opens."""
    left = MOST_PLACES
    for path in _files(paths):
        table = engines.read(engines.duckdb(), [str(path)])
        lines = table.select(value=table[column], line=ibis.row_number() + 1)
        bad = lines.filter(test(lines["value"])).order_by("line").limit(left)
        header = 0 if engines.is_parquet(str(path)) else HEADER
        for row in bad.to_pyarrow().to_pylist():
            yield Place(path.name, row["line"] + header, row["value"])
            left -= 1
        if not left:
            return


def _files(paths: Sequence[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted([*path.rglob("*.parquet"), *path.rglob("*.csv")])
        elif path.is_file():
            yield path
