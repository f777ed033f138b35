"""The indicators that a roadmap can follow, read from a file that experts review."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

from django.conf import settings
from django.utils.translation import get_language
from pydantic import Field, StringConstraints

from jalons.indicators.definitions import Code, Shape, Text, Words, read_shape

Number = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{1,2}$")]
FILE = "indicators.toml"


class Nature(StrEnum):
    """What a value is made of, hence what its change allows one to say."""

    # All there is was counted: actions, meetings, inhabitants of each commune.
    EXHAUSTIVE = "exhaustive"
    # Some were asked, others another time.
    SAMPLE = "sample"
    # The same people or territories twice: the value already is a comparison.
    SAME_PEOPLE = "same_people"


class Said(NamedTuple):
    """What an indicator is called, in one language."""

    name: str
    definition: str
    formula: str
    source: str


class Entry(Shape):
    """One indicator; a definition that changes takes another `version`.

    `nature` says what chance has to do with it: it is read when a change is judged, and
    no plan keeps it. `fne` names the national aim to which it adds up; no target is set
    on what has `takes_target` false.
    """

    code: Number
    version: int = Field(ge=1, le=999)
    level: Literal[
        "input",
        "process",
        "output",
        "people",
        "actors",
        "authority",
        "impact",
        "context",
    ]
    is_core: bool
    unit: Literal[
        "percent", "per_10000", "count", "people", "euros", "points", "skills"
    ]
    direction: Literal["higher", "lower", "neither"]
    frequency: Literal["event", "quarter", "half_year", "year", "two_years"]
    is_computed: bool
    takes_target: bool
    nature: Literal["exhaustive", "sample", "same_people"]
    fne: Literal["", "supported", "places", "helpers", "devices"] = ""
    name: Text
    definition: Text
    formula: Text
    source: Text

    def __str__(self) -> str:
        return said(self.name)

    @property
    def said(self) -> Said:
        """In the language of the reader."""
        return Said(
            *(said(self.name), said(self.definition)),
            *(said(self.formula), said(self.source)),
        )


class Catalogue(Shape):
    """The whole file."""

    id: Code
    author: Words
    reviewer: str
    indicator: list[Entry] = Field(min_length=1)

    @property
    def by_code(self) -> Mapping[str, Entry]:
        return {one.code: one for one in self.indicator}


def said(text: Text) -> str:
    """A text of the file in the language of the reader."""
    return text.en if (get_language() or "fr").startswith("en") else text.fr


@lru_cache(maxsize=1)
def read_catalogue() -> Catalogue:
    """The catalogue that comes with the project; raises InvalidFile."""
    return read_shape(settings.REFERENCE_DIR / "evaluation" / FILE, Catalogue)


def nature_of(code: str) -> Nature | None:
    """That of an indicator of the catalogue; of the team's own it is not noted."""
    entry = read_catalogue().by_code.get(code)
    return Nature(entry.nature) if entry else None
