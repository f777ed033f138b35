"""Numbers and days put into classes, to be counted like any other answer.

Numbers. A class is [low; high[, named `low..high`; the first has no low limit, the
last no high one. Limits are those of the questionnaire or of the reader. Without any,
they are the quartiles (linear interpolation, type 7 of Hyndman and Fan, 1996, The
American Statistician 50, 361-365) rounded to a step of a twentieth to half of the
interquartile range, so that nobody's own number shows.

Days. A class is one year, or one month when all days lie within `MOST_MONTHS`.

Classes made here are joined to a neighbour until each holds `least` answers: they may
then be published whole. The rule says of two joined classes that one was small, and
no more. Not valid to compare two surveys: each has its own classes, unless given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
"""One number an answer, NaN for none."""
Days = NDArray[np.datetime64]
"""One day an answer, NaT for none."""
Grain = Literal["year", "month"]

MOST_MONTHS = 24
"""Beyond, months would make a table nobody reads."""
UNIT: dict[Grain, str] = {"year": "datetime64[Y]", "month": "datetime64[M]"}
TO = ".."


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes in order, and the one of each answer; -1 without an answer."""

    codes: tuple[str, ...]
    positions: NDArray[np.int16]

    @property
    def counts(self) -> tuple[int, ...]:
        known = self.positions[self.positions >= 0]
        return tuple(np.bincount(known, minlength=len(self.codes)).tolist())


def by_limits(values: Numbers, limits: Sequence[float]) -> Classes:
    """Numbers in the classes that limits cut, in increasing order.

    >>> found = by_limits(np.array([0.0, 5.0, np.nan, 7.5]), [5, 10])
    >>> found.codes, found.positions.tolist()
    (('..5', '5..10', '10..'), [0, 1, -1, 1])
    >>> by_limits(np.array([3.0]), []).codes
    ('..',)
    """
    written = ["", *(f"{limit:g}" for limit in limits), ""]
    codes = tuple(f"{low}{TO}{high}" for low, high in _pairs(written))
    places = np.searchsorted(np.asarray(limits, float), values, side="right")
    positions = np.where(np.isnan(values), -1, places).astype(np.int16)
    return Classes(codes, positions)


def bounds_of(code: str) -> tuple[float | None, float | None]:
    """The limits of a class of numbers.

    >>> bounds_of("5..10"), bounds_of("..-2.5")
    ((5.0, 10.0), (None, -2.5))
    """
    low, _to, high = code.partition(TO)
    return (float(low) if low else None, float(high) if high else None)


def quarters(values: Numbers, least: int) -> tuple[float, ...]:
    """Limits near the quartiles, such that each class holds `least` numbers or more.

    None at all when the numbers are too few, or all alike.

    >>> quarters(np.array([0.0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 4, 8]), least=3)
    (1.0, 2.2)
    >>> quarters(np.array([1.0, 2, 3]), least=5)
    ()
    """
    known = values[~np.isnan(values)]
    if len(known) < 2 * least:
        return ()
    found = np.quantile(known, [0.25, 0.5, 0.75])
    step = _step(float(found[2] - found[0]) or float(np.ptp(known)))
    rounded = {round(round(float(one) / step) * step, 9) for one in found}
    limits = sorted(one for one in rounded if known.min() < one <= known.max())
    while limits:
        counts = by_limits(known, limits).counts
        small = min(range(len(counts)), key=counts.__getitem__)
        if counts[small] >= least:
            break
        around = [at for at in (small - 1, small + 1) if 0 <= at < len(counts)]
        nearest = min(around, key=counts.__getitem__)
        del limits[min(small, nearest)]
    return tuple(limits)


def by_period(days: Days, grain: Grain) -> Classes:
    """Days by year or by month, periods without any day included.

    >>> days = np.array(["2024-11-30", "NaT", "2025-02-01"], "datetime64[D]")
    >>> found = by_period(days, "month")
    >>> found.codes, found.positions.tolist()
    (('2024-11', '2024-12', '2025-01', '2025-02'), [0, -1, 3])
    """
    periods = days.astype(UNIT[grain]).astype(np.int64)
    is_known = ~np.isnat(days)
    if not is_known.any():
        return Classes((), np.full(len(days), -1, np.int16))
    first, last = int(periods[is_known].min()), int(periods[is_known].max())
    first = max(first, last - np.iinfo(np.int16).max + 1)
    every = np.arange(first, last + 1).astype(UNIT[grain])
    positions = np.where(is_known, np.maximum(periods - first, 0), -1)
    return Classes(
        tuple(np.datetime_as_string(every).tolist()), positions.astype(np.int16)
    )


def grain_of(days: Days) -> Grain:
    """By month when all days lie within `MOST_MONTHS`, else by year."""
    return "month" if len(by_period(days, "month").codes) <= MOST_MONTHS else "year"


def by_wide_periods(days: Days, least: int) -> Classes:
    """Years or months, joined to the next one until each period holds `least` days.

    What is left at the end joins the last period.

    >>> days = np.array(["2019", "2020", "2020", "2022", "2022", "2024"])
    >>> found = by_wide_periods(days.astype("datetime64[D]"), least=2)
    >>> found.codes, found.counts
    (('2019..2020', '2021..2024'), (3, 3))
    """
    narrow = by_period(days, grain_of(days))
    runs: list[list[int]] = []
    held = least
    for at, count in enumerate(narrow.counts):
        if held >= least:
            runs.append([])
            held = 0
        runs[-1].append(at)
        held += count
    if len(runs) > 1 and held < least:
        rest = runs.pop()
        runs[-1] += rest
    codes = [_span(narrow.codes[run[0]], narrow.codes[run[-1]]) for run in runs]
    wide = np.empty(len(narrow.codes) + 1, np.int16)
    wide[-1] = -1
    for place, run in enumerate(runs):
        wide[run] = place
    return Classes(tuple(codes), wide[narrow.positions])


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}{TO}{last}"


def _step(spread: float) -> float:
    """A power of ten, a fifth of the spread or just under."""
    return 10.0 ** floor(log10(spread / 5)) if spread else 1.0


def _pairs(limits: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(limits[:-1], limits[1:], strict=True))
