"""The questions of a mini-survey, read from a file that experts review."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from django.conf import settings
from pydantic import Field

from jalons.evaluation.catalogue import said
from jalons.indicators.definitions import Code, Shape, Text, Words, read_shape

FILE = "mini-enquete.toml"
SKILLS = 5
"""Areas of skill asked: all answered, or their number is not known."""


class Question(Shape):
    """One question; a skill is mastered when it is done alone, even with trouble."""

    code: Code
    kind: Literal["skill", "scale", "yes_no"]
    text: Text

    def __str__(self) -> str:
        return said(self.text)


class Definition(Shape):
    """The whole file, of one version."""

    id: Code
    version: int = Field(ge=1, le=999)
    author: Words
    reviewer: str
    question: list[Question] = Field(min_length=1)

    def of_kind(self, kind: str) -> Sequence[Question]:
        return [one for one in self.question if one.kind == kind]


@lru_cache(maxsize=1)
def read_definition() -> Definition:
    """The questions that come with the project; raises InvalidFile."""
    return read_shape(settings.REFERENCE_DIR / "panels" / FILE, Definition)
