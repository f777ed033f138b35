"""Do two answers vary together, when people are weighted or share an EPCI?

Two people of one EPCI are worth less than two of two EPCI, and a person of weight 3
counts for three who would be alike: χ² would take both for independent, and see links
that chance makes.

* Gap of a cell: r = p - p_row p_column, of weighted shares.
* X = Σ r²/(p_row p_column): χ² over n when there are neither weights nor EPCI shared.
* What each person brings to the gaps, were there no link, w/W (in row - p_row)
  (in column - p_column), is summed by EPCI: z. The gaps vary as V = m/(m - 1) Σ z zᵀ,
  m EPCI (linearisation).
* With λ the eigenvalues of V, once each cell is divided by √(p_row p_column), X is a
  sum of χ² of one degree multiplied by λ. X/Σλ follows F with k = (Σλ)²/Σλ² and
  k (m - 1) degrees of freedom: J. N. K. Rao, A. J. Scott, 1984, Annals of Statistics
  12, 46-60, second order; F of D. R. Thomas, J. N. K. Rao, 1987, JASA 82, 630-636.

Where nothing is linked, it finds a link at 5 % in 1 to 7 samples of 100, from twelve
EPCI on, where χ² finds one in 10 to 21 (tests/analysis/test_independence_by_design.py).
With weights, a row under `SMALLEST_ROW` people does not tell how much it varies: no
test.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.independence import SMALL_SAMPLE, Test

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]

SMALLEST_ROW = 20
"""With 10 people in a row of another weight, one test in ten is wrong, with 20 one in
seventeen."""


def independence_by_design(
    rows: Mask,
    columns: Mask,
    clusters: NDArray[np.integer],
    weights: Numbers | None = None,
) -> Test | None:
    """Test of rows by columns, masks of shape (categories, respondents), each in one
    row and one column at most; None when nothing can be tested.

    >>> rows = np.repeat([[True, False], [False, True]], 20, axis=1)
    >>> columns = np.stack([yes := np.arange(40) % 4 < 1 + 2 * rows[0], ~yes])
    >>> found = independence_by_design(rows, columns, np.arange(40))
    >>> round(found.cramers_v, 2), round(found.p_value, 4)
    (0.5, 0.0034)
    >>> by_two = independence_by_design(rows, columns, np.arange(40) // 2)
    >>> by_two.p_value > found.p_value
    True
    """
    inside = rows.any(axis=0) & columns.any(axis=0)
    in_rows, in_columns = _met(rows[:, inside]), _met(columns[:, inside])
    if min(len(in_rows), len(in_columns)) < 2:
        return None
    if weights is not None and in_rows.sum(axis=1).min() < SMALLEST_ROW:
        return None
    given = np.ones(int(inside.sum())) if weights is None else weights[inside]
    given = given / given.sum()
    of_row, of_column = in_rows @ given, in_columns @ given
    expected = np.outer(of_row, of_column)
    gaps = (in_rows * given) @ in_columns.T - expected
    brought = _brought(in_rows, in_columns, given, clusters[inside])
    spread = _spread(brought / np.sqrt(expected.ravel()))
    total = float(np.trace(spread))
    if len(brought) < 2 or total <= 0:
        return None
    found = float((gaps**2 / expected).sum())
    degrees = (len(in_rows) - 1) * (len(in_columns) - 1)
    k = total**2 / float((spread**2).sum())
    return Test(
        name="design",
        statistic=found / total * degrees,
        degrees=degrees,
        p_value=_f_p(found / total, k, k * (len(brought) - 1)),
        cramers_v=float(np.sqrt(min(found / (min(expected.shape) - 1), 1))),
        n=int(inside.sum()),
        n_small=degrees / total < SMALL_SAMPLE,
    )


def _met(masks: Mask) -> Mask:
    """Categories that somebody has."""
    return masks[masks.any(axis=1)]


def _brought(
    rows: Mask, columns: Mask, shares: Numbers, clusters: NDArray[np.integer]
) -> Numbers:
    """What each EPCI brings to the gap of each cell: EPCI × cells."""
    away_of_row = rows - (rows @ shares)[:, None]
    away_of_column = columns - (columns @ shares)[:, None]
    each = shares * away_of_row[:, None] * away_of_column[None]
    _met, numbers = np.unique(clusters, return_inverse=True)
    found = np.zeros((numbers.max() + 1, rows.shape[0] * columns.shape[0]))
    np.add.at(found, numbers, each.reshape(-1, each.shape[-1]).T)
    return found


def _spread(brought: Numbers) -> Numbers:
    """V: how the gaps vary from one sample of EPCI to another."""
    m = len(brought)
    found: Numbers = brought.T @ brought * (m / max(m - 1, 1))
    return found


def _f_p(ratio: float, above: float, below: float) -> float:
    from scipy.special import fdtrc

    return float(fdtrc(above, below, ratio))
