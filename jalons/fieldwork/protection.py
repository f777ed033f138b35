"""Which counts of people met stay secret, all the tables of a round held together.

A question, a profile, an area and a measure often count the same people: an area is
the sum of two answers, a profile of two others. Protected one by one, each table would
give back what its neighbour hides. Every table is therefore a partition of everybody
met: its cells, and those left out. When a cell is made of whole cells of a table that
it is worked out from, that is a sum that a reader may do: `hiding` is told of it.

People left out because they did not answer are no secret by themselves (rule 7); those
whom a question does not concern are a group like any other. Where the number of those
left out must be hidden, nothing of the table is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from jalons.analysis.disclosure import Allowance, Background, Equation, Key, unheard
from jalons.analysis.hiding import MISSING, Decided, Unprotectable, Unsettled, hide
from jalons.analysis.secrecy import INHABITANTS

EVERYBODY = Key()
OUTSIDE = "(outside)"
ANSWERED = "(answered)"
MOST_PROGRAMS = 4_000
"""Forty seconds as a rule; beyond, nothing is told."""
MOST_BESIDE = 10_000
"""For all that comes after, one table at a time; beyond, the last ones are not told."""
LONGEST_PROGRAM = 2
"""Seconds; one takes a hundredth as a rule. Were all of them that long, it would take
hours: never in sight of a page."""

People = frozenset[int]
At = tuple[str, str]
"""A table and one of its categories."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A table that another is worked out from, but for its cells `apart`.

    `is_condition`: it only decides who is in none of the cells.
    """

    table: str
    apart: Collection[str] = ()
    is_condition: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """A table: who is in each cell, who is in none; what it is worked out from.

    `is_asked`: who is in none of the cells of a source did not answer it, no more.
    `is_wanted`: what the page is for; others are hidden before it, as far as they can.
    """

    name: str
    inside: Mapping[str, People]
    left_out: People
    is_missing: bool = True
    sources: Collection[Tie] = ()
    is_asked: bool = False
    is_wanted: bool = False

    @property
    def left_label(self) -> str:
        return MISSING if self.is_missing else OUTSIDE


@dataclass(frozen=True, slots=True)
class Hidden:
    """What may not be told, by table and category; tables of which nothing is."""

    cells: frozenset[At]
    silent: frozenset[str] = frozenset()

    def has_total(self, table: str) -> bool:
        """Whether the number who answered, and hence anything, may not be told."""
        return self.has_cell(table, ANSWERED) or self.has_cell(table, OUTSIDE)

    def has(self, table: str, category: str) -> bool:
        return self.has_total(table) or self.has_cell(table, category)

    def any_of(self, questions: Collection[str]) -> bool:
        """Whether one cell at least of the tables of these may not be told."""
        return any(table.split()[0] in questions for table, _category in self.cells)

    def has_cell(self, table: str, category: str) -> bool:
        """Whether this count may not be told, whoever answered in all."""
        return (table, category) in self.cells


def protected(
    n: int, tables: Sequence[Cells], on_progress: Callable[[], None] = unheard
) -> Hidden:
    """What to hide for all these tables of `n` people to stand on one page.

    What the page is for is given up last. A table that cannot stand with the others
    whatever is hidden is not told at all; the others are still held with it, so that
    they do not give back what it counts. `on_progress` is called as long as it lasts.
    """
    silent: frozenset[str] = frozenset()
    allowed = Allowance(MOST_PROGRAMS, LONGEST_PROGRAM, on_progress)
    while n >= INHABITANTS and len(silent) < len(tables):
        told = [one for one in tables if one.name not in silent]
        keys = _keys(n, tables)
        try:
            with suppress(Unprotectable):
                return _hidden(n, tables, silent, _wanted(told, keys), allowed)
            return _hidden(n, tables, silent, {}, allowed)
        except Unsettled:
            break
        except Unprotectable as error:
            blamed = {at[0] for at in _keys(n, told) if keys[at] in error.cells}
        if not blamed:
            break
        silent |= blamed
    return Hidden(frozenset(_keys(n, tables)), frozenset(one.name for one in tables))


def joined(
    n: int,
    tables: Sequence[Cells],
    beside: Sequence[Cells],
    first: Hidden,
    on_progress: Callable[[], None] = unheard,
) -> Hidden:
    """What to hide of tables that come after, one by one.

    They change nothing of what was decided: one that cannot stand with the others is
    not told at all.
    """
    taken, hidden = [*tables], {*first.cells}
    allowed = Allowance(MOST_BESIDE, LONGEST_PROGRAM, on_progress)
    for one in beside:
        keys = _keys(n, taken)
        decided: dict[Key, int | None] = {
            keys[at]: None if at in hidden else len(people)
            for at, people in _all(taken, n)
            if at[0] not in first.silent
        }
        decided[EVERYBODY] = n
        try:
            found = _hidden(n, [*taken, one], first.silent, decided, allowed, one)
        except Unprotectable:
            hidden |= _keys(n, [one]).keys()
        else:
            hidden |= found.cells
            taken.append(one)
    return Hidden(frozenset(hidden), first.silent)


def _hidden(
    n: int,
    tables: Sequence[Cells],
    silent: Collection[str],
    decided: Decided,
    allowed: Allowance,
    around: Cells | None = None,
) -> Hidden:
    """Of all these tables, or of those that what is hidden ties to one of them.

    Nothing is told of those that are silent: they only tie the others together.
    """
    keys = _keys(n, tables)
    counts = {
        keys[at]: len(people) for at, people in _all(tables, n) if at[0] not in silent
    }
    counts[EVERYBODY] = n
    sums = tuple(dict.fromkeys(_sums(tables, keys)))
    if around is not None:
        told = {key for key, count in decided.items() if count is not None}
        new = {keys[at] for at in _keys(n, [around])}
        sums = _tied(sums, new - told, told)
        near = {cell for one in sums for cell in one.cells} | new
        counts = {key: count for key, count in counts.items() if key in near}
        decided = {key: count for key, count in decided.items() if key in near}
    known = Background(known=frozenset({EVERYBODY} & counts.keys()))
    hidden = hide(counts, sums, INHABITANTS, known, decided, allowance=allowed)
    cells = {at for at, key in keys.items() if key in hidden or at[0] in silent}
    return Hidden(frozenset(cells), frozenset(silent))


def _tied(
    sums: Sequence[Equation], start: Collection[Key], told: Collection[Key]
) -> tuple[Equation, ...]:
    """The sums reached from these cells, from one cell that is not told to another."""
    found: dict[Equation, None] = {}
    reached = {*start}
    while True:
        new = [s for s in sums if s not in found and reached.intersection(s.cells)]
        if not new:
            return tuple(found)
        found |= dict.fromkeys(new)
        reached |= {cell for one in new for cell in one.cells if cell not in told}


def _wanted(tables: Sequence[Cells], keys: Mapping[At, Key]) -> Decided:
    """What is told if anything can: it is no secret by itself."""
    return {
        keys[one.name, label]: len(people)
        for one in tables
        if one.is_wanted
        for label, people in one.inside.items()
        if len(people) >= INHABITANTS
    }


def _all(tables: Sequence[Cells], n: int) -> Iterator[tuple[At, People]]:
    everybody = frozenset(range(n))
    for one in tables:
        yield (one.name, one.left_label), one.left_out
        yield (one.name, ANSWERED), everybody - one.left_out
        for label, people in one.inside.items():
            yield (one.name, label), people


def _keys(n: int, tables: Sequence[Cells]) -> dict[At, Key]:
    """The name of each cell; those left out, or who answered, often are the same.

    Everybody answered a question: their number is known, hiding it protects nothing.
    """
    same: dict[tuple[bool, People], Key] = {(True, frozenset(range(n))): EVERYBODY}
    found = {}
    for (table, label), people in _all(tables, n):
        key = Key({(table, label)})
        if label in (MISSING, OUTSIDE, ANSWERED):
            key = same.setdefault((label == ANSWERED, people), key)
        found[table, label] = key
    return found


def _sums(tables: Sequence[Cells], keys: Mapping[At, Key]) -> Iterator[Equation]:
    by_name = {one.name: one for one in tables}
    for one in tables:
        left, answered = keys[one.name, one.left_label], keys[one.name, ANSWERED]
        if one.left_out:
            yield Equation(EVERYBODY, (answered, left))
        yield Equation(answered, tuple(keys[one.name, c] for c in one.inside))
        for tie in one.sources:
            if source := by_name.get(tie.table):
                yield from _shared(one, tie, source, keys)


def _shared(
    one: Cells, tie: Tie, source: Cells, keys: Mapping[At, Key]
) -> Iterator[Equation]:
    """Cells made of whole cells of another table, or of all but a few people."""
    whole = {**source.inside, source.left_label: source.left_out}
    whole = {cell: them for cell, them in whole.items() if cell not in tie.apart}
    mine = {} if tie.is_condition else one.inside
    for label, people in {**mine, one.left_label: one.left_out}.items():
        parts = [cell for cell, them in whole.items() if them and them <= people]
        rest = people.difference(*(whole[cell] for cell in parts))
        total = keys[one.name, label]
        found = tuple(keys[source.name, cell] for cell in parts)
        if not parts or found == (total,) or len(rest) >= INHABITANTS:
            continue
        # Of those left out, the rest was asked and did not answer.
        is_silent = one.is_asked or label in (MISSING, OUTSIDE)
        kind = MISSING if is_silent else label
        others = Key({(f"{one.name} {label} {source.name}", kind)})
        yield Equation(total, (*found, others) if rest else found)
