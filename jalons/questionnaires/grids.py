"""From the points written in a questionnaire to the grid that `analysis` scores."""

from __future__ import annotations

from jalons.analysis import scoring
from jalons.questionnaires.schema import Class, Definition, Dimension, Question, Scoring


class NotScored(ValueError):
    """A questionnaire without points has no grid."""


def grid_of(definition: Definition) -> scoring.Grid:
    """The scoring grid of a questionnaire; `NotScored` when it gives no points."""
    if definition.grid is None:
        raise NotScored(definition.code)
    return scoring.Grid(
        items=tuple(_item(q, q.scoring) for q in definition.questions if q.scoring),
        classes=_classes(definition.grid.classes),
        total=definition.grid.total,
        dimensions={d.code: d.maximum for d in definition.grid.dimensions},
    )


def levels_of(dimension: Dimension) -> tuple[scoring.ScoreClass, ...]:
    """The levels of one dimension, for `scoring.classify_in`."""
    return _classes(dimension.levels)


def _classes(classes: tuple[Class, ...]) -> tuple[scoring.ScoreClass, ...]:
    return tuple(scoring.ScoreClass(one.code, one.low, one.high) for one in classes)


def _item(question: Question, rule: Scoring) -> scoring.Item:
    return scoring.Item(
        code=question.code,
        dimension=rule.dimension,
        maximum=rule.maximum,
        rule=_rule(question, rule),
        asked_if=_condition(question),
    )


def _condition(question: Question) -> scoring.Condition | None:
    if question.show_if is None:
        return None
    return scoring.Condition(question.show_if.question, question.show_if.any_of)


def _rule(question: Question, rule: Scoring) -> scoring.Rule:
    if rule.rule == "counted":
        return scoring.Counted(tuple((s.at_least, s.points) for s in rule.steps))
    points = {o.code: o.points for o in question.options if o.points is not None}
    if rule.rule == "single":
        return scoring.Single(points)
    points.pop(scoring.NONE, None)
    return scoring.Cumulative(points)
