"""From the points of each answer to what they amount to for a territory.

The class itself comes from `surveys` (frozen when the campaign closed); what a
crossing needs besides is computed here: political level, variants with size taken
out (rule 12), and yes or no to the questions crossed one by one (rule 13).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jalons.analysis.codes import FIRST, MISSING, Codes, score_matrix
from jalons.analysis.facilitators import PAIRS, Side
from jalons.analysis.grid import Grid
from jalons.analysis.respondents import medians
from jalons.analysis.robustness import ABSOLUTE_COUNTS, reassigned_points
from jalons.analysis.scoring import classify_in
from jalons.observatory.material import Standing
from jalons.questionnaires.definitions import Definition, Dimension, Option
from jalons.questionnaires.grids import grid_of, levels_of
from jalons.surveys.encoding import AnswerMatrix, Labels
from jalons.surveys.figures import TerritoryScore

Points = NDArray[np.int64]
Totals = NDArray[np.float64]

SIDES: tuple[Side, ...] = tuple(
    dict.fromkeys(side for pair in PAIRS for side in (pair.facilitator, pair.outcome))
)


def standings(
    definition: Definition,
    answers: AnswerMatrix,
    scores: Mapping[str, TerritoryScore],
    populations: Mapping[str, int | None],
    publishable: Collection[str],
) -> dict[str, Standing]:
    """The standing of each scored territory, by code."""
    found = {
        code: _standing(definition, score, code in publishable)
        for code, score in scores.items()
    }
    codes, territories = answers.points, answers.territories
    if codes is None or not len(answers):
        return found
    grid = grid_of(definition)
    per_inhabitants = _per_inhabitants(
        definition, codes, _inhabitants(territories, populations)
    )
    variants = _classes(grid, territories, per_inhabitants)
    rescaled = _classes(grid, territories, _without_counts(grid, codes))
    sides = _sides(grid, codes, territories)
    return {
        code: replace(
            standing,
            per_inhabitants=variants.get(code),
            without_counts=rescaled.get(code),
            sides=sides.get(code, {}),
        )
        for code, standing in found.items()
    }


def political_dimension(definition: Definition) -> Dimension | None:
    """The dimension whose own total is cut into levels (rule 5)."""
    dimensions = definition.grid.dimensions if definition.grid else ()
    return next((one for one in dimensions if one.levels), None)


def _standing(
    definition: Definition, score: TerritoryScore, is_publishable: bool
) -> Standing:
    return Standing(
        class_code=score.class_code,
        respondents=score.respondent_count,
        low=score.minimum,
        high=score.maximum,
        is_uncertain=score.is_uncertain,
        is_borderline=score.is_borderline,
        political=_political(definition, score),
        is_publishable=is_publishable,
        method=score.method,
        dimensions={code: one.low for code, one in score.by_dimension.items()},
    )


def _political(definition: Definition, score: TerritoryScore) -> str | None:
    dimension = political_dimension(definition)
    points = score.by_dimension.get(dimension.code) if dimension else None
    if dimension is None or points is None:
        return None
    return classify_in(levels_of(dimension), points.low, points.high).code


def _points(grid: Grid, codes: Codes, question: str) -> Points:
    """Points of one question in each answer; zero when it is missing."""
    item = grid.item(question)
    if item is None:
        return np.zeros(len(codes), np.int64)
    at = codes.questions.index(question)
    alone = Grid((item,), grid.classes, total=item.maximum)
    row = Codes((question,), codes.matrix[at : at + 1])
    return score_matrix(alone, row).low.astype(np.int64)


def _row(codes: Codes, question: str) -> NDArray[np.uint16]:
    return codes.matrix[codes.questions.index(question)]


def _without_counts(grid: Grid, codes: Codes) -> Totals:
    """Totals without the questions that count things, brought back to the grid's."""
    dropped = [item for item in grid.items if item.code in ABSOLUTE_COUNTS]
    kept = score_matrix(grid, codes).low.astype(float)
    for item in dropped:
        kept -= _points(grid, codes, item.code)
    left = grid.total - sum(item.maximum for item in dropped)
    # Multiplying first keeps whole results exact, as `scoring.rescaled_without` does.
    return kept * grid.total / left if left else kept


def _inhabitants(
    territories: Labels, populations: Mapping[str, int | None]
) -> NDArray[np.int64]:
    """The population of the territory of each answer; zero when unknown."""
    known = [populations.get(name) or 0 for name in territories.names]
    return np.array(known or [0], np.int64)[territories.positions]


def _per_inhabitants(
    definition: Definition, codes: Codes, inhabitants: NDArray[np.int64]
) -> Totals:
    """Totals once full-time equivalents are counted per 10 000 inhabitants.

    A band of full-time equivalents counts for its middle, the last one for its
    lower end. An answer without population keeps its points.
    """
    grid = grid_of(definition)
    total = score_matrix(grid, codes).low.astype(float)
    for code in ABSOLUTE_COUNTS:
        middles = _middles(definition, code)
        if not middles or code not in codes.questions:
            continue
        row, points = _row(codes, code), _points(grid, codes, code)
        (known,) = np.nonzero((row >= FIRST) & (inhabitants > 0))
        again = reassigned_points(
            points[known].tolist(),
            [middles[answer - FIRST] for answer in row[known].tolist()],
            inhabitants[known].tolist(),
        )
        total[known] += np.array(again, float) - points[known]
    return total


def _middles(definition: Definition, code: str) -> Sequence[float]:
    """What each option of a question stands for, when all are bands of numbers."""
    question = definition.question(code)
    scored = [o for o in question.options if o.points is not None] if question else []
    if any(option.at_least is None for option in scored):
        return ()
    return [_middle(option) for option in scored]


def _middle(option: Option) -> float:
    low = option.at_least or 0.0
    return low if option.below is None else (low + option.below) / 2


def _classes(grid: Grid, territories: Labels, totals: Totals) -> dict[str, str]:
    """Class of the median of the totals of each territory."""
    return {
        territories.names[position]: _class(grid, total)
        for position, total in medians(territories.positions, totals).items()
    }


def _class(grid: Grid, total: float) -> str:
    # A sum of rescaled points may pass the grid's total by a rounding error.
    total = min(total, float(grid.total))
    return classify_in(grid.classes, total, total).code


def _sides(
    grid: Grid, codes: Codes, territories: Labels
) -> dict[str, dict[str, bool | None]]:
    """Yes or no to each crossed question, by territory, when respondents agree."""
    found: dict[str, dict[str, bool | None]] = {name: {} for name in territories.names}
    for side in SIDES:
        if side.code not in codes.questions:
            continue
        is_known = _row(codes, side.code) != MISSING
        is_yes = _points(grid, codes, side.code) >= side.at_least
        yes, no = (
            np.bincount(territories.positions[is_known & said], minlength=len(found))
            for said in (is_yes, ~is_yes)
        )
        for name, some, others in zip(territories.names, yes, no, strict=True):
            agreed = bool(some) != bool(others)
            found[name][side.code] = bool(some) if agreed else None
    return found
