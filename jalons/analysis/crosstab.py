"""Crossing two variables: counts, shares of each row, and what they allow to say.

A crossing counts units (territories or respondents) by row and by column. Units
without a row or a column are not hidden in a zero: they are counted apart, so that
the margins plus what was left out always equal the number of units.

`compare` weighs one column in two rows ("share of little advanced, most against least
vulnerable") and says whether the numbers allow a conclusion. It never says why: two
variables that vary together may both follow a third one (`empty_combinations`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from jalons.analysis.exact import SEED, Counts
from jalons.analysis.independence import (
    SMALL_SAMPLE,
    Test,
    benjamini_hochberg,
    cramers_v_interval,
    independence_of,
)
from jalons.analysis.intervals import Interval, Share, share, wilson

__all__ = [
    "Finding",
    "Interval",
    "RowShares",
    "Share",
    "Table",
    "Test",
    "adjusted",
    "benjamini_hochberg",
    "compare",
    "cramers_v_interval",
    "crosstab",
    "empty_combinations",
    "independence",
    "row_lines",
    "wilson",
]

ALPHA = 0.05
"""Usual level of the field; a finding carries its p-value for other readers."""

Kind = Literal["not_computable", "counted", "no_conclusion", "difference"]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by row and column; `counts` has shape (rows, columns).

    `without_row` and `without_column` count the units left out because they have no
    category there; a unit that lacks both is counted in `without_row` only.
    """

    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    counts: Counts
    without_row: int = 0
    without_column: int = 0

    @property
    def n(self) -> int:
        """Units placed in the table."""
        return int(self.counts.sum())

    @property
    def left_out(self) -> int:
        """Units that the table could not place."""
        return self.without_row + self.without_column


def crosstab(
    rows: Sequence[str | None],
    columns: Sequence[str | None],
    row_order: Sequence[str],
    column_order: Sequence[str],
) -> Table:
    """Count the units by row and column; None is "not known", an unknown code fails.

    >>> table = crosstab(["a", "b", None], ["x", "x", "y"], ["a", "b"], ["x", "y"])
    >>> table.counts.tolist(), table.without_row
    ([[1, 0], [1, 0]], 1)
    """
    at_row = _positions(rows, row_order)
    at_column = _positions(columns, column_order)
    if len(at_row) != len(at_column):
        raise ValueError(f"{len(at_row)} rows for {len(at_column)} columns")
    placed = (at_row >= 0) & (at_column >= 0)
    cells = at_row[placed] * len(column_order) + at_column[placed]
    counts = np.bincount(cells, minlength=len(row_order) * len(column_order))
    return Table(
        tuple(row_order),
        tuple(column_order),
        counts.reshape(len(row_order), len(column_order)).astype(np.int64),
        without_row=int((at_row < 0).sum()),
        without_column=int(((at_row >= 0) & (at_column < 0)).sum()),
    )


def _positions(values: Sequence[str | None], order: Sequence[str]) -> Counts:
    where: dict[str | None, int] = {label: at for at, label in enumerate(order)}
    where[None] = -1
    unknown = set(values) - where.keys()
    if unknown:
        raise ValueError(f"not among {list(order)}: {sorted(map(str, unknown))}")
    return np.array([where[value] for value in values], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class RowShares:
    """One row of a table: its number of units and the share of each column."""

    label: str
    n: int
    shares: tuple[Share, ...]


def row_lines(
    table: Table, populations: Sequence[int] | None = None
) -> tuple[RowShares, ...]:
    """Each row with n, shares and Wilson intervals, ready to be read.

    `populations` gives, row by row, the number of units that could have answered.

    >>> line = row_lines(Table(("a",), ("x", "y"), np.array([[1, 3]])), [4])[0]
    >>> line.n, line.shares[0]
    (4, Share(count=1, n=4, share=0.25, interval=Interval(low=0.25, high=0.25)))
    """
    sizes: Sequence[int | None] = populations or [None] * len(table.row_labels)
    lines = []
    for label, row, size in zip(table.row_labels, table.counts, sizes, strict=True):
        n = int(row.sum())
        shares = tuple(share(int(count), n, size) for count in row)
        lines.append(RowShares(label, n, shares))
    return tuple(lines)


def independence(table: Table, *, seed: int = SEED) -> Test | None:
    """Test whether rows and columns vary together; None when nothing can be tested."""
    return independence_of(table.counts, seed=seed)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the numbers allow to say of one column in two rows.

    `kind`: "not_computable" (a row is empty, or the column holds nobody or everybody),
    "counted" (every unit of both rows answered: nothing is drawn, nothing is tested),
    "no_conclusion", or "difference". `p_value` compares the two rows on that column
    (exact test); `p_adjusted` accounts for the number of `comparisons` examined
    together. `effect` is Cramér's V of the two rows, |φ|. `n_small` is true when
    one of the two rows has fewer than 30 units.
    """

    kind: Kind
    column: str
    first_row: str
    last_row: str
    first: Share
    last: Share
    p_value: float | None
    p_adjusted: float | None
    effect: float | None
    n: int
    n_small: bool
    comparisons: int = 1

    @property
    def first_is_higher(self) -> bool:
        """Whether the column weighs more in the first row than in the last."""
        return (self.first.share or 0) > (self.last.share or 0)


def compare(
    table: Table,
    alpha: float = ALPHA,
    *,
    column: int = 0,
    first: int = 0,
    last: int = -1,
    populations: Sequence[int] | None = None,
) -> Finding:
    """Compare the share of one column in two rows, by default the outermost ones.

    >>> counts = np.array([[6, 27], [2, 28], [2, 28]])
    >>> table = Table(("high", "middle", "low"), ("early", "other"), counts)
    >>> finding = compare(table)
    >>> finding.kind, round(finding.p_value, 2)
    ('no_conclusion', 0.26)
    """
    lines = row_lines(table, populations)
    pair = [lines[first].shares[column], lines[last].shares[column]]
    test = independence_of([[one.count, one.n - one.count] for one in pair])
    is_counted = (
        bool(test)
        and populations is not None
        and all(lines[at].n == populations[at] for at in (first, last))
    )
    p = test.p_value if test and not is_counted else None
    return Finding(
        kind="counted" if is_counted else _kind(p, alpha),
        column=table.column_labels[column],
        first_row=lines[first].label,
        last_row=lines[last].label,
        first=pair[0],
        last=pair[1],
        p_value=p,
        p_adjusted=p,
        effect=test.cramers_v if test else None,
        n=table.n,
        n_small=min(one.n for one in pair) < SMALL_SAMPLE,
    )


def _kind(p: float | None, alpha: float) -> Kind:
    if p is None:
        return "not_computable"
    return "difference" if p < alpha else "no_conclusion"


def adjusted(
    findings: Sequence[Finding],
    alpha: float = ALPHA,
    beside: Sequence[float | None] = (),
) -> tuple[Finding, ...]:
    """The same findings, judged together: p adjusted for their number.

    `beside` are the p of other tests that are read with them, and of one family.
    """
    raw = [*(finding.p_value for finding in findings), *beside]
    p_values = benjamini_hochberg(raw)
    tested = sum(p is not None for p in p_values)
    return tuple(
        replace(
            finding,
            kind="counted" if finding.kind == "counted" else _kind(p, alpha),
            p_adjusted=p,
            comparisons=tested,
        )
        for finding, p in zip(findings, p_values, strict=False)
    )


def empty_combinations(table: Table) -> tuple[tuple[str, str], ...]:
    """Row and column labels that exist separately and never together."""
    rows, columns = table.counts.sum(axis=1) > 0, table.counts.sum(axis=0) > 0
    empty = (table.counts == 0) & rows[:, None] & columns[None, :]
    return tuple(
        (table.row_labels[i], table.column_labels[j]) for i, j in np.argwhere(empty)
    )
