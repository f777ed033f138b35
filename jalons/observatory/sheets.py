"""A table as it is read and as it is downloaded: one object for page, PDF and CSV.

A cell carries its text, its raw values for the CSV, and sometimes a small drawing
that repeats the number. The three outputs cannot disagree: they read the same cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.drawing import charts
from jalons.drawing.skins import PAGE, Skin
from jalons.observatory.answer_results import Count, is_too_small
from jalons.observatory.words import interval, number, percent, secret, too_small

Drawing = Callable[[Skin], SafeString]
Raw = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A title, and the names of the CSV columns it becomes (none for a drawing)."""

    title: str
    names: tuple[str, ...]
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What is read, what is downloaded, and what is drawn beside it."""

    text: str
    raw: tuple[Raw, ...] = ()
    drawing: Drawing | None = None

    @property
    def picture(self) -> SafeString | str:
        """The drawing in the page's skin."""
        return self.drawing(PAGE) if self.drawing else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; its first cell names it."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its caption and its unit; `code` names its file, `source` is told
    where the table goes alone."""

    code: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    source: str = ""

    @property
    def header(self) -> list[str]:
        """The CSV's."""
        return [name for column in self.columns for name in column.names]

    def records(self) -> Iterator[Sequence[Raw]]:
        """The CSV's lines."""
        for row in self.rows:
            yield [value for cell in row.cells for value in cell.raw]

    @property
    def body(self) -> list[tuple[Cell, list[tuple[Column, Cell]]]]:
        """Each row: the cell that names it, then the others beside their columns."""
        return [
            (row.cells[0], list(zip(self.columns[1:], row.cells[1:], strict=True)))
            for row in self.rows
        ]


def name_column(title: str) -> Column:
    return Column(title, (title,))


def count_column(title: str) -> Column:
    return Column(title, (title,), is_number=True)


def share_columns() -> tuple[Column, ...]:
    """Count of n, share, and the interval with its drawing."""
    return (
        Column(_("Count"), (_("count"), _("n")), is_number=True),
        Column(_("Share"), (_("share (%)"),), is_number=True),
        Column(_("95% interval"), (_("low bound (%)"), _("high bound (%)")), True),
    )


def name(text: str) -> Cell:
    return Cell(text, (text,))


def count(value: int | None) -> Cell:
    """A count; None is secret."""
    if value is None:
        return Cell(secret(), (secret(),))
    return Cell(number(value), (value,))


def optional(value: float | None) -> Cell:
    """A number that may be missing, which is neither zero nor secret."""
    return Cell(number(value), (value,))


def share_cells(found: Count, *, top: float = 1.0) -> tuple[Cell, ...]:
    """The cells of `share_columns`."""
    if found.is_secret:
        hidden = Cell(secret(), (secret(),))
        return Cell(secret(), (secret(), found.n)), hidden, Cell("", (None, None))
    of = {"count": number(found.count), "n": number(found.n)}
    counts = Cell(_("%(count)s of %(n)s") % of, (found.count, found.n))
    if found.is_too_small:
        return counts, _too_small(), Cell("", (None, None))
    between = found.interval
    return (
        counts,
        Cell(percent(found.share), (_points(found.share),)),
        Cell(
            interval(between),
            (_points(between.low), _points(between.high)) if between else (None, None),
            _whisker(found, top),
        ),
    )


def share_of(part: int | None, whole: int) -> Cell:
    """A share without interval: nothing is estimated."""
    if part is None:
        return Cell(secret(), (secret(),))
    if is_too_small(whole):
        return _too_small()
    share = part / whole if whole else None
    return Cell(percent(share), (_points(share),))


def _too_small() -> Cell:
    return Cell(too_small(), (too_small(),))


def bar_column() -> Column:
    names = (_("share (%)"), _("low bound (%)"), _("high bound (%)"))
    return Column(_("Share and 95% interval"), names, is_number=True)


def with_bar(found: Count, fill: str) -> Cell:
    """The share, its interval, and a bar in the colour of its class."""
    share, between = found.share, found.interval
    if found.is_secret:
        return Cell(secret(), (secret(), None, None))
    if found.is_too_small:
        return Cell(too_small(), (too_small(), None, None))
    if share is None or between is None:
        return Cell(percent(share), (_points(share), None, None))
    of = {"share": percent(share), "interval": interval(between)}
    return Cell(
        _("%(share)s (%(interval)s)") % of,
        (_points(share), _points(between.low), _points(between.high)),
        lambda skin: charts.share_bar(share, skin, fill=fill),
    )


def _points(share: float | None) -> float | None:
    """A share in percent, to one decimal."""
    return None if share is None else round(share * 100, 1)


def _whisker(found: Count, top: float) -> Drawing | None:
    share, between = found.share, found.interval
    if share is None or between is None:
        return None
    drawn = charts.Interval(share, between.low, between.high)
    return lambda skin: charts.whisker(drawn, skin, top=top)


def base_cell(n: int | None) -> Cell:
    """The base of a row, and whether its shares are left unwritten."""
    if not is_too_small(n):
        return count(n)
    of = {"n": number(n), "words": too_small()}
    return Cell(_("%(n)s (%(words)s)") % of, (n,))


def share_and_count(found: Count) -> Cell:
    """The share with its count; the count alone when the base is too small."""
    if found.is_secret:
        return Cell(secret(), (secret(), secret()))
    if found.is_too_small:
        return Cell(number(found.count), (found.count, too_small()))
    share = found.share
    text = _("%(share)s (%(count)s)") % {
        "share": percent(share),
        "count": number(found.count),
    }
    points = None if share is None else round(share * 100, 1)
    return Cell(text if found.n else "–", (found.count, points))


def common_top(counts: Iterable[Count]) -> float:
    """One scale for all the intervals of a table, so that they compare."""
    shown = [one for one in counts if not (one.is_secret or one.is_too_small)]
    highs = [one.interval.high for one in shown if one.interval]
    return max(highs, default=1.0) or 1.0
