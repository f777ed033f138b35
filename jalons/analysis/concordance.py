"""Do the respondents of one territory say the same, question by question?

For one question, the answers compared are those whose points are known: asked, and
answered otherwise than "ne sait pas". Agreement is the share of pairs of respondents
who earn the same points; the spread is the distance between the highest and the lowest
points, out of the maximum of the question. Both are None with fewer than two answers.

Agreement on points is not agreement on words: two answers worth the same points agree
here. Nor does it say who is right: a disagreement is something to talk about.
Source: ours; the share of agreeing pairs is the observed agreement of Fleiss, J. L.
(1971), Psychological Bulletin 76(5), for one item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from jalons.analysis.grid import Grid, Points
from jalons.analysis.scoring import Score


@dataclass(frozen=True, slots=True)
class Concordance:
    """How far respondents agree on one question; `spread` in points out of `maximum`.

    `n` counts the answers compared, `unknown` those left out.
    """

    code: str
    dimension: str
    n: int
    unknown: int
    agreeing_share: float | None
    spread: int | None
    maximum: int

    @property
    def is_to_discuss(self) -> bool:
        """Two respondents at least did not earn the same points."""
        return bool(self.spread)


def concordance(grid: Grid, scores: Sequence[Score]) -> tuple[Concordance, ...]:
    """The agreement of respondents on each question of the grid, in its order.

    >>> from jalons.analysis.grid import Item, ScoreClass, Single
    >>> from jalons.analysis.scoring import score
    >>> grid = Grid(
    ...     [Item("P2", "political", 3, Single({"no": 0, "yes": 3}))],
    ...     (ScoreClass("early", 0, 2), ScoreClass("advanced", 2, 3)),
    ...     total=3,
    ... )
    >>> three = [score(grid, {"P2": answer}) for answer in ("yes", "yes", "no")]
    >>> concordance(grid, three)[0].agreeing_share
    0.3333333333333333
    """
    columns = zip(*(one.lines for one in scores), strict=True)
    return tuple(_of_question(column) for column in columns)


def to_discuss(lines: Sequence[Concordance]) -> tuple[Concordance, ...]:
    """The questions respondents disagree on, widest disagreement first."""
    open_ones = [line for line in lines if line.is_to_discuss]
    return tuple(sorted(open_ones, key=_least_agreed))


def _least_agreed(line: Concordance) -> tuple[float, float]:
    return -(line.spread or 0) / line.maximum, line.agreeing_share or 0


def _of_question(column: Sequence[Points]) -> Concordance:
    known = [line.low for line in column if line.low == line.high]
    first = column[0]
    return Concordance(
        code=first.code,
        dimension=first.dimension,
        n=len(known),
        unknown=len(column) - len(known),
        agreeing_share=_agreeing_pairs(known),
        spread=max(known) - min(known) if len(known) > 1 else None,
        maximum=first.maximum,
    )


def _agreeing_pairs(values: Sequence[int]) -> float | None:
    pairs = comb(len(values), 2)
    if not pairs:
        return None
    return sum(comb(times, 2) for times in Counter(values).values()) / pairs
