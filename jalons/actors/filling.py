"""A table filled in actor by actor or whole, by several without losing a word.

The page carries what it showed; only the cells changed since are written, and a cell
that somebody else changed meanwhile is left as it is, and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jalons.actors.grids import Cells, Grid
from jalons.actors.models import Actor
from jalons.actors.vocabulary import Explained

NOTHING = ""
WHOLE = "tout"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that a person changed: what the page showed, and what they chose."""

    actor: int
    code: str
    shown: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Select:
    """One cell to fill in, and what its column means."""

    name: str
    entry: Explained
    label: str
    level: str


@dataclass(frozen=True, slots=True)
class FillRow:
    """One actor and its cells, in the order of the columns."""

    actor: Actor
    cells: list[Select]


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose cells a page shows: one actor at a time, or all of them.

    `silent` are the actors that stated nothing yet; `after` comes next.
    """

    actors: list[Actor]
    shown: list[Actor]
    silent: set[int]
    after: Actor | None


def turn_of(actors: list[Actor], cells: Cells, asked: Mapping[str, str]) -> Turn:
    """The actor asked for, else the first that stated nothing; `tout` shows all."""
    spoke = {actor for (actor, _code), level in cells.items() if level}
    silent = {actor.pk for actor in actors} - spoke
    if WHOLE in asked or not actors:
        return Turn(actors, actors, silent, None)
    wanted = [str(one.pk) == asked.get("acteur") for one in actors]
    at = wanted.index(True) if any(wanted) else _first_silent(actors, silent)
    after = actors[at + 1] if at + 1 < len(actors) else None
    return Turn(actors, [actors[at]], silent, after)


def _first_silent(actors: list[Actor], silent: set[int]) -> int:
    return next((at for at, one in enumerate(actors) if one.pk in silent), 0)


def rows_to_fill(
    grid: Grid, actors: Iterable[Actor], cells: Mapping[tuple[int, str], str]
) -> list[FillRow]:
    """What the page shows: each cell knows its actor and its column."""
    return [
        FillRow(
            actor,
            [
                Select(
                    name=name_of(actor.pk, code),
                    entry=entry,
                    label=f"{actor.name} · {entry}",
                    level=cells.get((actor.pk, code), NOTHING),
                )
                for code, entry in grid.entries.items()
            ],
        )
        for actor in actors
    ]


def name_of(actor: int, code: str) -> str:
    return f"c-{actor}-{code}"


def written(grid: Grid, actors: Sequence[Actor], cells: Cells) -> str:
    """What the page showed, in short: `12:0120…;15:…`, a digit for each column."""
    order = [NOTHING, *grid.levels.values]
    return ";".join(
        f"{actor.pk}:"
        + "".join(
            str(order.index(cells.get((actor.pk, code), NOTHING)))
            for code in grid.entries
        )
        for actor in actors
    )


def changes_in(grid: Grid, sent: Mapping[str, str]) -> list[Change]:
    """The cells changed on the page; what cannot be read changes nothing."""
    order = [NOTHING, *grid.levels.values]
    found = []
    for actor, digits in _shown(sent.get("avant", ""), len(grid.entries)):
        for code, digit in zip(grid.entries, digits, strict=True):
            chosen = sent.get(name_of(actor, code))
            shown = order[int(digit)] if int(digit) < len(order) else NOTHING
            if chosen in order and chosen != shown:
                found.append(Change(actor, code, shown, chosen))
    return found


def _shown(text: str, width: int) -> Iterable[tuple[int, str]]:
    for part in text.split(";"):
        actor, _colon, digits = part.partition(":")
        if _is_digits(actor) and len(digits) == width and _is_digits(digits):
            yield int(actor), digits


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
