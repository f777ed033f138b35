"""Statistical secrecy on the tables of the desk that leave the team (rule 7).

All the tables of one publication are protected together, then attacked beside those of
the restitution. To be comparable every count is named over the same persons: all those
who answered the survey. A variable has its categories, `MISSING` for those who did not
answer it, and `ANSWERED` for all the others; a box to tick is a variable of its own,
yes or no. A table that hiding cells does not make safe is withheld as a whole.

Never published: the level of a territory crossed with persons (rule 6 says which levels
may be shown), a question classed otherwise than in the restitution, two questions with
several answers (too many tables to be checked), and a table by territory when the
number of persons of a row had to be hidden, because the map tells how many EPCI
answered and each stands for one person at least.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from django.core.cache import cache

from jalons.analysis.disclosure import Groups, Key
from jalons.analysis.secrecy import (
    MISSING,
    PROFESSIONALS,
    TOTAL,
    Cell,
    Published,
    Tally,
    protect,
    recoverable,
)
from jalons.analysis.tabulation import Axis, Mask
from jalons.observatory.counted_persons import NO_PROFILE
from jalons.observatory.figures import revision
from jalons.surveys.matrix import KEPT_SECONDS
from jalons.surveys.models import Campaign
from jalons.tabulations.axes import Answers, answers_of
from jalons.tabulations.figures import Layer, Line, Part, Tabulated, tabulated_from
from jalons.tabulations.query import Query
from jalons.tabulations.variables import DEPARTEMENT, LEVEL, OF_TERRITORY

ANSWERED = "(answered)"
YES, NO = "yes", "no"
EITHER = "+"
MOST_HIDDEN = 30
"""Cells hidden beside the restitution before a table is withheld as a whole."""
PERSONS = ("group", "profile", "departement")
"""Variables of the restitution's tables that are not a question asked."""

FORMAT = 2
"""To be raised when what is kept changes its shape, or the rules of secrecy change."""

Reason = Literal["level", "several", "territory", "classes", "exposed"]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A table that may not be published, and why."""

    query: Query
    reason: Reason


@dataclass(frozen=True, slots=True)
class Released:
    """The tables of a publication, in the order asked, and what was checked."""

    tables: tuple[Tabulated | Withheld, ...]
    published: tuple[Published, ...]
    groups: Groups
    beside: tuple[Published, ...] = ()

    @property
    def exposed_cells(self) -> int:
        """Cells that a reader of all the tables could find: must be zero."""
        every = _agreed([*self.beside, *self.published])
        return len(recoverable(every, PROFESSIONALS, self.groups))


@dataclass(slots=True)
class _Names:
    """How variables are named in the check, and the unions of their categories."""

    profile: str
    groups: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def name(self, code: str) -> str:
        if code == self.profile:
            return "profile"
        return "departement" if code == DEPARTEMENT else code

    def union(self, variable: str, labels: Sequence[str], name: str = "") -> str:
        """The name of several categories taken together."""
        if len(labels) == 1 and not name:
            return labels[0]
        name = name or EITHER.join(sorted(labels))
        self.groups.setdefault(variable, {})[name] = list(labels)
        return name


@dataclass(frozen=True, slots=True)
class _Face:
    """A variable with one category a person, as it is counted for the check."""

    name: str
    labels: tuple[str, ...]
    masks: Mask
    answered: Mask


def release(
    campaign: Campaign, queries: Sequence[Query], beside: Sequence[Published] = ()
) -> Released:
    """The tables as they may leave, beside tables already decided (the restitution).

    Kept until an answer changes: checking a dozen tables takes seconds.
    """
    parts = (revision(campaign), campaign.pk, tuple(queries), tuple(beside))
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
    key = f"tabulations:released:{FORMAT}:{digest}"
    found: Released | None = cache.get(key)
    if found is None:
        found = _release(campaign, queries, beside)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _release(
    campaign: Campaign, queries: Sequence[Query], beside: Sequence[Published]
) -> Released:
    answers = answers_of(campaign)
    profile = campaign.version.read().with_role("profile")
    names = _Names(profile.code if profile else "profile")
    found: list[Tabulated | Withheld] = [_allowed(answers, one) for one in queries]
    tallies = {
        at: _tallies(answers, one.query, names)
        for at, one in enumerate(found)
        if not isinstance(one, Withheld)
    }
    near = _near(beside, [one for own in tallies.values() for one in own.values()])
    fixed = tuple(_same_persons(one, names, answers) for one in near)
    while True:
        flat = [(at, key) for at, own in tallies.items() for key in own]
        given = [tallies[at][key] for at, key in flat]
        made = protect(given, PROFESSIONALS, names.groups) if given else ()
        made = tuple(_as_hidden(one, fixed) for one in made)
        made, exposed = _hidden_beside(made, fixed, names.groups)
        unsafe = _unsafe(exposed, dict(zip(flat, made, strict=True)), found)
        if unsafe is None:
            break
        at, reason = unsafe
        found[at] = Withheld(queries[at], reason)
        del tallies[at]
    by_table = dict(zip(flat, made, strict=True))
    shown = tuple(
        one if isinstance(one, Withheld) else _hidden(one, at, by_table)
        for at, one in enumerate(found)
    )
    return Released(shown, tuple(made), names.groups, fixed)


def _allowed(answers: Answers, query: Query) -> Tabulated | Withheld:
    used = (query.rows, query.columns, query.layers, *(n for n, _c in query.filters))
    if LEVEL in used:
        return Withheld(query, "level")
    if any(answers.is_classed_otherwise(one) for one in used if one):
        return Withheld(query, "classes")
    several = [answers.axis(one).is_multiple for one in (query.rows, query.columns)]
    if all(several):
        return Withheld(query, "several")
    return tabulated_from(answers, query)


Place = tuple[str, str, str]
"""Layer, box of the rows or "", box of the columns or ""."""
Made = Mapping[tuple[int, Place], Published]


def _tallies(answers: Answers, query: Query, names: _Names) -> dict[Place, Tally]:
    """One table for each layer, and for each box to tick."""
    rows, columns = answers.axis(query.rows), answers.axis(query.columns)
    kept, within = _filtered(answers, query, names)
    found: dict[Place, Tally] = {}
    for layer, mask, more in _layers(answers, query, names):
        for row_box, row in _faces(query.rows, rows, names):
            for column_box, column in _faces(query.columns, columns, names):
                tally = _tally(row, column, kept & mask, within | more, names)
                found[layer, row_box, column_box] = tally
    return found


def _filtered(answers: Answers, query: Query, names: _Names) -> tuple[Mask, Key]:
    kept, within = np.ones(len(answers), dtype=bool), set()
    for code in dict.fromkeys(code for code, _c in query.filters):
        axis = answers.axis(code)
        chosen = [c for name, c in query.filters if name == code]
        places = [axis.labels.index(one) for one in chosen]
        kept &= axis.masks[places].any(axis=0)
        if axis.is_multiple:
            # Whoever ticked one of several boxes: a filter of its own.
            within.add((f"{code}:{EITHER.join(sorted(chosen))}", YES))
        else:
            within.add((names.name(code), names.union(names.name(code), chosen)))
    return kept, frozenset(within)


def _layers(
    answers: Answers, query: Query, names: _Names
) -> Iterator[tuple[str, Mask, Key]]:
    if not query.layers:
        yield "", np.ones(len(answers), dtype=bool), frozenset()
        return
    axis = answers.axis(query.layers)
    for label, mask in zip(axis.labels, axis.masks, strict=True):
        if axis.is_multiple:
            yield label, mask, frozenset({(f"{query.layers}:{label}", YES)})
        else:
            yield label, mask, frozenset({(names.name(query.layers), label)})


def _faces(code: str, axis: Axis, names: _Names) -> Iterator[tuple[str, _Face]]:
    if not axis.is_multiple:
        yield "", _Face(names.name(code), axis.labels, axis.masks, axis.answered)
        return
    for label, mask in zip(axis.labels, axis.masks, strict=True):
        both = np.stack([mask, axis.answered & ~mask])
        yield label, _Face(f"{code}:{label}", (YES, NO), both, axis.answered)


def _tally(row: _Face, column: _Face, kept: Mask, within: Key, names: _Names) -> Tally:
    """Counts among those kept, with the margins that the table shows."""
    for face in (row, column):
        names.union(face.name, face.labels, ANSWERED)
    counts: dict[tuple[str, ...], int] = {
        (a, b): int((kept & first & second).sum())
        for a, first in _margined(row)
        for b, second in _margined(column)
    }
    counts[MISSING, TOTAL] = int((kept & ~row.answered).sum())
    counts[TOTAL, MISSING] = int((kept & ~column.answered).sum())
    return Tally((row.name, column.name), counts, within)


def _margined(face: _Face) -> Iterator[tuple[str, Mask]]:
    yield from zip(face.labels, face.masks, strict=True)
    yield ANSWERED, face.answered


def _hidden_beside(
    made: tuple[Published, ...], fixed: Sequence[Published], groups: Groups
) -> tuple[tuple[Published, ...], Mapping[Key, object]]:
    """Hide one more cell as long as the restitution uncovers one; what is left exposed.

    The smallest shown neighbour of an exposed cell goes first. Without any, or after
    `MOST_HIDDEN` cells, the table itself is at fault.
    """
    for _turn in range(MOST_HIDDEN):
        exposed = recoverable(_agreed([*fixed, *made]), PROFESSIONALS, groups)
        if not exposed:
            return made, {}
        more = _one_more(made, exposed)
        if more is None:
            return made, exposed
        made = more
    return made, recoverable(_agreed([*fixed, *made]), PROFESSIONALS, groups)


def _one_more(
    made: tuple[Published, ...], exposed: Collection[Key]
) -> tuple[Published, ...] | None:
    for at, one in enumerate(made):
        places = [place for key, place in _keys(one).items() if key in exposed]
        around = [
            (cell.count or 0, place)
            for place, cell in one.cells.items()
            if cell.status == "shown"
            and not {TOTAL, MISSING} & {*place}
            and any(place[0] == row or place[1] == column for row, column in places)
        ]
        if around:
            _count, place = min(around)
            cells = {**one.cells, place: Cell(None, "secret")}
            return (*made[:at], replace(one, cells=cells), *made[at + 1 :])
    return None


def _keys(one: Published) -> dict[Key, tuple[str, ...]]:
    """Each cell by the categories it counts, whatever its table."""
    return {
        one.within
        | {
            (variable, label)
            for variable, label in zip(one.variables, place, strict=True)
            if label != TOTAL
        }: place
        for place in one.cells
    }


def _as_hidden(one: Published, fixed: Sequence[Published]) -> Published:
    """The table without the cells that the restitution hides."""
    hidden = {
        key
        for other in fixed
        for key, place in _keys(other).items()
        if other.cells[place].status == "secret"
    }
    secret = Cell(None, "secret")
    cells = {
        place: secret if key in hidden else one.cells[place]
        for key, place in _keys(one).items()
    }
    return replace(one, cells=cells)


def _agreed(published: Sequence[Published]) -> list[Published]:
    """The same tables, a cell shown somewhere being known everywhere."""
    known = {
        key: one.cells[place]
        for one in published
        for key, place in _keys(one).items()
        if one.cells[place].status == "shown"
    }
    return [
        replace(
            one,
            cells={
                place: known.get(key, one.cells[place])
                for key, place in _keys(one).items()
            },
        )
        for one in published
    ]


def _near(beside: Sequence[Published], tallies: Sequence[Tally]) -> Iterator[Published]:
    """Tables of the restitution that tell of the same questions, and of who answered.

    The others share nothing but the number of persons by profile with the tables of
    the desk, which is among those kept.
    """
    asked = {_question(name) for one in tallies for name in one.variables}
    asked |= {_question(name) for one in tallies for name, _label in one.within}
    for one in beside:
        said = {_question(v) for v in one.variables if v not in PERSONS}
        if not said or said & asked:
            yield one


def _question(variable: str) -> str:
    """The question of a box to tick; the variable itself otherwise."""
    return variable.split(":")[0]


def _same_persons(one: Published, names: _Names, answers: Answers) -> Published:
    """A table of the restitution, named over all those who answered the survey.

    Its total counts those who answered the question; the others are `MISSING`, whose
    number is no secret. A table among those to whom one box was offered counts other
    persons: it keeps its own name.
    """
    populations = {label for name, label in one.within if name == "answered"}
    said = next((v for v in one.variables if v not in PERSONS), None)
    if said is not None and populations != {_question(said)}:
        return one
    cells: dict[tuple[str, ...], Cell] = {}
    for coordinates, cell in one.cells.items():
        pairs = list(zip(one.variables, coordinates, strict=True))
        if (said, MISSING) not in pairs:
            cells[tuple(_label(names, said, *pair) for pair in pairs)] = cell
    if said is not None:
        labels = {label for at in cells for label in at[:1]} - {ANSWERED}
        names.union(said, sorted(labels), ANSWERED)
        unknown = int((~answers.axis(_question(said)).answered).sum())
        others = (TOTAL,) * (len(one.variables) - 1)
        cells[MISSING, *others] = Cell(unknown, "shown")
    variables = tuple("profile" if v == "group" else v for v in one.variables)
    return Published(variables, cells)


def _label(names: _Names, said: str | None, variable: str, label: str) -> str:
    if variable == "group" and EITHER in label:
        names.groups.setdefault("profile", {})[label] = label.split(EITHER)
    if variable == "group" and label == NO_PROFILE:
        return MISSING
    return ANSWERED if variable == said and label == TOTAL else label


def _unsafe(
    exposed: Mapping[Key, object],
    made: Made,
    found: Sequence[Tabulated | Withheld],
) -> tuple[int, Reason] | None:
    """A table to withhold, the last first; None when all is safe."""
    for (at, _place), one in reversed([*made.items()]):
        table = found[at]
        if isinstance(table, Withheld):
            continue
        if any(one.cells[base].status == "secret" for base in _bases(table, one)):
            return at, "territory"
    variables = {variable for key in exposed for variable, _label in key}
    for (at, _place), one in reversed([*made.items()]):
        if variables & {*one.variables}:
            return at, "exposed"
    last = max((at for at, _place in made), default=None)
    return (last, "exposed") if exposed and last is not None else None


def _bases(table: Tabulated, one: Published) -> Iterator[tuple[str, str]]:
    """Numbers of persons by territory, which the map bounds from below."""
    query = table.query
    for row, column in one.cells:
        if query.rows in OF_TERRITORY and column == ANSWERED:
            yield row, column
        if query.columns in OF_TERRITORY and row == ANSWERED:
            yield row, column
    others = (query.layers, *(name for name, _code in query.filters))
    if any(name in OF_TERRITORY for name in others):
        yield ANSWERED, ANSWERED


def _hidden(table: Tabulated, at: int, made: Made) -> Tabulated:
    """The same table without what `protect` hid, nor what leans on it."""
    layers = tuple(_layer(one, table, at, made) for one in table.layers)
    return replace(table, layers=layers)


def _layer(layer: Layer, table: Tabulated, at: int, made: Made) -> Layer:
    lines = tuple(_line(one, layer.code, table, at, made) for one in layer.lines)
    total = _line(layer.total, layer.code, table, at, made)
    parts = [part for one in (*lines, total) for part in one.parts]
    has_secrets = any(part.is_secret for part in parts)
    return replace(
        layer, lines=lines, total=total, tests=() if has_secrets else layer.tests
    )


def _line(line: Line, layer: str, table: Tabulated, at: int, made: Made) -> Line:
    parts = tuple(
        _part(part, line.code, column, layer, table, at, made)
        for column, part in zip(table.columns, line.parts, strict=True)
    )
    n = None if any(part.n is None for part in parts) else line.n
    return replace(line, n=n, parts=parts)


def _part(
    part: Part,
    row: str,
    column: str,
    layer: str,
    table: Tabulated,
    at: int,
    made: Made,
) -> Part:
    """A cell, hidden with its share when its count or its base is."""
    is_total = row == TOTAL
    row_box = row if table.has_multiple_rows and not is_total else ""
    column_box = column if table.has_multiple_columns else ""
    if table.has_multiple_rows and is_total:
        # Everybody stands in every box: any of them gives the margin.
        row_box = table.layers[0].lines[0].code
    found = made[at, (layer, row_box, column_box)].cells
    in_row = ANSWERED if is_total else YES if row_box else row
    in_column = YES if column_box else column
    cell, base = found[in_row, in_column], found[in_row, ANSWERED]
    if base.status == "secret":
        return Part(None, None, None, None)
    return Part(None, part.n, None, None) if cell.status == "secret" else part
