"""The actors of a space by family, who does what, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from jalons.actors.grids import ROLES, Grid
from jalons.actors.models import Actor
from jalons.actors.vocabulary import Explained, Family, read_vocabulary
from jalons.analysis.role_matrix import Gaps, Held, absent, find_gaps
from jalons.spaces.models import Space


@dataclass(frozen=True, slots=True)
class FamilyRows:
    """A family of actors, and those of the table that belong to it."""

    title: str
    college: str
    examples: str
    actors: list[Actor]


@dataclass(frozen=True, slots=True)
class ActorTable:
    """Some actors by family, with the families and colleges that nobody is of.

    `families` are those of the file in its order, then those that left it.
    """

    families: list[FamilyRows]
    absent_families: list[Family]
    absent_colleges: list[Explained]
    count: int
    archived: list[Actor]
    is_simulated: bool

    @property
    def family_count(self) -> int:
        return len(self.families)

    @property
    def expected_count(self) -> int:
        return self.family_count + len(self.absent_families)


@dataclass(frozen=True, slots=True)
class CellRead:
    """What an actor stated in a column; an empty level is nothing stated."""

    level: str
    words: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    actor: Actor
    cells: list[CellRead]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table actor × column of a space; `gaps` are those of the roles only."""

    grid: Grid
    columns: list[Explained]
    rows: list[MatrixRow]
    gaps: Gaps | None
    is_simulated: bool

    @property
    def spoke(self) -> int:
        """Actors that stated something."""
        return sum(any(cell.level for cell in row.cells) for row in self.rows)


def table_of(space: Space) -> ActorTable:
    """Every actor at work in the space, and those put aside, in one query."""
    actors = list(space.actors.select_related("commune").in_order())
    at_work = [one for one in actors if one.archived_at is None]
    return table_among(at_work, archived=[one for one in actors if one.archived_at])


def table_among(found: Iterable[Actor], archived: Iterable[Actor] = ()) -> ActorTable:
    """These actors, in the order given; those `archived` are named apart."""
    actors = list(found)
    by_family: defaultdict[str, list[Actor]] = defaultdict(list)
    for one in actors:
        by_family[one.family].append(one)
    known = read_vocabulary()
    order = [*known.families, *sorted(set(by_family) - set(known.families))]
    no_family = absent(list(known.families), by_family.keys())
    no_college = absent(list(known.colleges), {one.college for one in actors})
    return ActorTable(
        families=[_family(code, by_family[code]) for code in order if by_family[code]],
        absent_families=[known.families[code] for code in no_family],
        absent_colleges=[known.colleges[code] for code in no_college],
        count=len(actors),
        archived=list(archived),
        is_simulated=any(one.is_simulated for one in actors),
    )


def matrix_of(space: Space, grid: Grid) -> Matrix:
    """What the actors at work stated, in two queries."""
    actors = list(space.actors.at_work().in_order())
    cells, columns = grid.cells_of(actors), grid.entries
    rows = [
        MatrixRow(
            actor,
            [_cell(grid, cells.get((actor.pk, code), "")) for code in columns],
        )
        for actor in actors
    ]
    gaps = None
    if grid is ROLES:
        held = [Held(pk, role, level) for (pk, role), level in cells.items()]  # type: ignore[arg-type]
        gaps = find_gaps([one.pk for one in actors], list(columns), held)
    return Matrix(
        grid=grid,
        columns=list(columns.values()),
        rows=rows,
        gaps=gaps,
        is_simulated=any(one.is_simulated for one in actors),
    )


def _family(code: str, actors: list[Actor]) -> FamilyRows:
    known = read_vocabulary()
    family = known.families.get(code)
    if family is None:
        return FamilyRows(code, actors[0].college_words, "", actors)
    college = known.colleges[family.college]
    return FamilyRows(str(family), str(college), family.examples, actors)


def _cell(grid: Grid, level: str) -> CellRead:
    words = str(grid.levels(level).label) if level in grid.levels.values else ""
    return CellRead(level, words)
