"""The points of every territory, from the encoded answers and what the team chose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from jalons.analysis import respondents, scoring
from jalons.analysis.respondents import Respondents, Way
from jalons.analysis.scoring import Codes, Combined, Grid
from jalons.surveys.encoding import AnswerMatrix
from jalons.surveys.reconciling import Choice, Choices


def combined(
    grid: Grid, matrix: AnswerMatrix, choices: Choices
) -> dict[str, tuple[Choice, Combined]]:
    """Each territory that answered, by code: the choice in force, what it gives."""
    found: dict[str, tuple[Choice, Combined]] = {}
    for choice, way, given in _by_choice(matrix, choices):
        for place, one in respondents.combined(grid, given, way).items():
            code = matrix.territories.names[place]
            if choice.method == "consensus":
                one = _agreed(one, scoring.score(grid, choices.sheets[code]))
            found[code] = choice, one
    return dict(sorted(found.items()))


def deciding(
    grid: Grid, matrix: AnswerMatrix, choices: Choices
) -> dict[str, tuple[str, ...]]:
    """By territory, the questions without which its class would be another one."""
    found: dict[str, tuple[str, ...]] = {}
    for choice, way, given in _by_choice(matrix, choices):
        for place, codes in respondents.deciding(grid, given, way).items():
            code = matrix.territories.names[place]
            if choice.method == "consensus":
                sheet = scoring.score(grid, choices.sheets[code])
                codes = changing(grid, sheet)
            found[code] = codes
    return found


def changing(grid: Grid, sheet: scoring.Score) -> tuple[str, ...]:
    """The questions without which the class of one answer would be another one."""
    return tuple(one.code for one in scoring.stability(grid, sheet) if one.changes)


def _agreed(said: Combined, sheet: scoring.Score) -> Combined:
    """The answer of the institution, beside what its respondents said."""
    return replace(
        said,
        low=sheet.low,
        high=sheet.high,
        by_dimension=sheet.by_dimension,
        method="consensus",
    )


def _by_choice(
    matrix: AnswerMatrix, choices: Choices
) -> Iterator[tuple[Choice, Way, Respondents]]:
    """The answers about the territories for which the same was chosen."""
    chosen: dict[str, tuple[Choice, list[int]]] = {}
    for place, code in enumerate(matrix.territories.names):
        choice = choices.of(code)
        chosen.setdefault(repr(choice), (choice, []))[1].append(place)
    for choice, places in chosen.values():
        way: Way = "median" if choice.method == "consensus" else choice.method
        yield choice, way, _answered(matrix, choice, places)


def _answered(matrix: AnswerMatrix, choice: Choice, places: list[int]) -> Respondents:
    positions, codes = matrix.territories.positions, matrix.points
    assert codes is not None
    weights = _weights(matrix, choice)
    if len(places) == len(matrix.territories.names):
        return Respondents(codes, positions, weights)
    kept = np.isin(positions, places)
    few = Codes(codes.questions, codes.matrix[:, kept])
    return Respondents(few, positions[kept], None if weights is None else weights[kept])


def _weights(matrix: AnswerMatrix, choice: Choice) -> respondents.Real | None:
    """The weight of each answer by its profile; one for a profile without weight."""
    if choice.method != "weighted":
        return None
    by_profile = [float(choice.weights.get(p, 1)) for p in matrix.profiles.names]
    found: respondents.Real = np.array(by_profile)[matrix.profiles.positions]
    return found
