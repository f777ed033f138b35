"""What the buttons of the page of points add, remove or count otherwise."""

from __future__ import annotations

from jalons.questionnaires import drafting
from jalons.questionnaires.schema import (
    Class,
    Definition,
    Dimension,
    Grid,
    Question,
    Scoring,
    Step,
    Text,
)


def first_grid() -> Grid:
    """The grid of a questionnaire that gave no points so far."""
    whole = Text(fr="Ensemble", en="Whole")
    return Grid(
        total=1,
        dimensions=(Dimension(code="whole", title=whole, maximum=1),),
        classes=(Class(code="all", title=Text(fr="", en=""), low=0.0, high=1.0),),
    )


def scored_anew(question: Question, dimension: str) -> Question:
    """The question with points, all at zero, by the rule its type allows."""
    rule = Scoring(
        dimension=dimension,
        rule="cumulative" if question.type == "multiple" else "single",
        maximum=0,
        indicator=question.code,
        is_published=False,
    )
    options = tuple(o.model_copy(update={"points": 0}) for o in question.options)
    return question.model_copy(update={"scoring": rule, "options": options})


def with_rule(question: Question, rule: str) -> Question:
    """The question counted by its boxes, or by the points of each answer.

    The points of the answers, or the steps, are dropped: the page says so. One box
    ticked starts at the points that the question gave at most.
    """
    old = question.scoring
    if old is None or question.type != "multiple" or rule == old.rule:
        return question
    if rule == "counted":
        scoring = old.model_copy(
            update={"rule": rule, "steps": (Step(at_least=1, points=old.maximum),)}
        )
        points = None
    elif rule == "cumulative":
        scoring = old.model_copy(update={"rule": rule, "steps": ()})
        points = 0
    else:
        return question
    options = tuple(o.model_copy(update={"points": points}) for o in question.options)
    changed = question.model_copy(update={"scoring": scoring, "options": options})
    return drafting.with_maximum(changed)


def with_change(definition: Definition, asked: str, *, page: str = "") -> Definition:
    """What a button of the page adds or removes: `class:add`, `dimension:x`…

    A question given points enters the dimension of the `page`, else the first.
    """
    grid = definition.grid or first_grid()
    if asked == "totals":
        return drafting.with_computed_totals(definition)
    kind, _colon, what = asked.partition(":")
    if kind == "rule":
        code, _colon, rule = what.partition(":")
        question = drafting.find_question(definition, code)
        return drafting.replace_question(definition, with_rule(question, rule))
    if kind == "question":
        question = drafting.find_question(definition, what)
        definition = definition.model_copy(update={"grid": grid})
        codes = [dimension.code for dimension in grid.dimensions]
        scored = scored_anew(question, page if page in codes else codes[0])
        return drafting.replace_question(definition, scored)
    blank = Text(fr="", en="")
    changes: dict[str, object] = {}
    if asked == "dimension:add":
        code = drafting.free_code("dimension_", [d.code for d in grid.dimensions])
        added = Dimension(code=code, title=blank, maximum=0)
        changes["dimensions"] = (*grid.dimensions, added)
    elif asked == "class:add":
        code = drafting.free_code("class_", [one.code for one in grid.classes])
        end = float(grid.total)
        added_class = Class(code=code, title=blank, low=end, high=end)
        changes["classes"] = (*grid.classes, added_class)
    elif kind == "dimension":
        kept = tuple(d for d in grid.dimensions if d.code != what)
        changes["dimensions"] = kept or grid.dimensions
    elif kind == "class":
        changes["classes"] = tuple(c for c in grid.classes if c.code != what)
    return definition.model_copy(update={"grid": grid.model_copy(update=changes)})
