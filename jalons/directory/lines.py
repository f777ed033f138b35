"""A place as a list of places says it."""

from __future__ import annotations

from dataclasses import dataclass

from jalons.directory import words
from jalons.directory.models import Place

DOES_NOT_RECEIVE = "sans_public"


@dataclass(frozen=True, slots=True)
class Line:
    """One place of the list, in the reader's words."""

    place: Place
    distance: str
    days: list[words.Day]
    services: list[str]
    opens_next: words.Day | None = None
    """Where it is closed on those days, when it opens again."""
    number: int = 0

    @property
    def receives(self) -> bool:
        return DOES_NOT_RECEIVE not in self.place.access_modes
