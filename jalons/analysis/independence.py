"""Do two answers vary together? Exact and χ² tests, effect size, several tests.

* χ²: Σ (observed - expected)²/expected, (r - 1)(c - 1) degrees of freedom, without
  continuity correction; used only when every expected count is at least 5
  (W. G. Cochran, 1954, Biometrics 10, 417-451).
* Exact test elsewhere and for every 2 × 2 table: see `jalons.analysis.exact`.
* Weights, or several answers about one EPCI: see `independence_by_design`.
* Cramér's V = √(χ²/(n (min(r, c) - 1))), 0 to 1, not corrected for bias: it
  overstates the link in small tables, so that it is read beside n.
* Several tests: Y. Benjamini and Y. Hochberg (1995, JRSS B 57, 289-300).

Empty rows and columns are left out first. A table with fewer than two rows or columns
left has no test: the answer is None, never zero. A test says whether two answers vary
together, never why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jalons.analysis.exact import SEED, Counts, exact_p, without_empty

TestName = Literal["exact", "chi2", "design"]

SMALL_SAMPLE = 30
"""Under 30 answers a sentence is accompanied by a warning."""
EXPECTED_AT_LEAST = 5
LARGEST_EXACT = 100_000
"""Above this number of answers a 2 × 2 table without small expected count uses χ²."""


@dataclass(frozen=True, slots=True)
class Test:
    """A test of independence.

    `name` is "exact", "chi2" or "design" (`independence_by_design`). `statistic` is χ²
    in all cases, brought to the design in the last. `draws` and
    `p_error` (standard error of p) are filled when the exact test was simulated.
    `n_small` is true under 30 answers.
    """

    __test__ = False  # pytest would take the class for a test of its own

    name: TestName
    statistic: float
    degrees: int
    p_value: float
    cramers_v: float
    n: int
    n_small: bool
    draws: int | None = None
    p_error: float | None = None


def _chi2(stack: Counts) -> tuple[NDArray[np.float64], NDArray[np.int64], Counts]:
    """χ², degrees of freedom and n of each table of a stack (t, r, c)."""
    rows, columns = stack.sum(axis=2), stack.sum(axis=1)
    n = rows.sum(axis=1)
    expected = rows[:, :, None] * columns[:, None, :] / np.maximum(n, 1)[:, None, None]
    gap = (stack - expected) ** 2 / np.where(expected > 0, expected, 1)
    degrees = ((rows > 0).sum(axis=1) - 1) * ((columns > 0).sum(axis=1) - 1)
    return gap.sum(axis=(1, 2)), np.maximum(degrees, 0) * (n > 0), n


def _cramers_v(stack: Counts) -> NDArray[np.float64]:
    """Cramér's V of each table of a stack; NaN where it cannot be computed."""
    statistic, _, n = _chi2(stack)
    rows = (stack.sum(axis=2) > 0).sum(axis=1)
    columns = (stack.sum(axis=1) > 0).sum(axis=1)
    scale = n * (np.minimum(rows, columns) - 1)
    safe = np.where(scale > 0, scale, 1)
    return np.where(scale > 0, np.sqrt(np.minimum(statistic / safe, 1)), np.nan)


def _chi2_p(statistic: ArrayLike, degrees: ArrayLike) -> NDArray[np.float64]:
    # SciPy takes a tenth of a second to import: only pages that test pay for it.
    from scipy.special import chdtrc

    return np.asarray(chdtrc(degrees, statistic), dtype=np.float64)


def independence_of(counts: ArrayLike, *, seed: int = SEED) -> Test | None:
    """Test whether rows and columns vary together; None when nothing can be tested.

    2 × 2 tables and tables with an expected count under 5 get the exact test,
    the others χ².

    >>> test = independence_of([[6, 27], [2, 28]])
    >>> test.name, round(test.p_value, 4), round(test.cramers_v, 3)
    ('exact', 0.2609, 0.173)
    >>> independence_of([[6, 27], [0, 0]]) is None
    True
    """
    table = without_empty(counts)
    if min(table.shape) < 2:
        return None
    statistic, degrees, n = (float(found[0]) for found in _chi2(table[None]))
    exact = exact_p(table, seed=seed) if _needs_exact(table) else None
    return Test(
        name="exact" if exact else "chi2",
        statistic=statistic,
        degrees=int(degrees),
        p_value=exact.p_value if exact else float(_chi2_p(statistic, degrees)),
        cramers_v=float(_cramers_v(table[None])[0]),
        n=int(n),
        n_small=n < SMALL_SAMPLE,
        draws=exact.draws if exact else None,
        p_error=exact.error if exact else None,
    )


def _needs_exact(table: Counts) -> bool:
    n = table.sum()
    smallest = table.sum(axis=1).min() * table.sum(axis=0).min() / n
    if smallest < EXPECTED_AT_LEAST:
        return True
    return table.shape == (2, 2) and bool(n <= LARGEST_EXACT)


@dataclass(frozen=True, slots=True)
class ManyTests:
    """χ² tests of many tables, one value each; NaN where `degrees` is zero.

    `is_valid` says that every expected count is at least 5: elsewhere p is only an
    approximation and `independence_of` gives the exact one.
    """

    statistic: NDArray[np.float64]
    degrees: NDArray[np.int64]
    p_value: NDArray[np.float64]
    cramers_v: NDArray[np.float64]
    n: Counts
    is_valid: NDArray[np.bool_]


def many_independence(tables: Sequence[ArrayLike] | Counts) -> ManyTests:
    """χ² of many tables at once; tables of unlike shapes are padded with zeros.

    >>> found = many_independence([[[10, 20], [20, 10]], [[5, 5, 5], [5, 5, 5]]])
    >>> found.statistic.round(3).tolist(), found.degrees.tolist()
    ([6.667, 0.0], [1, 2])
    """
    stack = tables if isinstance(tables, np.ndarray) else _stacked(tables)
    statistic, degrees, n = _chi2(stack)
    computable = degrees > 0
    rows, columns = stack.sum(axis=2), stack.sum(axis=1)
    smallest = _smallest(rows) * _smallest(columns) / np.maximum(n, 1)
    p = _chi2_p(statistic, np.maximum(degrees, 1))
    return ManyTests(
        statistic=np.where(computable, statistic, np.nan),
        degrees=degrees,
        p_value=np.where(computable, p, np.nan),
        cramers_v=_cramers_v(stack),
        n=n,
        is_valid=computable & (smallest >= EXPECTED_AT_LEAST),
    )


def _smallest(margins: Counts) -> Counts:
    """Smallest margin of each table, empty rows and columns left out."""
    found: Counts = np.where(margins > 0, margins, margins.max(initial=0)).min(axis=1)
    return found


def _stacked(tables: Sequence[ArrayLike]) -> Counts:
    arrays = [np.asarray(table, dtype=np.int64) for table in tables]
    height = max((array.shape[0] for array in arrays), default=1)
    width = max((array.shape[1] for array in arrays), default=1)
    stack = np.zeros((len(arrays), height, width), dtype=np.int64)
    for place, array in zip(stack, arrays, strict=True):
        place[: array.shape[0], : array.shape[1]] = array
    return stack


def cramers_v_interval(
    counts: ArrayLike, *, seed: int, draws: int = 2_000
) -> tuple[float, float] | None:
    """95 % percentile interval of Cramér's V, the answers being drawn again.

    V cannot be negative, so that its low bound stays above zero even when nothing
    links the two answers: the interval tells how wide, not whether.
    """
    table = without_empty(counts)
    if min(table.shape) < 2:
        return None
    n = int(table.sum())
    drawn = np.random.default_rng(seed).multinomial(n, table.ravel() / n, draws)
    values = _cramers_v(drawn.reshape(draws, *table.shape))
    low, high = np.nanquantile(values, [0.025, 0.975])
    return float(low), float(high)


def benjamini_hochberg(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """p-values adjusted for the number of tests; None (no test) stays None.

    The i-th smallest of m becomes the least of m p_j / j over j ≥ i, at most 1.

    >>> benjamini_hochberg([0.01, None, 0.04, 0.03])
    (0.03, None, 0.04, 0.04)
    """
    known = sorted((p, at) for at, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    least = 1.0
    for rank, (p, at) in reversed(list(enumerate(known, start=1))):
        least = min(least, p * len(known) / rank)
        adjusted[at] = least
    return tuple(adjusted)
