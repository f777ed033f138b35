"""A questionnaire read a part at a time; whole when it is short, or asked for.

A long form read at once is heavy and tiring; one part is what its reader compares or
corrects. The whole stays one link away: to print it, or to look for a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from jalons.questionnaires.schema import Definition, Section

SHORT = 40
"""Questions and answers, lines of a sheet, that are read at once without turning."""
WHOLE = "tout"
PART = "partie"


@dataclass(frozen=True, slots=True)
class PartRead:
    """One part with its number, and whether the page shows it."""

    number: int
    section: Section
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """Which parts a page shows. `turns`: there are others, on pages of their own."""

    parts: tuple[PartRead, ...]
    is_whole: bool
    turns: bool

    @property
    def shown(self) -> list[PartRead]:
        return [part for part in self.parts if part.is_shown]

    @property
    def is_first(self) -> bool:
        return not self.parts or self.parts[0].is_shown

    @property
    def is_last(self) -> bool:
        return not self.parts or self.parts[-1].is_shown

    @property
    def after(self) -> PartRead | None:
        """The part to turn to, when one at a time is shown."""
        if self.is_last or self.is_whole:
            return None
        return self.parts[self.shown[0].number]


def reading_of(definition: Definition, asked: Mapping[str, str]) -> Reading:
    """The part that an address asks for, else the first."""
    sections = definition.sections
    turns = len(sections) > 1 and _lines(definition) > SHORT
    is_whole = not turns or WHOLE in asked
    wanted = definition.section(asked.get(PART, "")) or (sections or (None,))[0]
    parts = tuple(
        PartRead(number, section, is_whole or section is wanted)
        for number, section in enumerate(sections, start=1)
    )
    return Reading(parts, is_whole, turns)


def found_at(definition: Definition, anchor: str, *, is_whole: bool = False) -> str:
    """Where a page read by parts shows a part or a question: `?partie=end#P2`."""
    if is_whole:
        return f"?{WHOLE}=1#{anchor}"
    for section in definition.sections:
        codes = [f"part-{section.code}", *(one.code for one in section.questions)]
        if anchor in codes:
            return f"?{urlencode({PART: section.code})}#{anchor}"
    return f"#{anchor}"


def _lines(definition: Definition) -> int:
    return sum(
        1 + len(question.options) + len(question.rows)
        for question in definition.questions
    )
