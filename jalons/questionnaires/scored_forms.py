"""The fields of the points of one question: its dimension, its answers or its steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.questionnaires.editor_forms import EditorForm
from jalons.questionnaires.schema import Grid, Question, Step

MOST_POINTS = 1000
BLANK_STEPS = 1


def add_points(form: EditorForm, name: str, label: Any, value: int | None) -> None:
    form.fields[name] = forms.IntegerField(
        label=label, required=False, min_value=0, max_value=MOST_POINTS
    )
    form.initial.setdefault(name, value)


def add_question(form: EditorForm, question: Question, grid: Grid) -> None:
    """Fields named by the code of the question: `P2-dimension`, `P2-yes`…"""
    code, rule = question.code, question.scoring
    choices = [(d.code, d.title.fr or d.code) for d in grid.dimensions]
    form.fields[f"{code}-dimension"] = forms.ChoiceField(
        label=_("Dimension"),
        choices=[*choices, ("", _("Counts no more"))],
        required=False,
    )
    form.initial.setdefault(f"{code}-dimension", rule.dimension if rule else "")
    if rule and rule.rule == "counted":
        for at in range(len(rule.steps) + BLANK_STEPS):
            step = rule.steps[at] if at < len(rule.steps) else None
            least = step.at_least if step else None
            add_points(form, f"{code}-{at}-least", _("Boxes ticked, at least"), least)
            points = step.points if step else None
            add_points(form, f"{code}-{at}-points", _("Points"), points)
        return
    for option in question.options:
        label = option.text.fr or option.code
        add_points(form, f"{code}-{option.code}", label, option.points)


def typed_question(form: EditorForm, question: Question) -> Question:
    """The question with the points typed; without any when it counts no more."""
    rule, code = question.scoring, question.code
    dimension = form.cleaned_data[f"{code}-dimension"]
    if rule is None or not dimension:
        options = [o.model_copy(update={"points": None}) for o in question.options]
        changes = {"scoring": None, "options": tuple(options)}
        return question.model_copy(update=changes)
    if rule.rule == "counted":
        steps = tuple(_steps(form, code, len(rule.steps) + BLANK_STEPS))
        rule = rule.model_copy(update={"dimension": dimension, "steps": steps})
        return question.model_copy(update={"scoring": rule})
    options = [
        o.model_copy(update={"points": form.cleaned_data[f"{code}-{o.code}"]})
        for o in question.options
    ]
    rule = rule.model_copy(update={"dimension": dimension})
    return question.model_copy(update={"scoring": rule, "options": tuple(options)})


def _steps(form: EditorForm, code: str, count: int) -> Iterator[Step]:
    for at in range(count):
        least = form.cleaned_data[f"{code}-{at}-least"]
        if least:
            points = form.cleaned_data[f"{code}-{at}-points"] or 0
            yield Step(at_least=least, points=points)
