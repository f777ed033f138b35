"""The points of a questionnaire on forms: answers, dimensions, classes.

The maximum of a question is computed from its answers; the totals of dimensions and
the limits of classes are stated by the author, and checked against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.questionnaires import drafting
from jalons.questionnaires.class_forms import (
    Limits,
    add_class,
    add_names,
    limits_of,
    typed_class,
    typed_name,
)
from jalons.questionnaires.editor_forms import EditorForm
from jalons.questionnaires.points_pages import TOTALS, scored_on
from jalons.questionnaires.schema import (
    Class,
    Definition,
    Dimension,
    Grid,
    Question,
    Step,
)
from jalons.questionnaires.troubles import Trouble

MOST_POINTS = 1000
BLANK_STEPS = 1


@dataclass(frozen=True, slots=True)
class ScoredQuestion:
    """One question with its fields, and what its answers add up to as kept."""

    question: Question
    dimension: forms.BoundField
    fields: tuple[forms.BoundField, ...]
    maximum: int
    troubles: tuple[str, ...]


class PointsForm(EditorForm):
    """The points as they stand; `result` is the definition as typed.

    `page` is the dimension whose answers are shown, or the totals; None shows all.
    What is not shown stays as it is.
    """

    total = forms.IntegerField(
        label=_("Total of points"), min_value=1, max_value=MOST_POINTS
    )

    def __init__(
        self,
        *args: Any,
        definition: Definition,
        grid: Grid,
        page: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.definition, self.grid, self.page = definition, grid, page
        self.shown = scored_on(definition, grid, page)
        for question in self.shown:
            self._add_question(question)
        if self.has_totals:
            self._add_totals(grid)
        else:
            del self.fields["total"]
        for d, dimension in enumerate(grid.dimensions):
            if self._has_levels(dimension):
                self._add_levels(d, dimension)

    @property
    def has_totals(self) -> bool:
        """Whether the page states totals, dimensions and classes."""
        return self.page in (None, TOTALS)

    def _add_totals(self, grid: Grid) -> None:
        self.initial.setdefault("total", grid.total)
        self.add_wordings("note", _("Where these points come from"), grid.note)
        for d, dimension in enumerate(grid.dimensions):
            add_names(self, f"d{d}", dimension.title)
            self._add_points(f"d{d}_maximum", _("Points at most"), dimension.maximum)
        for c, one in enumerate(grid.classes):
            add_class(self, f"c{c}", one, is_last=one is grid.classes[-1])

    def _add_question(self, question: Question) -> None:
        code, rule = question.code, question.scoring
        choices = [(d.code, d.title.fr or d.code) for d in self.grid.dimensions]
        self.fields[f"{code}-dimension"] = forms.ChoiceField(
            label=_("Dimension"),
            choices=[*choices, ("", _("Counts no more"))],
            required=False,
        )
        self.initial.setdefault(f"{code}-dimension", rule.dimension if rule else "")
        if rule and rule.rule == "counted":
            for at in range(len(rule.steps) + BLANK_STEPS):
                step = rule.steps[at] if at < len(rule.steps) else None
                least = step.at_least if step else None
                self._add_points(
                    f"{code}-{at}-least", _("Boxes ticked, at least"), least
                )
                points = step.points if step else None
                self._add_points(f"{code}-{at}-points", _("Points"), points)
            return
        for option in question.options:
            label = option.text.fr or option.code
            self._add_points(f"{code}-{option.code}", label, option.points)

    def _has_levels(self, dimension: Dimension) -> bool:
        """Whether the page states the levels of this dimension."""
        return bool(dimension.levels) and self.page in (None, dimension.code)

    def _add_levels(self, d: int, dimension: Dimension) -> None:
        """The classes of the dimension’s own total, and where they come from."""
        title = _("Where these levels come from")
        self.add_wordings(f"d{d}_levels_note", title, dimension.levels_note)
        for at, level in enumerate(dimension.levels):
            is_last = level is dimension.levels[-1]
            add_class(self, f"d{d}_levels_{at}", level, is_last=is_last)

    def _add_points(self, name: str, label: Any, value: int | None) -> None:
        self.fields[name] = forms.IntegerField(
            label=label, required=False, min_value=0, max_value=MOST_POINTS
        )
        self.initial.setdefault(name, value)

    def questions(self) -> Iterator[ScoredQuestion]:
        """The scored questions as the page draws them."""
        for question in self.shown:
            prefix = f"{question.code}-"
            names = [
                name
                for name in self.fields
                if name.startswith(prefix) and name != f"{prefix}dimension"
            ]
            yield ScoredQuestion(
                question,
                self[f"{prefix}dimension"],
                tuple(self[name] for name in names),
                question.scoring.maximum if question.scoring else 0,
                self.troubles_of(question.code),
            )

    def dimensions(self) -> Iterator[Limits]:
        for d, dimension in enumerate(self.grid.dimensions):
            names = ("fr", "fr_easy", "en", "maximum")
            fields = tuple(self[f"d{d}_{name}"] for name in names)
            told = self.troubles_of(f"dimensions_{d}")
            yield Limits(dimension.code, fields, self._computed(dimension), told)

    def levels(self) -> Iterator[Limits]:
        """The dimensions whose levels the page states, with them."""
        for d, dimension in enumerate(self.grid.dimensions):
            if not self._has_levels(dimension):
                continue
            levels = tuple(
                limits_of(self, f"d{d}_levels_{at}", level)
                for at, level in enumerate(dimension.levels)
            )
            told = self.troubles_of(f"dimensions_{d}_levels")
            note = f"d{d}_levels_note"
            title = dimension.title.fr or dimension.code
            yield Limits(dimension.code, (), None, told, levels, note, title)

    def sums(self) -> Iterator[tuple[str, int]]:
        """Each dimension by its name, with what its questions add up to."""
        for dimension in self.grid.dimensions:
            title = dimension.title.fr or dimension.code
            yield title, self._computed(dimension)

    def _computed(self, dimension: Dimension) -> int:
        rules = [one.scoring for one in self.definition.questions if one.scoring]
        return sum(r.maximum for r in rules if r.dimension == dimension.code)

    def classes(self) -> Iterator[Limits]:
        for c, one in enumerate(self.grid.classes):
            told = self.troubles_of(f"classes_{c}")
            yield replace(limits_of(self, f"c{c}", one), troubles=told)

    def tell(self, troubles: Iterable[Trouble]) -> None:
        """Each trouble goes beside its question, its dimension or its class."""
        for one in troubles:
            known = self.troubles.get(one.field)
            text = f"{known} {one.message}" if known else one.message
            self.troubles[one.field] = text

    def troubles_of(self, start: str) -> tuple[str, ...]:
        """What is left to mend in one question, one dimension or one class."""
        return tuple(
            message
            for field, message in self.troubles.items()
            if field == start or field.startswith((f"{start}_", f"{start}."))
        )

    @property
    def total_troubles(self) -> tuple[str, ...]:
        return self.troubles_of("total")

    @property
    def computed_total(self) -> int:
        return sum(q.scoring.maximum for q in self.definition.questions if q.scoring)

    def result(self) -> Definition:
        """The draft with the points typed; maxima of questions follow them."""
        definition = self.definition.model_copy(update={"grid": self._grid()})
        for question in self.shown:
            typed = drafting.with_maximum(self._question(question))
            definition = drafting.replace_question(definition, typed)
        return definition

    def _grid(self) -> Grid:
        changes: dict[str, object] = {"dimensions": tuple(self._dimensions())}
        if self.has_totals:
            changes["total"] = self.cleaned_data["total"]
            changes["note"] = self.optional_text("note")
            changes["classes"] = tuple(self._classes())
        return self.grid.model_copy(update=changes)

    def _question(self, question: Question) -> Question:
        rule, code = question.scoring, question.code
        dimension = self.cleaned_data[f"{code}-dimension"]
        if rule is None or not dimension:
            options = [o.model_copy(update={"points": None}) for o in question.options]
            changes = {"scoring": None, "options": tuple(options)}
            return question.model_copy(update=changes)
        if rule.rule == "counted":
            steps = tuple(self._steps(code, len(rule.steps) + BLANK_STEPS))
            rule = rule.model_copy(update={"dimension": dimension, "steps": steps})
            return question.model_copy(update={"scoring": rule})
        options = [
            o.model_copy(update={"points": self.cleaned_data[f"{code}-{o.code}"]})
            for o in question.options
        ]
        rule = rule.model_copy(update={"dimension": dimension})
        return question.model_copy(update={"scoring": rule, "options": tuple(options)})

    def _steps(self, code: str, count: int) -> Iterator[Step]:
        for at in range(count):
            least = self.cleaned_data[f"{code}-{at}-least"]
            if least:
                points = self.cleaned_data[f"{code}-{at}-points"] or 0
                yield Step(at_least=least, points=points)

    def _dimensions(self) -> Iterator[Dimension]:
        for d, dimension in enumerate(self.grid.dimensions):
            changes: dict[str, object] = {}
            if self.has_totals:
                changes["title"] = typed_name(self, f"d{d}")
                changes["maximum"] = self.cleaned_data[f"d{d}_maximum"] or 0
            if self._has_levels(dimension):
                changes["levels"] = tuple(
                    typed_class(self, f"d{d}_levels_{at}", level)
                    for at, level in enumerate(dimension.levels)
                )
                changes["levels_note"] = self.optional_text(f"d{d}_levels_note")
            yield dimension.model_copy(update=changes)

    def _classes(self) -> Iterator[Class]:
        for c, one in enumerate(self.grid.classes):
            yield typed_class(self, f"c{c}", one)
