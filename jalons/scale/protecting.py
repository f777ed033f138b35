"""Tables that may leave: small counts hidden, and what would tell them by subtraction.

All the tables are protected together by `analysis.secrecy`. Boxes to tick overlap: each
is a table of its own, ticked or not. When no choice of cells protects them all, the
context with most values is left out, and said, and the others are tried again. Sums of
weights never leave: nothing says how many people stand behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jalons.analysis.grid import Single
from jalons.analysis.hiding import MISSING, UNASKED, Unprotectable
from jalons.analysis.secrecy import Coordinates, Published, Tally, protect, tally
from jalons.scale.points import Form
from jalons.scale.tables import CLASS, EVERYBODY, CrossTable

TICKED, NOT_TICKED = "ticked", "not ticked"


@dataclass(frozen=True, slots=True)
class Protected:
    """What may leave, and the contexts whose tables may not."""

    tables: tuple[Published, ...]
    left_out: tuple[str, ...] = ()

    @property
    def hidden(self) -> int:
        cells = (cell for one in self.tables for cell in one.cells.values())
        return sum(cell.count is None for cell in cells)


def protected(form: Form, found: Sequence[CrossTable], threshold: int) -> Protected:
    """The tables as they may leave, for persons counted under `threshold` hidden."""
    left_out: list[str] = []
    kept = list(found)
    while kept:
        try:
            tallies = [each for one in kept for each in _tallies(form, one)]
            return Protected(protect(tallies, threshold), tuple(left_out))
        except Unprotectable:
            widest = max(kept, key=lambda one: len(one.values)).context
            left_out.append(widest)
            kept = [one for one in kept if one.context != widest]
    return Protected((), tuple(left_out))


def _tallies(form: Form, table: CrossTable) -> Iterator[Tally]:
    item = form.grid.item(table.variable)
    if table.variable == CLASS or (item and isinstance(item.rule, Single)):
        yield _tally(table, table.variable, dict(enumerate(table.categories)))
        return
    silent = [i for i, c in enumerate(table.categories) if c in (MISSING, UNASKED)]
    for row, option in enumerate(table.categories):
        if row not in silent:
            names = {at: table.categories[at] for at in silent} | {row: TICKED}
            yield _tally(table, f"{table.variable}={option}", names, row)


def _tally(
    table: CrossTable, name: str, rows: dict[int, str], box: int | None = None
) -> Tally:
    counts: dict[Coordinates, int] = {
        (label, value): int(table.counts[row, column])
        for row, label in rows.items()
        for column, value in enumerate(table.values)
    }
    if box is not None:
        for column, value in enumerate(table.values):
            others = table.answered[column] - table.counts[box, column]
            counts[NOT_TICKED, value] = int(others)
    if table.context == EVERYBODY:
        return tally([name], {(at[0],): n for at, n in counts.items()})
    return tally([name, table.context], counts)
