"""Definitions of indicators and of their sources: TOML files that experts review."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from jalons.indicators.problems import InvalidFile, Problem

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]

SENTENCES = {
    "missing": gettext_lazy("This key is missing: add it."),
    "extra_forbidden": gettext_lazy("This key is not known here: remove it."),
    "string_type": gettext_lazy("A text is expected: put the value between quotes."),
    "string_too_short": gettext_lazy("This text is empty: write it."),
    "string_pattern_mismatch": gettext_lazy(
        "Use small letters without accents, digits and underscores."
    ),
    "literal_error": gettext_lazy(
        "“%(input)s” is not known; choose from %(expected)s."
    ),
}
OTHER_SENTENCE = gettext_lazy("The value “%(input)s” is not accepted here.")


class Shape(BaseModel):
    """Nothing unknown, nothing guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Text(Shape):
    """One text by language; `fr_easy` is left out where `fr` is plain enough."""

    fr: Words
    en: Words
    fr_easy: Words | None = None


class IndicatorDefinition(Shape):
    """What a figure measures. `formula` is a name: how the value is obtained."""

    id: Code
    source: Code
    unit: Literal["euros", "percent", "per_100", "inhabitants", "km", "count", "level"]
    direction: Literal["higher", "lower", "neither"]
    # As the producer publishes it; numerator over denominator, or what is left of it;
    # a number of things; a number over the households of the census; kilometres to the
    # nearest; inhabitants of the communes of one density level.
    formula: Literal[
        "published",
        "ratio",
        "complement",
        "count",
        "per_households",
        "distance",
        "population_of_level",
    ]
    columns: list[Words]
    author: Words
    reviewer: str = ""
    reviewed_on: date | None = None
    review_before: date | None = None
    title: Text
    question: Text
    limits: Text


class ReleaseDefinition(Shape):
    """A file of figures; `columns` gives the producer's name of each indicator."""

    vintage: Words
    file: Words
    columns: dict[Code, Words] = Field(default_factory=dict)


class Download(Shape):
    """Where a file of a source can be fetched."""

    part: Code
    address: Words


class SourceDefinition(Shape):
    """A producer's data set, where to get it, and the files carried from it."""

    id: Code
    title: Words
    producer: Words
    licence: Words
    url: str = ""
    page: str = ""
    checked: str = ""
    """Against what the names of its columns were compared, for those who review."""
    download: list[Download] = Field(default_factory=list)
    release: list[ReleaseDefinition] = Field(default_factory=list)


class Sources(Shape):
    source: list[SourceDefinition]


Definition = TypeVar("Definition", bound=Shape)


def read_indicators(folder: Path) -> list[IndicatorDefinition]:
    """Every definition of a folder, by name of file; raises InvalidFile."""
    return [
        read_shape(path, IndicatorDefinition) for path in sorted(folder.glob("*.toml"))
    ]


def read_sources(path: Path) -> list[SourceDefinition]:
    """The sources of a folder of figures; raises InvalidFile."""
    return read_shape(path, Sources).source


def read_shape(path: Path, shape: type[Definition]) -> Definition:
    """One TOML file of a given shape; raises InvalidFile with what must be mended."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError) as error:
        message = _("The file is missing, or is not a UTF-8 text: %(why)s")
        problem = Problem(path.name, 1, "-", message % {"why": error})
        raise InvalidFile([problem]) from error
    try:
        return shape.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        message = _("This is not TOML: %(why)s") % {"why": error}
        raise InvalidFile([Problem(path.name, 1, "-", message)]) from error
    except ValidationError as error:
        raise InvalidFile(_problems(path.name, text, error)) from error


def _problems(file: str, text: str, error: ValidationError) -> list[Problem]:
    problems = []
    for detail in error.errors():
        key = ".".join(str(part) for part in detail["loc"])
        sentence = SENTENCES.get(detail["type"], OTHER_SENTENCE)
        shown = {"input": str(detail["input"])[:60], **detail.get("ctx", {})}
        line = _line_of(text, detail["loc"])
        problems.append(Problem(file, line, key, str(sentence) % shown))
    return problems


def _line_of(text: str, path: tuple[int | str, ...]) -> int:
    """Where a key stands: each part is looked for after the one before it."""
    at = 0
    for part in path:
        if isinstance(part, str):
            pattern = rf"^\s*(?:\[*\s*)?{re.escape(part)}\s*(?:=|\]|\.)"
            found = re.compile(pattern, re.MULTILINE).search(text, at)
            at = found.end() if found else at
    return text.count("\n", 0, at) + 1
