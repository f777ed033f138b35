"""A yes or no asked twice of the same people: by how much the share moved.

Only those who changed their answer say which way it moved: the exact test of Q. McNemar
(1947, "Note on the sampling error of the difference between correlated proportions or
percentages", Psychometrika 12, 153-157) asks whether as many went from no to yes as
from yes to no, as a coin tossed would do; with few people no approximation is made.

The interval of the difference is the score interval for pairs, method 10 of R. G.
Newcombe (1998, "Improved confidence intervals for the difference between binomial
proportions based on paired data", Statistics in Medicine 17, 2635-2650): two Wilson
intervals, drawn nearer or farther by how much both answers go together. The size of the
effect is Cohen's h of both shares, as for different people.

A test and an interval made apart may disagree near the limit: a direction is told only
when both see it. Not valid under five people, where nothing is concluded. What stands
at the head of `before_after` holds here: a difference is not an effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, sqrt

from jalons.analysis.before_after import LEAST, Difference, Verdict
from jalons.analysis.change import sign_test
from jalons.analysis.intervals import CONFIDENCE, Interval, wilson


@dataclass(frozen=True, slots=True)
class PairedShares:
    """The four cells of the people asked twice, the difference, the exact `p`.

    `p` is None when nobody changed their answer.
    """

    yes_twice: int
    gained: int
    lost: int
    no_twice: int
    found: Difference
    p: float | None

    @property
    def n(self) -> int:
        return self.yes_twice + self.gained + self.lost + self.no_twice


def paired_shares(
    before: Mapping[str, bool], after: Mapping[str, bool]
) -> PairedShares:
    """The same people twice, by code.

    >>> then = dict(a=False, b=False, c=False, d=True, e=False)
    >>> now = dict(a=True, b=True, c=False, d=True, e=True, f=True)
    >>> found = paired_shares(then, now)
    >>> found.n, found.gained, found.lost, found.p, found.found.alone
    (5, 3, 0, 0.25, 1)
    """
    both = before.keys() & after.keys()
    said = [(before[one], after[one]) for one in both]
    alone = len(before.keys() ^ after.keys())
    return from_cells(
        yes_twice=said.count((True, True)),
        gained=said.count((False, True)),
        lost=said.count((True, False)),
        no_twice=said.count((False, False)),
        alone=alone,
    )


def from_cells(
    *, yes_twice: int, gained: int, lost: int, no_twice: int, alone: int = 0
) -> PairedShares:
    """The same from the four cells, once they are counted.

    >>> found = from_cells(yes_twice=36, gained=12, lost=2, no_twice=0).found
    >>> round(found.interval.low, 4), round(found.interval.high, 4)
    (0.0569, 0.3404)
    """
    n = yes_twice + gained + lost + no_twice
    p = sign_test(gained, lost)
    first = (yes_twice + lost) / n if n else None
    last = (yes_twice + gained) / n if n else None
    gap = (gained - lost) / n if n else None
    interval, effect, verdict = None, None, Verdict.TOO_FEW
    if n >= LEAST and first is not None and last is not None:
        interval = _interval(yes_twice, gained, lost, no_twice)
        effect = 2 * asin(sqrt(last)) - 2 * asin(sqrt(first))
        verdict = _verdict(interval, p)
    found = Difference(n, n, first, last, gap, interval, effect, verdict, alone)
    return PairedShares(yes_twice, gained, lost, no_twice, found, p)


def _interval(yes_twice: int, gained: int, lost: int, no_twice: int) -> Interval:
    n = yes_twice + gained + lost + no_twice
    after, before = yes_twice + gained, yes_twice + lost
    last, first = wilson(after, n), wilson(before, n)
    assert last is not None
    assert first is not None
    p, q = after / n, before / n
    together = _together(yes_twice, gained, lost, no_twice)
    down, up = (p - last.low, first.high - q), (last.high - p, q - first.low)
    gap = p - q
    return Interval(
        max(-1.0, gap - sqrt(_squares(*down, together))),
        min(1.0, gap + sqrt(_squares(*up, together))),
    )


def _squares(one: float, other: float, together: float) -> float:
    """Never below zero: rounding could put it there when both go wholly together."""
    return max(0.0, one**2 - 2 * together * one * other + other**2)


def _together(yes_twice: int, gained: int, lost: int, no_twice: int) -> float:
    """How much both answers go together, brought towards none when it is positive."""
    n = yes_twice + gained + lost + no_twice
    margins = (
        (yes_twice + gained)
        * (lost + no_twice)
        * (yes_twice + lost)
        * (gained + no_twice)
    )
    if not margins:
        return 0.0
    crossed = yes_twice * no_twice - gained * lost
    if crossed > 0:
        return max(0.0, crossed - n / 2) / sqrt(margins)
    return crossed / sqrt(margins)


def _verdict(interval: Interval, p: float | None) -> Verdict:
    if p is None or p > 1 - CONFIDENCE or interval.low <= 0 <= interval.high:
        return Verdict.CANNOT_TELL
    return Verdict.HIGHER if interval.low > 0 else Verdict.LOWER
