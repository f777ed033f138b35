"""The points of a questionnaire in several pages: totals, then dimension by dimension.

What an author states once, totals and classes, comes first; the points of the answers
stand with the dimension whose total they make.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.questionnaires.reading import WHOLE
from jalons.questionnaires.schema import Definition, Dimension, Grid, Question

TOTALS = ""
NO_DIMENSION = "-"
"""The page of questions whose dimension is no longer in the grid."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of points, to turn to; `count` is None for the totals."""

    code: str
    title: str
    count: int | None
    is_shown: bool

    @property
    def is_named(self) -> bool:
        """Whether its title is the author's, in the language of the draft."""
        return self.code not in (TOTALS, NO_DIMENSION)


def page_asked(grid: Grid, asked: Mapping[str, str], *, is_sent: bool) -> str | None:
    """The dimension that an address asks for, else the totals; None: everything, as
    when a form is sent without saying its page."""
    if WHOLE in asked or (is_sent and "dimension" not in asked):
        return None
    code = asked.get("dimension", TOTALS)
    known = [NO_DIMENSION, *(one.code for one in grid.dimensions)]
    return code if code in known else TOTALS


def page_of(question: Question, grid: Grid) -> str:
    """The page where the points of a question are written."""
    dimension = question.scoring.dimension if question.scoring else ""
    known = any(one.code == dimension for one in grid.dimensions)
    return dimension if known else NO_DIMENSION


def scored_on(
    definition: Definition, grid: Grid, page: str | None
) -> tuple[Question, ...]:
    """The questions with points that a page shows."""
    return tuple(
        question
        for question in definition.questions
        if question.scoring and page in (None, page_of(question, grid))
    )


def leaves(definition: Definition, grid: Grid, page: str | None) -> Iterator[Leaf]:
    """The pages to turn to; the one of lost questions only when there are some."""
    yield Leaf(TOTALS, _("Total, dimensions and classes"), None, page == TOTALS)
    for one in grid.dimensions:
        title = one.title.fr or one.code
        count = len(scored_on(definition, grid, one.code))
        yield Leaf(one.code, title, count, page == one.code)
    if lost := len(scored_on(definition, grid, NO_DIMENSION)):
        title = _("Without a dimension")
        yield Leaf(NO_DIMENSION, title, lost, page == NO_DIMENSION)


def sum_of(definition: Definition, dimension: Dimension) -> int:
    """What the questions of a dimension add up to."""
    rules = [question.scoring for question in definition.questions]
    return sum(one.maximum for one in rules if one and one.dimension == dimension.code)
