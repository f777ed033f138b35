"""How often two people who keyed the same sheets read the same thing.

Agreement is the share of the questions compared to which both gave the same answer:
p = (n − d) / n, over n questions compared and d that differ. It is a check of the
keying, not a measure of chance-corrected agreement between judges: the answers are
written on the sheet, and nobody guesses. Interval of Wilson at 95 %, the questions
being held independent, which they are not quite: read it as an order of size.

Not valid for coding open answers, where chance agreement matters (Cohen's kappa).
Reference: double data entry as in ICH E6 good clinical practice; E. B. Wilson,
"Probable inference", JASA 22 (1927), for the interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jalons.analysis.intervals import Interval, wilson


@dataclass(frozen=True, slots=True)
class Agreement:
    """Questions compared, those alike, their share and its interval."""

    compared: int
    alike: int
    share: float | None
    interval: Interval | None


def differing(
    first: Mapping[str, object], second: Mapping[str, object]
) -> tuple[str, ...]:
    """The questions to which the two keyings answer differently, by code.

    A question that one left blank and not the other differs. Answers are clean: boxes
    ticked come in the order of the questionnaire, so that only a ranking has an order.

    >>> differing({"S1": "yes", "T": ["a"]}, {"S1": "no", "T": ["a"], "U": 3})
    ('S1', 'U')
    """
    codes = {**first, **second}
    return tuple(code for code in codes if first.get(code) != second.get(code))


def agreement(compared: int, differ: int) -> Agreement:
    """The agreement over `compared` questions, of which `differ` differ.

    >>> agreement(40, 1).share
    0.975
    """
    if not compared:
        return Agreement(0, 0, None, None)
    alike = compared - differ
    return Agreement(compared, alike, alike / compared, wilson(alike, compared))
