"""The exact test of a table of counts, margins held fixed.

The p-value adds up the probability of every table with the same margins that is no
more probable than the one observed: R. A. Fisher (1935, The Design of Experiments)
for 2 × 2, G. H. Freeman and J. H. Halton (1951, Biometrika 38, 141-149) for r × c.
The weight of a table is Π 1/n_ij!, its probability that weight over the sum of all.

Tables are enumerated when there are at most `MOST_TABLES`. Beyond, random tables with
the same margins are drawn with a fixed seed and p = (1 + as rare)/(1 + drawn)
(B. Phipson and G. K. Smyth, 2010, Stat. Appl. Genet. Mol. Biol. 9, article 39): the
number drawn and the standard error of p are part of the result.

Not for weighted answers, nor for margins that the survey fixed on one side only when
another test is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, prod, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]

MOST_TABLES = 200_000
"""Tables enumerated at most: a few hundredths of a second."""
DRAWN_TABLES = 20_000
"""Tables drawn otherwise: p = 0.05 is then known to ± 0.0015."""
SEED = 1951
TIE = 1e-7
"""Two tables whose probabilities differ by less than this ratio are as probable."""


@dataclass(frozen=True, slots=True)
class ExactP:
    """A p-value; `draws` and `error` (its standard error) only when simulated."""

    p_value: float
    draws: int | None = None
    error: float | None = None


def without_empty(counts: ArrayLike) -> Counts:
    """The table without its empty rows and columns."""
    found: Counts = np.asarray(counts, dtype=np.int64)
    full: Counts = found[found.sum(axis=1) > 0][:, found.sum(axis=0) > 0]
    return full


def exact_p(counts: ArrayLike, *, seed: int = SEED) -> ExactP:
    """Exact p-value of a table of at least one answer.

    >>> round(exact_p([[6, 27], [2, 28]]).p_value, 4)
    0.2609
    """
    table = without_empty(counts)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    logs = np.log(np.arange(1, rows.sum() + 1))
    log_factorial = np.concatenate([[0.0], np.cumsum(logs)])
    observed = -log_factorial[table].sum()
    weights = _all_tables(rows, columns, log_factorial)
    if weights is not None:
        chance = np.exp(weights - weights.max())
        rare = chance[weights <= observed + TIE].sum()
        return ExactP(float(rare / chance.sum()))
    weights = _drawn_tables(rows, columns, log_factorial, seed)
    p = float((1 + (weights <= observed + TIE).sum()) / (1 + DRAWN_TABLES))
    return ExactP(p, DRAWN_TABLES, sqrt(p * (1 - p) / DRAWN_TABLES))


def _all_tables(
    rows: Counts, columns: Counts, log_factorial: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Log weight, - Σ log n_ij!, of every table with these margins.

    All partly filled tables advance together, one cell at a time; `left` is what
    remains to place in each column. None when there are more than `MOST_TABLES`.
    """
    left, weights = columns[None, :].copy(), np.zeros(1)
    for row in rows[:-1]:
        to_place = np.full(len(left), row)
        for j in range(len(columns) - 1):
            least = np.maximum(0, to_place - left[:, j + 1 :].sum(axis=1))
            choices = np.minimum(to_place, left[:, j]) - least + 1
            if choices.sum() > MOST_TABLES:
                return None
            parent = np.repeat(np.arange(len(left)), choices)
            first = np.repeat(np.cumsum(choices) - choices, choices)
            value = np.arange(len(parent)) - first + least[parent]
            left, to_place = left[parent], to_place[parent] - value
            left[:, j] -= value
            weights = weights[parent] - log_factorial[value]
        left[:, -1] -= to_place
        weights = weights - log_factorial[to_place]
    found: NDArray[np.float64] = weights - log_factorial[left].sum(axis=1)
    return found


def _drawn_tables(
    rows: Counts, columns: Counts, log_factorial: NDArray[np.float64], seed: int
) -> NDArray[np.float64]:
    """Log weights of `DRAWN_TABLES` random tables with these margins."""
    rng = np.random.default_rng(seed)
    left, weights = np.tile(columns, (DRAWN_TABLES, 1)), np.zeros(DRAWN_TABLES)
    for row in rows[:-1]:
        to_place = np.full(DRAWN_TABLES, row)
        for j in range(len(columns) - 1):
            others = left[:, j + 1 :].sum(axis=1)
            value = rng.hypergeometric(left[:, j], others, to_place)
            left[:, j] -= value
            to_place = to_place - value
            weights -= log_factorial[value]
        left[:, -1] -= to_place
        weights -= log_factorial[to_place]
    found: NDArray[np.float64] = weights - log_factorial[left].sum(axis=1)
    return found


def exact_p_plain(counts: ArrayLike) -> Fraction:
    """The exact p-value in whole numbers, table by table: the readable reference.

    The weight of a table is the number of ways to fill it, a product of multinomial
    coefficients, so that ties are exact. Slow: for tables of a few dozen answers.

    >>> round(float(exact_p_plain([[6, 27], [2, 28]])), 4)
    0.2609
    """
    table = without_empty(counts).tolist()
    columns = [sum(column) for column in zip(*table, strict=True)]
    observed = _ways(table)
    weights = [_ways(one) for one in _tables([sum(row) for row in table], columns)]
    return Fraction(sum(w for w in weights if w <= observed), sum(weights))


def _ways(table: Sequence[Sequence[int]]) -> int:
    return prod(
        factorial(sum(row)) // prod(factorial(cell) for cell in row) for row in table
    )


def _tables(rows: list[int], columns: list[int]) -> Iterator[list[list[int]]]:
    if len(rows) == 1:
        yield [columns]
        return
    for first in _fillings(rows[0], columns):
        left = [total - cell for total, cell in zip(columns, first, strict=True)]
        for others in _tables(rows[1:], left):
            yield [first, *others]


def _fillings(row: int, limits: list[int]) -> Iterator[list[int]]:
    if len(limits) == 1:
        if row <= limits[0]:
            yield [row]
        return
    for cell in range(min(row, limits[0]) + 1):
        for others in _fillings(row - cell, limits[1:]):
            yield [cell, *others]
