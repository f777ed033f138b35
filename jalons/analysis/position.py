"""Where one value stands among those of its peers, without ranking anybody.

The peers' values are summed up by their tenths and quarters (quantiles of type 7, see
`analysis.context`), and a value is said to lie in the middle half, beyond a quarter or
beyond a tenth of them. Five bands are what a reader needs and what the figures bear:
two territories of one band are not told apart, and no rank is given.

Not a judgement: whether high is good depends on the indicator (`analysis.findings`). A
band is relative to the peers, who all move: it is neither a target nor a time series.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

Band = Literal["lowest", "low", "middle", "high", "highest"]

LEAST_PEERS = 8
"""Under eight values a quarter is one or two territories: no band is given. Our choice.
"""
LEAST_FOR_TENTHS = 20
"""Under twenty values a tenth is one territory: the outer quarters are told, not their
tenths. Our choice."""
QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


@dataclass(frozen=True, slots=True)
class Position:
    """A value among `n` known values, its own included.

    `low` and `high` bound the middle half of them; `minimum` and `maximum` all.
    """

    value: float
    n: int
    band: Band
    minimum: float
    low: float
    median: float
    high: float
    maximum: float

    def scaled(self, value: float) -> float:
        """A value on the line from the least to the greatest, between 0 and 1.

        >>> position_in(3, [1, 2, 3, 4, 5, 6, 7, 8, 9]).scaled(3)
        0.25
        """
        width = self.maximum - self.minimum
        return (value - self.minimum) / width if width else 0.5


def position_in(value: float | None, values: Iterable[float]) -> Position | None:
    """The position of a value among those known; None when it cannot be told.

    A value equal to a limit stays on the side of the middle, so that territories that
    are all the same are all in the middle.

    >>> found = position_in(2, [1, 2, 3, 4, 5, 6, 7, 8, 9])
    >>> found.band, found.low, found.median, found.high
    ('low', 3.0, 5.0, 7.0)
    """
    known = np.array([one for one in values if not np.isnan(one)], dtype=np.float64)
    if value is None or np.isnan(value) or len(known) < LEAST_PEERS:
        return None
    limits = [float(limit) for limit in np.quantile(known, QUANTILES)]
    return Position(
        value=value,
        n=len(known),
        band=_band(value, limits, has_tenths=len(known) >= LEAST_FOR_TENTHS),
        minimum=min(float(known.min()), value),
        low=limits[1],
        median=limits[2],
        high=limits[3],
        maximum=max(float(known.max()), value),
    )


def _band(value: float, limits: list[float], *, has_tenths: bool) -> Band:
    lowest, low, _median, high, highest = limits
    if has_tenths and value < lowest:
        return "lowest"
    if value < low:
        return "low"
    if has_tenths and value > highest:
        return "highest"
    return "high" if value > high else "middle"
