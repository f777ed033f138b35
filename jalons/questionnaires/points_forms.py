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
from jalons.questionnaires.points_pages import TOTALS, scored_on, sum_of
from jalons.questionnaires.schema import (
    Class,
    Definition,
    Dimension,
    Grid,
    Question,
)
from jalons.questionnaires.scored_forms import (
    MOST_POINTS,
    add_points,
    add_question,
    typed_question,
)
from jalons.questionnaires.troubles import Trouble


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
            add_question(self, question, grid)
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
            add_points(self, f"d{d}_maximum", _("Points at most"), dimension.maximum)
        for c, one in enumerate(grid.classes):
            add_class(self, f"c{c}", one, is_last=one is grid.classes[-1])

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
            yield Limits(
                dimension.code, fields, sum_of(self.definition, dimension), told
            )

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
            yield title, sum_of(self.definition, dimension)

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
    def computed_total(self) -> int:
        return sum(q.scoring.maximum for q in self.definition.questions if q.scoring)

    def result(self) -> Definition:
        """The draft with the points typed; maxima of questions follow them."""
        definition = self.definition.model_copy(update={"grid": self._grid()})
        for question in self.shown:
            typed = drafting.with_maximum(typed_question(self, question))
            definition = drafting.replace_question(definition, typed)
        return definition

    def _grid(self) -> Grid:
        changes: dict[str, object] = {"dimensions": tuple(self._dimensions())}
        if self.has_totals:
            changes["total"] = self.cleaned_data["total"]
            changes["note"] = self.optional_text("note")
            changes["classes"] = tuple(self._classes())
        return self.grid.model_copy(update=changes)

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
