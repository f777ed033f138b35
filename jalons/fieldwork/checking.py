"""What may be told of the people met is worked out in the background, and kept.

Some seconds as a rule, longer when few people were met, which is when most is to be
hidden. A page asks for it and says that it is under way; what was worked out depends
on the answers and on the rules, and holds until one more arrives or a rule changes.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from math import inf
from time import monotonic
from typing import Literal

from django.core.cache import cache

from jalons.fieldwork.bounding import categories, telling
from jalons.fieldwork.people import People
from jalons.fieldwork.protection import Hidden, joined, protected
from jalons.fieldwork.tables import tables_of

Part = Literal["results", "workshops"]
PARTS: tuple[Part, ...] = ("results", "workshops")
FORMAT = 3
"""To be raised when the tables, what is kept of them or the rules of secrecy change."""
KEPT_SECONDS = 86_400
ASKED_SECONDS = 180
"""Asked again after so long without news: a worker may have stopped."""
RENEWED_SECONDS = 30
"""Between two signs of life of whoever works it out."""


def found(people: People, part: Part) -> Hidden | None:
    """What was worked out, if it was."""
    kept: Hidden | None = cache.get(_name(people, part))
    return kept


def hidden_of(people: People, part: Part) -> Hidden:
    """What may not be told on a page, worked out at once when it has to be."""
    kept = found(people, part)
    if kept is None:
        kept = _worked_out(people, part, renewing(people))
        cache.set(_name(people, part), kept, KEPT_SECONDS)
    return kept


def telling_of(people: People, hidden: Hidden) -> frozenset[str]:
    """The tables whose weighted shares would tell of a few people, kept as well."""
    if not people.adjusted.is_weighted:
        return frozenset()
    weights = people.adjusted.weights
    name = _name(people, f"telling.{sha256(weights.tobytes()).hexdigest()}")
    kept: frozenset[str] | None = cache.get(name)
    if kept is None:
        groups = categories(people.placed, people.adjusted.used)
        kept = telling(tables_of(people)[0], weights, groups, hidden)
        cache.set(name, kept, KEPT_SECONDS)
    return kept


def is_to_ask(people: People) -> bool:
    """Whether nobody has asked for it yet, or too long ago."""
    return bool(cache.add(_name(people, "asked"), True, ASKED_SECONDS))


def renewing(people: People) -> Callable[[], None]:
    """What to call while working it out, so that nobody begins it again beside."""
    last = -inf

    def renew() -> None:
        nonlocal last
        if monotonic() - last >= RENEWED_SECONDS:
            cache.set(_name(people, "asked"), True, ASKED_SECONDS)
            last = monotonic()

    renew()
    return renew


def _worked_out(people: People, part: Part, on_progress: Callable[[], None]) -> Hidden:
    tables, beside = tables_of(people)
    if part == "results":
        return protected(people.n, tables, on_progress)
    first = hidden_of(people, "results")
    return joined(people.n, tables, beside, first, on_progress)


def _name(people: People, of: str) -> str:
    return f"fieldwork.{FORMAT}.{of}.{people.digest}"
