"""Loads a producer's file: read, checked, passed to the codes of today, written once.

    report = load(Order("filosofi", path.name), file, by=user)

Everything is read before anything is written, in one transaction: a file is loaded
whole, or not at all. The same file again changes nothing, until one more figure is read
of the files of its producer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import BinaryIO

from jalons.accounts.models import User
from jalons.indicators.checking import figures_of, iris_of
from jalons.indicators.gathering import Gathered, Progress, gather
from jalons.indicators.ground import NO_NAMES, read_names
from jalons.indicators.models import Indicator, Release
from jalons.indicators.orders import Order
from jalons.indicators.producers import own
from jalons.indicators.producers.layouts import Layout
from jalons.indicators.reading import Table, tables
from jalons.indicators.reports import SHOWN, LeftOut, Report, TableReport
from jalons.indicators.vintages import vintage_of
from jalons.indicators.writing import (
    Ready,
    Wanted,
    lacks_iris,
    tell_lost,
    write_tables,
)

BLOCK = 1 << 20


def _always() -> bool:
    return True


def load(
    order: Order,
    file: BinaryIO,
    *,
    by: User | None,
    dry_run: bool = False,
    on_progress: Progress | None = None,
    still_wanted: Wanted = _always,
) -> Report:
    """Load a file of a source, or tell why not; raises UnreadableFile.

    With `dry_run` everything is read and checked, and nothing is written. What is no
    longer wanted at the moment of writing is not written: raises Abandoned.
    """
    checksum = _checksum(file, _measures(order))
    if known := _known(order, checksum):
        return Report(order.name, order.source, checksum, known)
    ready = [
        _read(order, table, checksum, on_progress)
        for table in tables(file, order.name, order.recognise(), order.explain)
    ]
    for one in ready:
        tell_lost(one)
    report = Report(order.name, order.source, checksum, [one.report for one in ready])
    if not report.is_refused and not dry_run:
        write_tables(ready, by=by, still_wanted=still_wanted)
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
        if order.vintage in ("", release.vintage) and not lacks_iris(release)
    ]


def _measures(order: Order) -> list[str]:
    """What is read of the files of a producer: one more, and a file is read again."""
    if order.mapping is not None:
        return []
    known = Indicator.objects.filter(source=order.source).order_by("code")
    return [*known.values_list("code", flat=True)]


def _checksum(file: BinaryIO, measures: Iterable[str]) -> str:
    digest = hashlib.sha256(" ".join(measures).encode())
    file.seek(0)
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _read(
    order: Order, table: Table, checksum: str, on_progress: Progress | None
) -> Ready:
    layout = table.layout
    indicators = Indicator.objects.in_bulk([m.indicator for m in layout.measures])
    units = {code: one.unit for code, one in indicators.items()}
    # The euros of a team may be a balance; those that come with us are incomes.
    is_signed = order.mapping is not None
    euros = {code for code, unit in units.items() if unit == Indicator.Unit.EUROS}
    found = gather(
        table,
        units,
        read_names() if layout.codes is not None else NO_NAMES,
        signed=euros if is_signed else (),
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
    report.vintage = vintage_of(order, layout, found, report)
    is_readable = bool(report.vintage) and not found.is_refused
    release = Release(
        source_id=order.source,
        vintage=report.vintage,
        file=_kind_of(layout),
        name=order.name,
        checksum=checksum,
    )
    if not is_readable:
        return Ready(report, release)
    if layout.place is not None:
        iris = iris_of(order, layout, found, report)
        return Ready(report, release, iris=iris, is_part=order.is_part)
    return Ready(report, release, figures_of(order, layout, found, report))


def _left_out(table: Table, found: Gathered) -> LeftOut:
    told = [*found.first_lines, *found.problems]
    lines = {problem.line: problem for problem in told if problem.line}
    return LeftOut(table.columns, lines)


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
