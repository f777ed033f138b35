"""A territory that somebody types: its code or its name, else those that are near."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jalons.search.figures import Hit, find
from jalons.search.words import words_of
from jalons.territories.models import Territory

FOUND = 6


@dataclass(frozen=True, slots=True)
class Named:
    """The territory meant, or those that may have been when it is not sure."""

    territory: Territory | None
    hits: tuple[Hit, ...] = ()


def named(text: str, kinds: Collection[str]) -> Named:
    """By its code, or by a name that it alone bears."""
    known = Territory.objects.current().filter(kind__in=kinds)
    found = known.filter(pk=text.replace(" ", "").upper()).first()
    if found:
        return Named(found)
    hits = tuple(find(text, kinds=kinds, limit=FOUND))
    same = [one for one in hits if words_of(one.title) == words_of(text)]
    if len(same) == 1:
        found = known.filter(pk=same[0].ref).first()
    return Named(found) if found else Named(None, hits)
