"""Numbers, days and ranks as variables: each way of classing them has its own name.

`people` is a number by the classes of the results, `people@1;5` by limits of the
reader's own; `since` a day by the periods of the results, `since-annee` and
`since-mois` by year and month; `order` what was ranked at all, `order-premier` what
was placed first, `order-tete` what was placed among the first. The name is the whole
recipe, so that an address always makes the same table.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jalons.analysis.classing import Grain, by_limits, by_period
from jalons.analysis.tabulation import Axis, Mask, axis
from jalons.observatory.degrees import (
    AMONG,
    FIRST,
    SPREAD_TYPES,
    classes_of,
    ranks_within,
    top_of,
)
from jalons.questionnaires.class_limits import are_in_order
from jalons.questionnaires.definitions import Question
from jalons.surveys.encoding import AnswerMatrix

OWN = "@"
BETWEEN = ";"
GRAINS: dict[str, Grain] = {"-annee": "year", "-mois": "month"}


def base_of(code: str) -> str:
    """The question that a variable classes.

    >>> [base_of(code) for code in ("people@1;5", "since-mois", "order-premier")]
    ['people', 'since', 'order']
    """
    return code.partition(OWN)[0].partition("-")[0]


def own_code(base: str, limits: tuple[float, ...]) -> str:
    """The name of a number by limits of one's own, always written alike.

    >>> own_code("people", (0.5, 10.0))
    'people@0.5;10'
    """
    return f"{base}{OWN}{BETWEEN.join(f'{one:.12g}' for one in limits)}"


def own_limits(code: str) -> tuple[float, ...] | None:
    """The limits that a name holds; None when it holds none, or not in order."""
    _base, own, written = code.partition(OWN)
    try:
        limits = tuple(float(one) for one in written.split(BETWEEN))
    except ValueError:
        return None
    return limits if own and are_in_order(limits) else None


def suffixes(question: Question) -> Iterator[str]:
    """The ways of classing a question, the usual one first."""
    yield ""
    if question.type == "date":
        yield from GRAINS
    if question.type == "ranking":
        yield f"-{FIRST}"
        if top_of(question) > 1:
            yield f"-{AMONG}"


def classed_axis(question: Question, code: str, matrix: AnswerMatrix) -> Axis | None:
    """The variable of this name; None for a question that is not classed."""
    suffix = code.removeprefix(question.code)
    if question.type == "ranking" and suffix:
        is_first = suffix == f"-{FIRST}"
        masks = ranks_within(question, matrix, 1 if is_first else top_of(question))
        rows = np.stack(list(masks.values()))
        answered: Mask = np.any(matrix.ranks[question.code] > 0, axis=0)
        return Axis(tuple(masks), rows, answered, not is_first)
    if question.type not in SPREAD_TYPES:
        return None
    if suffix in GRAINS:
        found = by_period(matrix.days[question.code], GRAINS[suffix])
    elif suffix:
        found = by_limits(matrix.numbers[question.code], own_limits(code) or ())
    else:
        found = classes_of(question, matrix)
    return axis(found.codes, found.positions)
