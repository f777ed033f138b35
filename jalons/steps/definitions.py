"""The seven steps, read from a file that experts review."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings

from jalons.conditions.definitions import is_english
from jalons.indicators.definitions import Code, Shape, Words, read_shape


class Criterion(Shape):
    """What a step asks for; `is_checked` when real objects show it.

    The others are said by the team: nothing here shows them yet.
    """

    id: Code
    fr: Words
    en: Words
    is_checked: bool

    def __str__(self) -> str:
        return self.en if is_english() else self.fr


class Step(Shape):
    """One step: what it is for, what to do, what comes of it, when it is done."""

    id: Code
    fr: Words
    en: Words
    purpose_fr: Words
    purpose_en: Words
    todo_fr: list[Words]
    todo_en: list[Words]
    deliverables_fr: list[Words]
    deliverables_en: list[Words]
    tools: list[Code]
    criterion: list[Criterion]

    def __str__(self) -> str:
        return self.en if is_english() else self.fr

    @property
    def purpose(self) -> str:
        return self.purpose_en if is_english() else self.purpose_fr

    @property
    def todo(self) -> list[str]:
        return self.todo_en if is_english() else self.todo_fr

    @property
    def deliverables(self) -> list[str]:
        return self.deliverables_en if is_english() else self.deliverables_fr


class Method(Shape):
    """The whole file: four aims, seven steps."""

    id: Code
    author: Words
    reviewer: str
    seed: Words
    aims_fr: list[Words]
    aims_en: list[Words]
    step: list[Step]

    @property
    def aims(self) -> list[str]:
        return self.aims_en if is_english() else self.aims_fr

    @property
    def criteria(self) -> Mapping[str, Criterion]:
        """Every criterion by its code."""
        return {one.id: one for step in self.step for one in step.criterion}


@lru_cache(maxsize=1)
def read_method() -> Method:
    """The method that comes with the project; raises InvalidFile."""
    return read_shape(settings.REFERENCE_DIR / "steps" / "steps.toml", Method)
