"""Reads the rows of a table: what each code gives, and what must be mended.

Streamed: a row is turned into a few numbers and forgotten.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.indicators.cells import Status, Unit, read_number, split_sign
from jalons.indicators.problems import Problem
from jalons.indicators.producers.layouts import (
    GIVEN,
    BadRow,
    Kind,
    Measure,
    Names,
    Row,
    WrongUnit,
)
from jalons.indicators.reading import Table
from jalons.territories.iris import Iris, code_of, is_whole

PROGRESS_EVERY = 2_000
# A column of percentages whose values never pass 1 is more likely made of shares.
FEWEST_FOR_SHARES = 20
# A level without inhabitants still counts for something when communes merge.
LEAST_WEIGHT = 1.0

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """What one row gives for one indicator."""

    value: float | None
    """Numerator, number or published value; None for a stated reason."""
    base: float | None
    status: Status


@dataclass(frozen=True, slots=True)
class Thing:
    """One line of a list: where it is, the indicators it counts in, its type."""

    codes: tuple[str, ...]
    indicators: tuple[str, ...]
    type: str


@dataclass(slots=True)
class Gathered:
    """What a table gives, code by code as they are written in it."""

    rows: int = 0
    set_aside: int = 0
    parts: dict[str, dict[str, Part]] = field(default_factory=dict)
    """By code, then indicator; for tables of values. IRIS have their I."""
    iris: list[Iris] = field(default_factory=list)
    """For INSEE's table of IRIS."""
    things: list[Thing] = field(default_factory=list)
    is_refused: bool = False
    """The whole table must be mended; nothing of it may be loaded."""
    problems: list[Problem] = field(default_factory=list)
    first_lines: list[Problem] = field(default_factory=list)
    """Rows whose code is given again later: told there, and left out here."""
    dates: Counter[str] = field(default_factory=Counter)


def gather(
    table: Table,
    units: Mapping[str, str],
    names: Names,
    *,
    signed: Collection[str] = (),
    as_shares: bool = False,
    on_progress: Progress | None = None,
) -> Gathered:
    """Read every row; those that cannot be read are left out, and told.

    `units` are those of the indicators, of which `signed` may be negative; `as_shares`
    says that the file writes 0.125 for 12.5 %.
    """
    reader = _Reader(table, units, names, as_shares)
    reader.signed = signed
    for line, row in table.rows:
        reader.take(line, row)
        if on_progress and reader.found.rows % PROGRESS_EVERY == 0:
            on_progress(reader.found.rows)
    reader.conclude()
    return reader.found


class _Reader:
    def __init__(
        self, table: Table, units: Mapping[str, str], names: Names, as_shares: bool
    ) -> None:
        self.file, self.layout = table.name, table.layout
        self.units, self.names, self.as_shares = units, names, as_shares
        self.signed: Collection[str] = ()
        self.found = Gathered()
        self.lines: dict[str, int] = {}
        self.twice: set[str] = set()
        self.doubled: set[str] = set()
        self.cut: set[str] = set()
        self.date = ""
        self.highest: dict[str, float] = defaultdict(float)
        self.valued: Counter[str] = Counter()
        self.in_another_unit: Counter[str] = Counter()

    def take(self, line: int, row: Row) -> None:
        self.found.rows += 1
        layout = self.layout
        if not layout.keeps(row) or not self._is_latest(row):
            self.found.set_aside += 1
            return
        try:
            prepared = layout.prepare(row)
            if layout.place is not None:
                self._refuse_twice(line, row)
                self.found.iris.append(layout.place(prepared))
            elif layout.is_list:
                self._take_thing(prepared)
            else:
                self._take_values(line, prepared)
        except BadRow as error:
            if layout.part_column:
                # A commune without one of its parts would be another commune.
                self.cut.add(row[layout.code_column].strip())
            if isinstance(error, WrongUnit):
                self.in_another_unit[error.field] += 1
            self.refuse(line, error.field, str(error))

    def _is_latest(self, row: Row) -> bool:
        """Keep the latest date of a file that holds several."""
        if not self.layout.date_column:
            return True
        date = row[self.layout.date_column]
        self.found.dates[date] += 1
        if date > self.date and self.date:
            self.found.set_aside += len(self.found.parts) + len(self.found.things)
            self._begin_again()
        self.date = max(self.date, date)
        return date == self.date

    def _begin_again(self) -> None:
        """Nothing read so far counts, were it wrong: it is of an older date."""
        found = self.found
        for rows in (found.parts, found.things, found.problems, self.lines):
            rows.clear()
        for codes in (self.twice, self.doubled, self.cut):
            codes.clear()
        for counts in (self.highest, self.valued, self.in_another_unit):
            counts.clear()

    def _take_thing(self, row: Row) -> None:
        kinds = tuple(
            measure.indicator
            for measure in self.layout.measures
            if not measure.when or row[measure.when].strip().lower() in measure.values
        )
        if not kinds:
            self.found.set_aside += 1
            return
        codes = [row[self.layout.code_column]]
        if self.layout.codes is not None:
            codes = list(self.layout.codes(row, self.names))
        types = tuple(
            row[measure.when].strip()
            for measure in self.layout.measures[:1]
            if measure.when
        )
        self.found.things.append(Thing(tuple(codes), kinds, "".join(types)))

    def _take_values(self, line: int, row: Row) -> None:
        code = row[self.layout.code_column].strip()
        self._refuse_twice(line, row)
        measures = self.layout.measures
        if measures[0].kind == Kind.LEVEL:
            parts = _levels(measures, row)
        else:
            parts = {one.indicator: self._part(one, row) for one in measures}
        inner = row.get(self.layout.part_column, "").strip()
        if inner and not is_whole(inner):
            self.found.parts[code_of(inner)] = parts
        if before := self.found.parts.get(code):
            parts = {one: _added(before[one], part) for one, part in parts.items()}
        self.found.parts[code] = parts

    def _refuse_twice(self, line: int, row: Row) -> None:
        """A code (or a part of it) is given once: nothing says which row is right."""
        column = self.layout.part_column or self.layout.code_column
        key = row[column].strip()
        if key not in self.lines:
            self.lines[key] = line
            return
        self.twice.add(row[self.layout.code_column].strip())
        self.doubled.add(key)
        message = _(
            "“%(code)s” is already on line %(line)s: neither row is loaded. Keep "
            "the right one."
        )
        raise BadRow(column, message % {"code": key, "line": self.lines[key]})

    def _part(self, measure: Measure, row: Row) -> Part:
        below, below_status = _sum(measure.below, row)
        if measure.kind == Kind.VALUE or measure.kind in GIVEN:
            _refuse_negative(measure.below, below)
            above, status = self._given(measure, row)
            return Part(above, below, status)
        above, status = _sum(measure.above, row)
        if measure.kind == Kind.COMPLEMENT and above is not None and below is not None:
            above = below - above
        if not measure.below or measure.kind == Kind.COUNT:
            _refuse_negative(measure.above, above)
            return Part(above, below, status)
        worst = Status.SECRET if Status.SECRET in (status, below_status) else status
        if above is None or below is None:
            missing = worst if worst != Status.PUBLISHED else below_status
            return Part(None, below, missing)
        _refuse_impossible(measure, above, below)
        return Part(above, below, status)

    def _given(self, measure: Measure, row: Row) -> tuple[float | None, Status]:
        """A value as it is published; 12.5 % stays so in a file of shares."""
        (column,) = measure.above
        text, unit = row[column], self.units[measure.indicator]
        bare, written = split_sign(text)
        value, status = read_number(bare if written == unit else text, column)
        if value is None:
            return None, status
        if unit == Unit.PERCENT and self.as_shares and not written:
            value *= 100
        return self._checked(measure, value), status

    def _checked(self, measure: Measure, value: float) -> float:
        if self.units[measure.indicator] != Unit.PERCENT:
            if value < 0 and measure.indicator not in self.signed:
                message = _(
                    "%(value)s is negative, which this figure cannot be: correct it, "
                    "or leave the cell empty when it is missing."
                )
                raise BadRow(measure.above[0], message % {"value": f"{value:g}"})
            return value
        if not 0 <= value <= 100:
            message = _("%(value)s is not a percentage: it must lie from 0 to 100.")
            raise BadRow(measure.above[0], message % {"value": f"{value:g}"})
        self.valued[measure.indicator] += 1
        self.highest[measure.indicator] = max(self.highest[measure.indicator], value)
        return value

    def conclude(self) -> None:
        """What can only be said once every row is read."""
        for code in self.cut:
            self.found.parts.pop(code, None)
        for key in self.doubled:
            self.found.parts.pop(code_of(key), None)
        self.found.iris = [x for x in self.found.iris if x.code not in self.doubled]
        for code in sorted(self.twice - self.cut):
            self.found.parts.pop(code, None)
            message = _("“%(code)s” is given again further on. Keep the right row.")
            self.found.first_lines.append(
                Problem(
                    self.file,
                    self.lines[code],
                    self.layout.code_column,
                    message % {"code": code},
                )
            )
        if self.layout.is_list and self.found.problems:
            # A place that is not in a list has none: one left out would be a zero.
            message = _(
                "A row of this list cannot be read: its commune would be counted as "
                "having none. Correct the rows told here, and give the list again."
            )
            self.found.is_refused = True
            self.refuse(0, "", message)
        _refuse_units(self)
        _refuse_shares(self)

    def refuse(self, line: int, column: str, message: str) -> None:
        self.found.problems.append(Problem(self.file, line, column, message))


def _refuse_units(reader: _Reader) -> None:
    """A column of two units is loaded in none: nothing says which is right."""
    for column, count in reader.in_another_unit.items():
        text = ngettext(
            "%(n)s cell of this column is written in another unit than the one "
            "chosen: nothing is loaded. Choose its unit, or correct the cell.",
            "%(n)s cells of this column are written in another unit than the one "
            "chosen: nothing is loaded. Choose their unit, or correct the cells.",
            count,
        )
        reader.found.is_refused = True
        # Told before its cells, of which only the first are shown.
        whole = Problem(reader.file, 0, column, text % {"n": count})
        reader.found.problems.insert(0, whole)


def _refuse_shares(reader: _Reader) -> None:
    """A column of percents that never pass 1 is more likely made of shares."""
    for indicator, count in reader.valued.items():
        if count >= FEWEST_FOR_SHARES and reader.highest[indicator] <= 1:
            column = next(
                measure.above[0]
                for measure in reader.layout.measures
                if measure.indicator == indicator
            )
            message = _(
                "No value passes 1: these look like shares (0.125), not percentages "
                "(12.5). Say that the file is in shares, or correct it."
            )
            reader.found.is_refused = True
            reader.refuse(0, column, message)


def _levels(measures: Sequence[Measure], row: Row) -> dict[str, Part]:
    """Every level of a commune at once: all its people in one, nobody in the others."""
    first = measures[0]
    level = row[first.above[0]].strip().removesuffix(".0")
    mine = next((one for one in measures if one.level == level), None)
    if mine is None:
        message = _("“%(level)s” is not one of the seven levels of density.")
        raise BadRow(first.above[0], message % {"level": level})
    people, _status = _sum(first.below, row)
    weight = max(people or 0.0, LEAST_WEIGHT)
    nobody = Part(0.0, weight, Status.PUBLISHED)
    parts = {one.indicator: nobody for one in measures}
    parts[mine.indicator] = Part(weight, weight, Status.PUBLISHED)
    return parts


def _refuse_impossible(measure: Measure, above: float, below: float) -> None:
    # Estimates of the census are not whole: a rounding passes.
    if not -LEAST_WEIGHT <= above <= below + LEAST_WEIGHT:
        message = _("%(above)s out of %(below)s: a part cannot pass its whole.")
        shown = {"above": round(above, 1), "below": round(below, 1)}
        raise BadRow(measure.above[0], message % shown)


def _refuse_negative(columns: tuple[str, ...], number: float | None) -> None:
    if number is not None and number < 0:
        message = _("A number of persons or things cannot be negative: %(n)s.")
        raise BadRow(columns[0], message % {"n": f"{number:g}"})


def _added(one: Part, other: Part) -> Part:
    """Two parts of a commune; unknown as soon as one of them is."""
    base = None if one.base is None or other.base is None else one.base + other.base
    if one.value is None or other.value is None:
        statuses = {one.status, other.status}
        unknown = Status.SECRET if Status.SECRET in statuses else Status.MISSING
        return Part(None, base, unknown)
    return Part(one.value + other.value, base, one.status)


def _sum(columns: Iterable[str], row: Mapping[str, str]) -> tuple[float | None, Status]:
    """Sum of the cells; one that is secret or missing makes the sum so."""
    total: float | None = None
    for column in columns:
        value, status = read_number(row[column], column)
        if value is None:
            return None, status
        total = value if total is None else total + value
    return total, Status.PUBLISHED if total is not None else Status.MISSING
