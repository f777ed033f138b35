"""The nine conditions of success, read from a file that experts review."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language

from jalons.indicators.definitions import Code, Shape, Words, read_shape


def is_english() -> bool:
    return (get_language() or "fr").startswith("en")


class Condition(Shape):
    """One condition, and the question that a team asks itself about it."""

    id: Code
    fr: Words
    en: Words
    question_fr: Words
    question_en: Words

    def __str__(self) -> str:
        return self.en if is_english() else self.fr

    @property
    def question(self) -> str:
        return self.question_en if is_english() else self.question_fr


class Success(Shape):
    """The whole file."""

    id: Code
    author: Words
    reviewer: str
    seed: Words
    condition: list[Condition]


@lru_cache(maxsize=1)
def read_conditions() -> list[Condition]:
    """The conditions that come with the project, in their order; raises InvalidFile."""
    path = settings.REFERENCE_DIR / "steps" / "conditions.toml"
    return read_shape(path, Success).condition


def condition_of(code: str) -> Condition | None:
    """The one of this code; None when the file has none."""
    return next((one for one in read_conditions() if one.id == code), None)
