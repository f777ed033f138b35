"""Weights that make respondents resemble a population on known margins (raking).

Each respondent k starts with a weight d_k, 1 unless a design gave another (the inverse
of a chance to be drawn, corrected or not for those who did not answer). In turn, for
each variable, weights are multiplied so that the share of each category is the known
one; turns are repeated until every share holds: iterative proportional fitting,
W. E. Deming and F. F. Stephan (1940, Annals of Mathematical Statistics 11, 427-444); as
calibration, J.-C. Deville, C.-E. Särndal and O. Sautory (1993, JASA 88, 1013-1020).
Thus w_k = d_k × Π_v g_v(k), one factor g for each category of each variable v: among
all weights with these margins, the nearest to the d_k in the sense of Σ w ln(w / d).
The mean weight is 1; starting weights multiplied by a constant change nothing.

Trimming keeps weights within `TRIM` times the mean and rakes again, so that no single
respondent speaks for dozens; margins then hold only nearly, and the gap is told.

Effective size: (Σ w)² / Σ w² (L. Kish, 1965, Survey Sampling, § 11.7): the number of
respondents of equal weight that would be as precise.

Not valid to correct who chose to answer on anything else than the margins used, nor
when a category of the population has no respondent: no weight makes somebody exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.fast import compiled
from jalons.analysis.packing import shares_of
from jalons.analysis.ranking import in_threads

Weights = NDArray[np.float64]
Positions = NDArray[np.integer]

TOLERANCE = 1e-6
"""Largest gap left between a share and its target: a ten-thousandth of a percent."""
MOST_TURNS = 500
"""Margins that agree settle in a few dozen turns; those that do not never settle."""
TRIM = (0.2, 5.0)
"""Least and greatest weight once trimmed, in mean weights: the usage of surveys."""
MOST_CUTS = 20
"""Times weights are cut and raked again before what is left is told."""
SUM_TOLERANCE = 0.005
"""Targets typed by hand, rounded to the tenth of a percent, may miss 1 by this much."""

MOST_CELLS = 2**16
"""Cells numbered on two bytes."""

ProblemKind = Literal["nobody", "unexpected", "sum", "negative", "empty"]


@dataclass(frozen=True, slots=True)
class Margin:
    """A variable: the category of each respondent (-1: unknown) and known shares."""

    name: str
    labels: tuple[str, ...]
    positions: Positions
    targets: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why no weights can reach the margins.

    "nobody": a category of the population that no respondent is in; "unexpected":
    respondents in a category whose target is zero; "sum": targets that do not add up to
    one; "negative": a negative target; "empty": nobody has every variable known.
    """

    kind: ProblemKind
    margin: str
    label: str = ""
    value: float = 0


@dataclass(frozen=True, slots=True)
class Raking:
    """The weights found; those of respondents left out are zero.

    `gap` is the largest difference left between a share and its target. `left_out`
    counts respondents for whom a variable is not known. `is_reachable`: weights without
    bounds hold every margin; otherwise the margins contradict each other.
    """

    weights: Weights
    converged: bool
    turns: int
    gap: float
    effective_n: float
    left_out: int
    trimmed: int = 0
    problems: tuple[Problem, ...] = ()
    is_reachable: bool = True

    @property
    def is_possible(self) -> bool:
        return not self.problems


def effective_size(weights: Weights, sizes: Weights | float = 1.0) -> float:
    """Kish's effective number of respondents; `sizes` of them have each weight.

    >>> round(effective_size(np.array([1.0, 1.0, 2.0])), 3)
    2.667
    >>> round(effective_size(np.array([1.0, 2.0]), np.array([2.0, 1.0])), 3)
    2.667
    """
    squares = float((sizes * weights**2).sum())
    return float((sizes * weights).sum()) ** 2 / squares if squares else 0.0


def rake(
    margins: Sequence[Margin],
    *,
    start: Weights | None = None,
    is_trimmed: bool = False,
) -> Raking:
    """Weights by which the respondents have the known shares on every margin.

    `start` gives the weight each respondent starts with; whoever has none, or zero, is
    left out. Trimming bounds the weights found, not those that one starts with.

    >>> sex = Margin("sex", ("f", "m"), np.array([0, 0, 0, 1]), (0.5, 0.5))
    >>> found = rake([sex])
    >>> found.weights.round(3).tolist(), round(found.effective_n, 2)
    ([0.667, 0.667, 0.667, 2.0], 3.0)
    >>> rake([sex], start=np.array([1.0, 2.0, 1.0, 4.0])).weights.tolist()
    [0.5, 1.0, 0.5, 2.0]
    """
    cells = (start is None and _cells_in_c(margins)) or _cells(margins, start)
    problems = _problems(margins, cells)
    left_out = cells.asked - int(cells.sizes.sum())
    if problems:
        nothing = np.zeros(cells.asked)
        return Raking(nothing, False, 0, 1.0, 0.0, left_out, 0, problems, False)
    targets = [np.array(m.targets) / sum(m.targets) for m in margins]
    weights, turns = _settle(cells, targets, cells.start)
    is_reachable = _gap(cells, targets, weights) <= TOLERANCE
    trimmed = 0
    if is_trimmed:
        weights, turns, trimmed = _trimmed(cells, targets, weights, turns)
    gap = _gap(cells, targets, weights)
    return Raking(
        cells.spread(weights),
        gap <= TOLERANCE,
        turns,
        gap,
        effective_size(weights, cells.sizes),
        left_out,
        trimmed,
        is_reachable=is_reachable,
    )


@dataclass(frozen=True, slots=True)
class _Cells:
    """Respondents alike on every margin, who start alike, weigh alike: one cell.

    `asked` counts all the respondents, `of_each` gives the number of the cell of those
    `known` (None: all are), `numbers` that of each cell; `sizes` counts them in each,
    `start` is the weight they start with, `placed` the category on each margin.
    """

    asked: int
    known: NDArray[np.bool_] | None
    of_each: NDArray[np.integer]
    numbers: NDArray[np.intp]
    sizes: Weights
    start: Weights
    placed: tuple[NDArray[np.intp], ...]

    def spread(self, weights: Weights) -> Weights:
        """The weight of each respondent; zero for those left out."""
        table = np.zeros(int(self.numbers.max(initial=-1)) + 1)
        table[self.numbers] = weights
        loop = compiled("spread_weights", self.asked)
        if loop is None or self.known is not None:
            every = np.zeros(self.asked)
            every[slice(None) if self.known is None else self.known] = table[
                self.of_each
            ]
            return every
        every = np.empty(self.asked)

        def give(part: slice) -> None:
            loop(self.of_each, part.start, part.stop, table, every)

        in_threads(give, shares_of(self.asked))
        return every


def _cells(margins: Sequence[Margin], start: Weights | None) -> _Cells:
    known = np.all([margin.positions >= 0 for margin in margins], axis=0)
    if start is not None:
        known &= np.nan_to_num(start) > 0
    shape = [len(margin.labels) for margin in margins]
    places = [margin.positions[known].astype(np.intp) for margin in margins]
    levels = np.ones(1)
    if start is not None and known.any():
        levels, at = np.unique(start[known], return_inverse=True)
        shape.append(len(levels))
        places.append(at.astype(np.intp))
    codes, of_each, sizes = _numbered(np.ravel_multi_index(places, shape), prod(shape))
    placed = np.unravel_index(codes, shape)
    level = placed[-1] if len(shape) > len(margins) else np.zeros_like(codes)
    first = levels[level].astype(np.float64)
    of_margins = placed[: len(margins)]
    numbers = sizes.astype(np.float64)
    return _Cells(
        len(known), known, of_each, np.arange(len(codes)), numbers, first, of_margins
    )


def _cells_in_c(margins: Sequence[Margin]) -> _Cells | None:
    """The same for many respondents, all known, in few cells; None otherwise."""
    shape = [len(margin.labels) for margin in margins]
    rows = [margin.positions for margin in margins]
    n = len(rows[0]) if rows else 0
    loop = compiled("number_cells", n)
    are_small = all(r.dtype == np.int8 and r.flags.c_contiguous for r in rows)
    are_as_long = all(len(row) == n for row in rows)
    if loop is None or not (are_small and are_as_long) or prod(shape) > MOST_CELLS:
        return None
    if not all(_are_within(*pair) for pair in zip(rows, shape, strict=True)):
        return None
    addresses = np.array([row.ctypes.data for row in rows], dtype=np.int64)
    sizes, shares = np.array(shape, dtype=np.int64), shares_of(n)
    cells = np.empty(n, dtype=np.uint16)
    counts = np.zeros((len(shares), prod(shape)), dtype=np.uint32)

    def number(share: slice) -> None:
        part, mine = shares[share.start], counts[share.start]
        loop(addresses, sizes, len(rows), part.start, part.stop, cells, mine)

    in_threads(number, [slice(at, at + 1) for at in range(len(shares))])
    every = counts.sum(axis=0)
    met = every.nonzero()[0]
    placed = np.unravel_index(met, shape)
    return _Cells(
        n, None, cells, met, every[met].astype(np.float64), np.ones(len(met)), placed
    )


def _are_within(positions: Positions, size: int) -> bool:
    return bool(positions.min() >= 0 and positions.max() < size)


def _numbered(
    codes: NDArray[np.intp], room: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Codes that occur, the rank of each one's among them, how many have each.

    Counted when the codes there could be are fewer than respondents, else sorted.
    """
    if room > len(codes):
        return np.unique(codes, return_inverse=True, return_counts=True)
    counts = np.bincount(codes, minlength=room)
    found = counts.nonzero()[0]
    ranks = np.cumsum(counts > 0) - 1
    return found, ranks[codes], counts[found]


def _settle(
    cells: _Cells, targets: Sequence[Weights], weights: Weights
) -> tuple[Weights, int]:
    turns = 0
    while turns < MOST_TURNS:
        turns += 1
        for positions, target in zip(cells.placed, targets, strict=True):
            found = _shares(positions, weights * cells.sizes, len(target))
            factors = np.divide(target, found, out=np.ones_like(found), where=found > 0)
            weights = weights * factors[positions]
        if _gap(cells, targets, weights) <= TOLERANCE:
            break
    mean = (weights * cells.sizes).sum() / cells.sizes.sum()
    return weights / mean, turns


def _trimmed(
    cells: _Cells, targets: Sequence[Weights], weights: Weights, turns: int
) -> tuple[Weights, int, int]:
    """Cut and rake in turn, a few times; what is cut last stays cut."""
    least, greatest = TRIM
    beyond = (weights < least) | (weights > greatest)
    trimmed = int(cells.sizes[beyond].sum())
    for _attempt in range(MOST_CUTS if trimmed else 0):
        weights, more = _settle(cells, targets, np.clip(weights, least, greatest))
        turns += more
        if weights.min() >= least and weights.max() <= greatest:
            break
    return np.clip(weights, least, greatest), turns, trimmed


def _shares(positions: NDArray[np.intp], weights: Weights, size: int) -> Weights:
    found = np.bincount(positions, weights=weights, minlength=size)
    shares: Weights = found / found.sum()
    return shares


def _gap(cells: _Cells, targets: Sequence[Weights], weights: Weights) -> float:
    whole = weights * cells.sizes
    return max(
        float(np.abs(_shares(positions, whole, len(target)) - target).max())
        for positions, target in zip(cells.placed, targets, strict=True)
    )


def _problems(margins: Sequence[Margin], cells: _Cells) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for margin in margins:
        total = sum(margin.targets)
        found += [
            Problem("negative", margin.name, label, target)
            for label, target in zip(margin.labels, margin.targets, strict=True)
            if target < 0
        ]
        if abs(total - 1) > SUM_TOLERANCE:
            found.append(Problem("sum", margin.name, value=total))
    if not cells.sizes.any():
        return (*found, Problem("empty", margins[0].name if margins else ""))
    for margin, positions in zip(margins, cells.placed, strict=True):
        counts = np.bincount(positions, cells.sizes, minlength=len(margin.labels))
        for label, target, n in zip(
            margin.labels, margin.targets, counts.astype(int).tolist(), strict=True
        ):
            if target > 0 and not n:
                found.append(Problem("nobody", margin.name, label, target))
            if target == 0 and n:
                found.append(Problem("unexpected", margin.name, label, n))
    return tuple(found)


def rake_plain(
    categories: Sequence[Sequence[str]],
    targets: Sequence[dict[str, float]],
    turns: int = MOST_TURNS,
    start: Sequence[float] | None = None,
) -> list[float]:
    """The same in plain loops: the readable reference, without check nor trimming.

    `categories` gives, variable by variable, the category of each respondent.

    >>> [round(w, 3) for w in rake_plain([["f", "f", "f", "m"]], [{"f": .5, "m": .5}])]
    [0.667, 0.667, 0.667, 2.0]
    """
    size = len(categories[0])
    weights = list(start) if start is not None else [1.0] * size
    for _turn in range(turns):
        for labels, target in zip(categories, targets, strict=True):
            total = sum(weights)
            sums = {
                label: sum(
                    w for w, one in zip(weights, labels, strict=True) if one == label
                )
                for label in target
            }
            weights = [
                w * target[label] * total / sums[label]
                for w, label in zip(weights, labels, strict=True)
            ]
    mean = sum(weights) / size
    return [w / mean for w in weights]
