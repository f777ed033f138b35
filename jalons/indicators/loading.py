"""Loads a producer's file: read, checked, passed to the codes of today, written once.

    report = load(Order("filosofi", path.name), file, by=user)

Everything is read before anything is written, in one transaction: a file is loaded
whole, or not at all. The same file again changes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.files.grid import UnreadableFile
from jalons.indicators.gathering import Gathered, Progress, gather
from jalons.indicators.ground import read_ground, read_names
from jalons.indicators.models import Indicator, Observation, Release
from jalons.indicators.passing import Made, figures, pass_codes
from jalons.indicators.problems import Problem
from jalons.indicators.producers import own
from jalons.indicators.producers.layouts import Kind, Layout
from jalons.indicators.producers.registry import PRODUCERS
from jalons.indicators.reading import Recognise, Table, tables
from jalons.territories.models import CURRENT_YEAR, Territory

BATCH = 10_000
BLOCK = 1 << 20
# Codes and problems told one by one; the rest is counted.
SHOWN = 50
# Under nine communes in ten, a file of the whole country was cut, or is only a part.
LEAST_COVERED = 0.9
# More than one code in ten unknown: it is another kind of code, or another vintage.
MOST_UNKNOWN = 0.1
SIREN_LENGTH = 9
VINTAGE_LENGTH = 12
# No file that is read here is older.
OLDEST = 1990


@dataclass(frozen=True, slots=True)
class Order:
    """Which file to load, and what only a person can say of it."""

    source: str
    name: str
    vintage: str = ""
    as_shares: bool = False
    is_part: bool = False
    """A file of some communes only, known to be so."""
    mapping: own.Mapping | None = None
    """Columns named by hand, for a file of no known format."""

    def recognise(self) -> Recognise:
        if self.mapping is not None:
            return partial(own.layout, mapping=self.mapping)
        return PRODUCERS[self.source]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Which rows of a table were not loaded: by line, or by a code of no territory."""

    columns: tuple[str, ...] = ()
    lines: Mapping[int, Problem] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.lines or self.codes)


@dataclass(slots=True)
class TableReport:
    """What one table of the file holds, and what was done with it."""

    table: str
    vintage: str = ""
    state: str = "refused"
    """loaded, checked (nothing written), unchanged, or refused."""
    rows: int = 0
    set_aside: int = 0
    figures: dict[str, int] = field(default_factory=dict)
    """Figures by status."""
    territories: int = 0
    merged: dict[str, str] = field(default_factory=dict)
    merged_count: int = 0
    split: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    unknown_count: int = 0
    columns_unread: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file, table by table."""

    file: str
    source: str
    checksum: str
    tables: list[TableReport]

    @property
    def is_refused(self) -> bool:
        return any(table.state == "refused" for table in self.tables)

    @property
    def has_left_out(self) -> bool:
        """Whether rows could not be read, that someone may mend."""
        return any(table.left_out for table in self.tables)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A table read and checked, that waits to be written."""

    report: TableReport
    release: Release
    made: list[Made]


def load(
    order: Order,
    file: BinaryIO,
    *,
    by: User | None,
    dry_run: bool = False,
    on_progress: Progress | None = None,
) -> Report:
    """Load a file of a source, or tell why not; raises UnreadableFile.

    With `dry_run` everything is read and checked, and nothing is written.
    """
    checksum = _checksum(file)
    if known := _known(order, checksum):
        return Report(order.name, order.source, checksum, known)
    ready = [
        _read(order, table, checksum, on_progress)
        for table in tables(file, order.name, order.recognise())
    ]
    report = Report(order.name, order.source, checksum, [one.report for one in ready])
    if not report.is_refused and not dry_run:
        _write(ready, by)
    return report


def _known(order: Order, checksum: str) -> list[TableReport]:
    """What is said of a file that is already loaded, without reading it again."""
    releases = Release.objects.filter(source=order.source, checksum=checksum)
    if order.mapping is not None:
        # One table may give several figures, a column each.
        kind = f"{own.LEVEL}/{order.mapping.indicator}"
        releases = releases.filter(file=kind)
    return [
        TableReport(
            table=order.name,
            vintage=release.vintage,
            state="unchanged",
            figures=dict(release.counts),
            territories=release.territory_count,
        )
        for release in releases
        if order.vintage in ("", release.vintage)
    ]


def _checksum(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _read(
    order: Order, table: Table, checksum: str, on_progress: Progress | None
) -> _Ready:
    layout = table.layout
    indicators = Indicator.objects.in_bulk([m.indicator for m in layout.measures])
    percents = {code for code, one in indicators.items() if one.unit == "percent"}
    found = gather(
        table,
        percents,
        read_names(),
        as_shares=order.as_shares,
        on_progress=on_progress,
    )
    report = TableReport(
        table=table.name,
        rows=found.rows,
        set_aside=found.set_aside,
        remarks=list(table.remarks),
        columns_unread=_unread(table),
        problems=found.problems[:SHOWN],
        problem_count=len(found.problems),
    )
    report.left_out = _left_out(table, found)
    report.vintage = _vintage(order, layout, found, report)
    release = Release(
        source_id=order.source,
        vintage=report.vintage,
        file=_kind_of(layout),
        name=order.name,
        checksum=checksum,
    )
    made = _made(order, layout, found, report) if not _fatal(report, found) else []
    return _Ready(report, release, made)


def _left_out(table: Table, found: Gathered) -> LeftOut:
    told = [*found.first_lines, *found.problems]
    lines = {problem.line: problem for problem in told if problem.line}
    return LeftOut(table.columns, lines)


def _fatal(report: TableReport, found: Gathered) -> bool:
    return found.is_refused or not report.vintage


def _made(
    order: Order, layout: Layout, found: Gathered, report: TableReport
) -> list[Made]:
    """Figures of the table; none, with the reason told, when it must be refused."""
    needs_households = any(m.kind == Kind.PER_HOUSEHOLDS for m in layout.measures)
    ground = read_ground(with_households=needs_households)
    if needs_households and not ground.households:
        message = _("Load the households of the census first: they are the base.")
        _refuse(report, "-", message)
        return []
    codes = set(found.parts) | {c for thing in found.things for c in thing.codes}
    year = int(report.vintage[:4])
    passed = pass_codes(codes, ground.passage, year, is_list=layout.is_list)
    report.merged = dict(islice(passed.merged.items(), SHOWN))
    report.merged_count = len(passed.merged)
    report.split, report.ambiguous = dict(passed.split), dict(passed.ambiguous)
    report.unknown = list(passed.unknown[:SHOWN])
    report.unknown_count = len(passed.unknown)
    report.left_out = replace(report.left_out, codes=frozenset(passed.unknown))
    if not codes or len(passed.unknown) > MOST_UNKNOWN * len(codes):
        message = _(
            "%(n)d codes out of %(total)d are those of no territory: check the column "
            "of the codes, and the vintage."
        )
        counts = {"n": len(passed.unknown), "total": len(codes)}
        _refuse(report, layout.code_column, message % counts)
        return []
    if _is_cut(order, layout, codes, ground.population):
        message = _(
            "The file holds %(n)d territories out of about %(total)d: it was cut, or "
            "is a part of the country. Download it again, or say that it is a part."
        )
        counts = {"n": len(codes), "total": len(ground.population)}
        _refuse(report, layout.code_column, message % counts)
        return []
    known = set(Territory.objects.current().values_list("code", flat=True))
    made = [one for one in figures(found, layout, passed, ground) if one.code in known]
    report.figures = dict(Counter(str(one.status) for one in made))
    report.territories = len({one.code for one in made})
    report.state = "checked"
    return made


def _is_cut(
    order: Order, layout: Layout, codes: set[str], population: Mapping[str, int]
) -> bool:
    if order.is_part or not layout.is_whole_country or layout.is_list:
        return False
    if layout.level == "epci" or any(len(code) == SIREN_LENGTH for code in codes):
        return False
    return len(codes) < LEAST_COVERED * len(population)


def _vintage(order: Order, layout: Layout, found: Gathered, report: TableReport) -> str:
    """The vintage that the file says, or that was given; never two different ones."""
    told = layout.vintage
    if layout.date_column and found.dates:
        told = max(found.dates)
    if told and order.vintage and told[:4] != order.vintage[:4]:
        message = _("The file is of %(found)s, not of %(asked)s: choose one of them.")
        _refuse(report, "-", message % {"found": told, "asked": order.vintage})
        return ""
    vintage = told or order.vintage
    if not vintage[:4].isdigit() or not OLDEST <= int(vintage[:4]) <= CURRENT_YEAR + 1:
        _refuse(report, "-", _("The file does not say its year: give it."))
        return ""
    return vintage[:VINTAGE_LENGTH]


def _refuse(report: TableReport, field_: str, message: str) -> None:
    report.problems.append(Problem(report.table, 1, field_, message))
    report.problem_count += 1


def _unread(table: Table) -> list[str]:
    layout = table.layout
    read = {layout.code_column, layout.date_column}
    for measure in layout.measures:
        read |= {*measure.above, *measure.below, measure.when}
    return [column for column in table.columns if column not in read][:SHOWN]


def _kind_of(layout: Layout) -> str:
    """What the file is, whatever its name: its level and its indicators."""
    indicators = "+".join(measure.indicator for measure in layout.measures)
    return f"{layout.level}/{indicators}"[:250]


@transaction.atomic
def _write(ready: Iterable[_Ready], by: User | None) -> None:
    for one in ready:
        same = Release.objects.filter(
            source=one.release.source_id,
            vintage=one.release.vintage,
            file=one.release.file,
        ).first()
        if same is not None and same.checksum == one.release.checksum:
            one.report.state = "unchanged"
            continue
        if same is not None:
            same.delete()
        one.release.retrieved_at = timezone.now()
        one.release.counts = one.report.figures
        one.release.territory_count = one.report.territories
        one.release.save()
        _insert(one.made, one.release)
        one.report.state = "loaded"
        audit.record(
            "release.loaded",
            one.release,
            by=by,
            details={"file": one.release.name, "figures": one.report.figures},
        )


COLUMNS = (
    "territory_id",
    "indicator_id",
    "release_id",
    "value",
    "status",
    "numerator",
    "base",
    "known_share",
)


def _insert(made: Iterable[Made], release: Release) -> None:
    """Write the figures as plain rows: objects would take twenty times as long."""
    table = connection.ops.quote_name(Observation._meta.db_table)
    places = ", ".join(["%s"] * len(COLUMNS))
    rows = (
        (
            one.code,
            one.indicator,
            release.pk,
            one.value,
            str(one.status),
            one.numerator,
            one.base,
            one.known_share,
        )
        for one in made
    )
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({places})", batch
            )


__all__ = ["Order", "Report", "TableReport", "UnreadableFile", "load"]
