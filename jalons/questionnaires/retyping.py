"""A question answered in another way: what it keeps, and what is lost with it.

What the new type cannot hold is dropped, and each thing dropped is named: nothing is
lost silently. Answers already given to a published version keep theirs.
"""

from __future__ import annotations

from jalons.questionnaires.checks import TYPE_OF_ROLE
from jalons.questionnaires.grid_checks import TYPES_OF_RULE
from jalons.questionnaires.schema import (
    DECIDING,
    ON_A_SCALE,
    WITH_OPTIONS,
    Definition,
    Option,
    Question,
    QuestionType,
)

TEXTS = ("short_text", "long_text")
CHOICES = ("single", "multiple")
NOT_KNOWING = (*CHOICES, *ON_A_SCALE)
TYPES_OF_KEY: dict[str, tuple[str, ...]] = {
    "options": WITH_OPTIONS,
    "rows": ("matrix",),
    "max_choices": ("multiple", "ranking"),
    "allows_dont_know": NOT_KNOWING,
    "allows_not_concerned": ON_A_SCALE,
    "unit": ("number",),
    "minimum": ("number",),
    "maximum": ("number",),
    "class_limits": ("number",),
    "earliest": ("date",),
    "latest": ("date",),
    "max_length": TEXTS,
    "format": ("short_text",),
    "consent": TEXTS,
    "is_personal": TEXTS,
}
TYPES_OF_OPTION_KEY: dict[str, tuple[str, ...]] = {
    "is_exclusive": ("multiple",),
    "value": ON_A_SCALE,
    "profiles": (*CHOICES, "ranking"),
    "at_least": ("single",),
    "below": ("single",),
}


def retyped(question: Question, kind: QuestionType) -> Question:
    """The question with all that its new type can hold."""
    blank = Question(code=question.code, type=kind, text=question.text)
    changes: dict[str, object] = {
        key: getattr(blank, key)
        for key, types in TYPES_OF_KEY.items()
        if kind not in types
    }
    rule = question.scoring
    loses_points = rule is not None and kind not in TYPES_OF_RULE[rule.rule]
    if loses_points:
        changes["scoring"] = None
    if kind in WITH_OPTIONS:
        options = (_option(one, kind) for one in question.options)
        changes["options"] = tuple(
            one.model_copy(update={"points": None}) if loses_points else one
            for one in options
        )
    if question.role and kind not in TYPE_OF_ROLE.get(question.role, (kind,)):
        changes["role"] = None
    return question.model_copy(update={"type": kind, **changes})


def losses(
    question: Question, kind: QuestionType, definition: Definition
) -> tuple[str, ...]:
    """The names of what the question would lose, in the order it is told."""
    after = retyped(question, kind)
    found = [
        key
        for key in TYPES_OF_KEY
        if getattr(question, key) != getattr(after, key)
        and not (key == "options" and after.options)
    ]
    kept = {option.code: option for option in after.options}
    for key in TYPES_OF_OPTION_KEY:
        pairs = [(o, kept[o.code]) for o in question.options if o.code in kept]
        if any(getattr(one, key) != getattr(other, key) for one, other in pairs):
            found.append(key)
    if question.scoring != after.scoring:
        found.append("points")
    if question.role != after.role:
        found.append("role")
    if kind not in DECIDING and rest_on(question, definition):
        found.append("conditions")
    return tuple(found)


def rest_on(question: Question, definition: Definition) -> tuple[str, ...]:
    """The words of the questions and parts whose condition rests on this one."""
    asked = [
        *((one.show_if, one.text) for one in definition.questions),
        *((one.show_if, one.title) for one in definition.sections),
    ]
    return tuple(
        text.fr or text.en
        for condition, text in asked
        if condition is not None and condition.question == question.code
    )


def _option(option: Option, kind: QuestionType) -> Option:
    blank = Option(code=option.code, text=option.text)
    dropped = {
        key: getattr(blank, key)
        for key, types in TYPES_OF_OPTION_KEY.items()
        if kind not in types
    }
    return option.model_copy(update=dropped)
