"""Activities as phases, and run-sheets as activities: files that experts review."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from django.conf import settings
from django.utils.translation import get_language
from pydantic import Field

from jalons.indicators.definitions import Code, Shape, Words, read_shape

Seed = Literal["S000", "S002", ""]
Kind = Literal[
    "poll",
    "dots",
    "wall",
    "matrix",
    "workstreams",
    "resources",
    "questions",
    "cloud",
]
Form = Literal["single", "multiple", "scale", "ranking"]


def is_english() -> bool:
    return (get_language() or "fr").startswith("en")


def one_line(text: str) -> str:
    """The same words with plain spaces: a form brings none of the no-break ones back.

    >>> one_line("Comment\\u202f?")
    'Comment ?'
    """
    return " ".join(text.split())


class Phase(Shape):
    """A moment of an activity: what everybody may send meanwhile, if anything."""

    id: Code
    fr: Words
    en: Words
    takes: Literal["ideas", "votes", "cells", "links", ""]
    tip_fr: Words
    tip_en: Words

    def __str__(self) -> str:
        return self.en if is_english() else self.fr

    @property
    def tip(self) -> str:
        return self.tip_en if is_english() else self.tip_fr


class Named(Shape):
    id: Code
    fr: Words
    en: Words
    about_fr: Words
    about_en: Words
    author: Words
    reviewer: str
    seed: Seed

    def __str__(self) -> str:
        return self.en if is_english() else self.fr

    @property
    def about(self) -> str:
        return self.about_en if is_english() else self.about_fr


class ActivityKind(Named):
    """What can be done together, phase after phase."""

    phase: list[Phase]
    # Whether tables work on it apart, each with its synthesis.
    at_tables: bool = False

    @property
    def is_written(self) -> bool:
        """Whether what it is about comes from those present, not from the team."""
        return any(one.takes == "ideas" for one in self.phase)

    def read(self, code: str) -> Phase:
        """The phase of this code; the first when it left the file."""
        return next((one for one in self.phase if one.id == code), self.phase[0])


class Planned(Shape):
    """One activity of a run-sheet, as it is proposed."""

    kind: Kind
    form: Form = "single"
    minutes: int = Field(ge=1, le=480)
    title_fr: Words
    title_en: Words
    question_fr: Words
    question_en: Words
    instructions_fr: Words
    instructions_en: Words
    options_fr: list[Words] = Field(default_factory=list)
    options_en: list[Words] = Field(default_factory=list)
    has_factors: bool = False
    # The scale that stands before it on the run-sheet, put again.
    asks_again: bool = False

    def text(self, name: str) -> str:
        """A text in the language of whoever prepares the workshop."""
        return str(getattr(self, f"{name}_{'en' if is_english() else 'fr'}"))

    @property
    def options(self) -> list[str]:
        return self.options_en if is_english() else self.options_fr


class RunSheet(Named):
    """A workshop proposed whole; the team changes it as it likes."""

    activity: list[Planned] = Field(default_factory=list)


@lru_cache(maxsize=1)
def read_kinds() -> Mapping[str, ActivityKind]:
    """Every activity that can be played today; raises InvalidFile."""
    folder = settings.REFERENCE_DIR / "activities"
    names = (
        "wall",
        "matrix",
        "workstreams",
        "resources",
        "poll",
        "dots",
        "cloud",
        "questions",
    )
    return {name: read_shape(folder / f"{name}.toml", ActivityKind) for name in names}


@lru_cache(maxsize=1)
def read_run_sheets() -> Mapping[str, RunSheet]:
    """Every run-sheet that can be played today; raises InvalidFile."""
    folder = settings.REFERENCE_DIR / "runsheets"
    names = ("prospective", "workstreams", "resources", "restitution", "blank")
    return {name: read_shape(folder / f"{name}.toml", RunSheet) for name in names}


def written_kinds() -> list[str]:
    """The kinds of activities whose items those present write."""
    return [name for name, kind in read_kinds().items() if kind.is_written]
