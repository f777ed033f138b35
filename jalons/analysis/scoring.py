"""Maturity scores: points, totals as ranges, classes, several respondents.

The score of an answer is the sum of its points; with missing answers it is the
range [missing at 0; missing at maximum], and the class is read on the low bound.
Several respondents of one territory give the median of their totals, which can be
a half-point: classes are therefore half-open, [0;6[ [6;15[ [15;22[ [22;37].

Source: synthesis of the survey "Numérique et territoires en Nouvelle-Aquitaine"
(PQN-A, January 2023), chapter on local strategies, for the total and the classes;
ranges, medians and marks are ours. A class is not a measure of the quality of a
policy, and scores of two grids cannot be compared.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose
from typing import Literal

from jalons.analysis.codes import (
    Codes,
    ScoreArrays,
    class_positions,
    encode,
    score_matrix,
)
from jalons.analysis.grid import (
    DONT_KNOW,
    NONE,
    Answer,
    Answers,
    Condition,
    Counted,
    Cumulative,
    Grid,
    Item,
    Points,
    Rule,
    ScoreClass,
    Single,
    UnknownAnswer,
    points,
)
from jalons.analysis.grid_check import Problem, check, reachable

__all__ = [
    "DONT_KNOW",
    "NONE",
    "Answer",
    "Answers",
    "Classification",
    "Codes",
    "Combined",
    "Condition",
    "Counted",
    "Cumulative",
    "Dropped",
    "Grid",
    "Item",
    "Points",
    "Problem",
    "Range",
    "Rule",
    "Score",
    "ScoreArrays",
    "ScoreClass",
    "Single",
    "UnknownAnswer",
    "check",
    "class_positions",
    "classify",
    "classify_in",
    "combine",
    "encode",
    "points",
    "reachable",
    "rescaled_without",
    "score",
    "score_matrix",
    "score_of",
    "stability",
    "stands_for",
    "weighted_median",
]

Method = Literal["median", "weighted", "consensus", "maximum"]

GAP = 1
"""Published classes are whole numbers (0-5, 6-14…): between 5 and 6 lies the gap."""


@dataclass(frozen=True, slots=True)
class Range:
    """A number of points, known to lie between two bounds."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Score:
    """Total of one answer, its dimensions and its lines, in points."""

    low: float
    high: float
    by_dimension: Mapping[str, Range]
    lines: tuple[Points, ...]


@dataclass(frozen=True, slots=True)
class Classification:
    """The class of a total, and whether to trust it.

    `is_uncertain`: the missing answers could change the class.
    `is_borderline`: the total falls between two published classes (5.5, 14.5…).
    """

    code: str
    is_uncertain: bool
    is_borderline: bool


@dataclass(frozen=True, slots=True)
class Combined:
    """Score of a territory from its `n` respondents.

    `minimum` and `maximum` bound what respondents answered, missing included.
    The medians of the dimensions need not add up to the median of the totals.
    """

    low: float
    high: float
    minimum: float
    maximum: float
    n: int
    by_dimension: Mapping[str, Range]
    method: Method


@dataclass(frozen=True, slots=True)
class Dropped:
    """The class once the question `code` is left out."""

    code: str
    class_code: str
    changes: bool


def _sum(lines: Sequence[Points]) -> Range:
    return Range(sum(line.low for line in lines), sum(line.high for line in lines))


def score_of(lines: tuple[Points, ...]) -> Score:
    """The score that these lines add up to."""
    total = _sum(lines)
    dimensions = dict.fromkeys(line.dimension for line in lines)
    parts = {d: _sum([x for x in lines if x.dimension == d]) for d in dimensions}
    return Score(total.low, total.high, parts, lines)


def score(grid: Grid, answers: Answers) -> Score:
    """Score one answer, question by question.

    >>> grid = Grid(
    ...     [
    ...         Item("P2", "political", 3, Single({"no": 0, "yes": 3})),
    ...         Item("R1", "resources", 4, Single({"no": 0, "yes": 4})),
    ...     ],
    ...     (ScoreClass("early", 0, 4), ScoreClass("advanced", 4, 7)),
    ...     total=7,
    ... )
    >>> found = score(grid, {"P2": "yes"})
    >>> found.low, found.high
    (3, 7)
    >>> classify(grid, found.low, found.high)
    Classification(code='early', is_uncertain=True, is_borderline=False)
    """
    return score_of(tuple(points(grid, item, answers) for item in grid.items))


def _class_of(classes: Sequence[ScoreClass], value: float) -> ScoreClass:
    if not classes[0].low <= value <= classes[-1].high:
        raise ValueError(f"{value} lies outside the classes")
    return next((c for c in classes if c.low <= value < c.high), classes[-1])


def classify_in(
    classes: Sequence[ScoreClass], low: float, high: float
) -> Classification:
    """Class of a range in any set of classes (a total, or one dimension)."""
    found = _class_of(classes, low)
    return Classification(
        code=found.code,
        is_uncertain=found != _class_of(classes, high),
        is_borderline=any(c.low - GAP < low < c.low for c in classes[1:]),
    )


def classify(grid: Grid, low: float, high: float) -> Classification:
    """Class of a total, read on its low bound."""
    return classify_in(grid.classes, low, high)


def weighted_median(values: Sequence[float], weights: Sequence[float]) -> float:
    """The value that half of the weight lies on either side of.

    Where the half falls between two values it is their mean, so that equal weights
    give the ordinary median. Raises ValueError without a positive weight.

    >>> weighted_median([4, 10, 20], [1, 1, 1])
    10
    >>> weighted_median([4, 10], [1, 3])
    10
    """
    pairs = sorted(pair for pair in zip(values, weights, strict=True) if pair[1] > 0)
    if not pairs or min(weights) < 0:
        raise ValueError("weights are positive or zero, and one of them is positive")
    half, below = sum(weight for _, weight in pairs) / 2, 0.0
    for place, (value, weight) in enumerate(pairs):
        below += weight
        if isclose(below, half):
            return (value + pairs[place + 1][0]) / 2
        if below > half:
            return value
    raise AssertionError("half of the weight is always passed")


def _weighted(ranges: Sequence[Score] | Sequence[Range], by: Sequence[float]) -> Range:
    return Range(
        weighted_median([r.low for r in ranges], by),
        weighted_median([r.high for r in ranges], by),
    )


def _best(column: Sequence[Points]) -> Points:
    """The respondent's line with most points, widened to the highest bound."""
    best = max(column, key=lambda line: (line.low, line.state == "asked"))
    return replace(best, high=max(line.high for line in column))


def stands_for(
    scores: Sequence[Score], method: Method, validated: Score | None = None
) -> Score | None:
    """The one score that stands for all respondents; None for medians."""
    if method in ("median", "weighted"):
        return None
    if method == "maximum":
        columns = zip(*(one.lines for one in scores), strict=True)
        return score_of(tuple(_best(column) for column in columns))
    if validated is None:
        raise ValueError("consensus needs the answer validated by the institution")
    return validated


def combine(
    scores: Sequence[Score],
    method: Method = "median",
    *,
    validated: Score | None = None,
    weights: Sequence[float] | None = None,
) -> Combined:
    """Combine the respondents of one territory.

    `median`: median of the totals. `weighted`: the same, each respondent counting for
    its weight in `weights` (by profile). `consensus`: the answer `validated` by the
    institution replaces them; min-max still shows what respondents said.
    `maximum`: for each question, the most any respondent reported.
    """
    if not scores:
        raise ValueError("no respondent: a territory without answer has no score")
    one = stands_for(scores, method, validated)
    equal = [1.0] * len(scores)
    by = equal if method != "weighted" or weights is None else weights
    total = one or _weighted(scores, by)
    return Combined(
        low=total.low,
        high=total.high,
        minimum=min(s.low for s in scores),
        maximum=max(s.high for s in scores),
        n=len(scores),
        by_dimension=one.by_dimension if one else _dimensions(scores, by),
        method=method,
    )


def _dimensions(scores: Sequence[Score], by: Sequence[float]) -> dict[str, Range]:
    return {
        d: _weighted([s.by_dimension[d] for s in scores], by)
        for d in scores[0].by_dimension
    }


def rescaled_without(grid: Grid, score: Score, dropped: Collection[str]) -> Range:
    """Total without some questions, brought back to the grid's total.

    The remaining points are multiplied by total / (total - points left out).
    """
    kept = _sum([line for line in score.lines if line.code not in dropped])
    left_out = sum(line.maximum for line in score.lines if line.code in dropped)
    left = grid.total - left_out
    if left == 0:
        raise ValueError("no question is left to give a total")
    # Multiplying first keeps whole results exact: no class limit is missed by a hair.
    return Range(kept.low * grid.total / left, kept.high * grid.total / left)


def stability(
    grid: Grid, *scores: Score, weights: Sequence[float] | None = None
) -> tuple[Dropped, ...]:
    """Class of a territory when any one question is dropped.

    Given several respondents, the class is that of the median of their totals, each
    counting for its weight.
    """
    by = [1.0] * len(scores) if weights is None else weights
    whole = _class_of(grid.classes, _weighted(scores, by).low).code
    dropped = []
    for item in grid.items:
        without = [rescaled_without(grid, one, {item.code}) for one in scores]
        left = _weighted(without, by)
        code = _class_of(grid.classes, left.low).code
        dropped.append(Dropped(item.code, code, code != whole))
    return tuple(dropped)
