"""What may be told of the people met is worked out in the background, and kept.

Some seconds when few people were met, which is when most is to be hidden. A page asks
for it and says that it is under way; what was worked out depends on the answers alone,
and holds until one more arrives.
"""

from __future__ import annotations

from typing import Literal

from django.core.cache import cache

from jalons.fieldwork.people import People
from jalons.fieldwork.protection import Hidden, joined, protected
from jalons.fieldwork.tables import tables_of

Part = Literal["results", "workshops"]
PARTS: tuple[Part, ...] = ("results", "workshops")
KEPT_SECONDS = 86_400
ASKED_SECONDS = 180
"""Asked again after so long without an answer: a worker may have stopped."""


def found(people: People, part: Part) -> Hidden | None:
    """What was worked out, if it was."""
    kept: Hidden | None = cache.get(_name(people, part))
    return kept


def hidden_of(people: People, part: Part) -> Hidden:
    """What may not be told on a page, worked out at once when it has to be."""
    kept = found(people, part)
    if kept is None:
        kept = _worked_out(people, part)
        cache.set(_name(people, part), kept, KEPT_SECONDS)
    return kept


def is_to_ask(people: People) -> bool:
    """Whether nobody has asked for it yet, or too long ago."""
    return bool(cache.add(_name(people, "asked"), True, ASKED_SECONDS))


def _worked_out(people: People, part: Part) -> Hidden:
    tables, beside = tables_of(people)
    if part == "results":
        return protected(people.n, tables)
    return joined(people.n, tables, beside, hidden_of(people, "results"))


def _name(people: People, of: str) -> str:
    return f"fieldwork.{of}.{people.digest}"
