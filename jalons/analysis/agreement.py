"""Do two people who code the same answers agree?

* Per cent: the share of answers that both coded alike; easily high when a code is rare.
* Cohen's kappa (J. Cohen, 1960, Educational and Psychological Measurement 20, 37-46):
  κ = (observed - expected) / (1 - expected), where expected is the agreement of two
  people who would use the code as often, at random. 1: always alike; 0: no better than
  chance. Not computable when both gave the same code to everything (expected = 1).
* Reading by steps of J. R. Landis and G. G. Koch (1977, Biometrics 33, 159-174): usual,
  arbitrary, and no proof that the codes are right: two people may agree on an error.

Answers are judged code by code (given or not), because one answer may hold several.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Strength = Literal[
    "poor", "slight", "fair", "moderate", "substantial", "almost_perfect"
]

STEPS: tuple[tuple[float, Strength], ...] = (
    (0.81, "almost_perfect"),
    (0.61, "substantial"),
    (0.41, "moderate"),
    (0.21, "fair"),
    (0.0, "slight"),
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two coders on `n` answers; kappa is None when not computable."""

    n: int
    both: int
    neither: int
    first_only: int
    second_only: int
    share: float | None
    kappa: float | None

    @property
    def strength(self) -> Strength | None:
        if self.kappa is None:
            return None
        return next((name for least, name in STEPS if self.kappa >= least), "poor")


def agreement(first: Sequence[bool], second: Sequence[bool]) -> Agreement:
    """Agreement on one code, given or not to each answer by each coder.

    Cohen's worked example in two categories: 20 yes-yes, 5, 10, 15 no-no.

    >>> first = [True] * 25 + [False] * 25
    >>> second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    >>> found = agreement(first, second)
    >>> found.share, round(found.kappa, 2), found.strength
    (0.7, 0.4, 'fair')
    """
    pairs = list(zip(first, second, strict=True))
    n = len(pairs)
    both = sum(a and b for a, b in pairs)
    neither = sum(not a and not b for a, b in pairs)
    first_only = sum(a and not b for a, b in pairs)
    second_only = n - both - neither - first_only
    if not n:
        return Agreement(0, 0, 0, 0, 0, None, None)
    observed = both + neither
    # In whole numbers, so that "always the same code" is found exactly.
    expected = (both + first_only) * (both + second_only)
    expected += (neither + second_only) * (neither + first_only)
    kappa = (
        (n * observed - expected) / (n * n - expected) if expected != n * n else None
    )
    return Agreement(n, both, neither, first_only, second_only, observed / n, kappa)
