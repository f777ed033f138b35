"""Small groups added together, so that a count of a few people tells of none of them.

Lines of a table each count so many people, of whom some did something. A line of fewer
than `least` people would tell almost who did: such lines are added together, and with
the smallest of the others while their sum is still too small. The lines returned
partition those given: no total minus its parts brings a small line back.

Not valid for two tables that cut the same people in two other ways and whose cells are
shown together: that is the matter of `secrecy`. The minimum of five is that of tables
of answers (rule 7), from the usual threshold of official statistics for persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True, slots=True)
class Line:
    """So many people under one name, and how many of them did the thing counted."""

    name: str
    people: int
    done: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """One or several lines; `done` is None when even together they are too few."""

    names: tuple[str, ...]
    people: int
    done: int | None


def gather(lines: Sequence[Line], *, least: int = LEAST) -> tuple[Gathered, ...]:
    """The lines, those too small added together, in the order of their first name.

    >>> gather([Line("Creuse", 2, 1), Line("Gironde", 9, 4), Line("Landes", 4, 4)])
    ... # doctest: +NORMALIZE_WHITESPACE
    (Gathered(names=('Creuse', 'Landes'), people=6, done=5),
     Gathered(names=('Gironde',), people=9, done=4))
    """
    filled = [line for line in lines if line.people]
    small = [line for line in filled if line.people < least]
    large = sorted(
        (line for line in filled if line.people >= least),
        key=lambda line: (line.people, line.name),
        reverse=True,
    )
    while small and large and sum(line.people for line in small) < least:
        small.append(large.pop())
    groups = [[line] for line in large] + ([small] if small else [])
    found = [_gathered(group, lines, least) for group in groups]
    places = {line.name: place for place, line in enumerate(lines)}
    return tuple(sorted(found, key=lambda one: places[one.names[0]]))


def _gathered(group: Sequence[Line], lines: Sequence[Line], least: int) -> Gathered:
    inside = [line for line in lines if line in group]
    people = sum(line.people for line in inside)
    done = sum(line.done for line in inside)
    names = tuple(line.name for line in inside)
    return Gathered(names, people, done if people >= least else None)
