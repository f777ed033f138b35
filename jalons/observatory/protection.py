"""Statistical secrecy on what leaves towards the public (rule 7).

Three sets of tables, each protected as one because a reader can subtract one table
from another: persons by profile and département; answers by profile; territories by
what was answered about them, and by class when no class is published. A territory
stands for at least one professional: tables of territories obey the same threshold.

`protected` hides what must be hidden; `Protected.exposed_cells` attacks what is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product

import numpy as np

from jalons.analysis.disclosure import Key
from jalons.analysis.facilitators import NO, PAIRS, YES
from jalons.analysis.secrecy import (
    MISSING,
    NO_FILTER,
    PROFESSIONALS,
    TOTAL,
    Cell,
    Published,
    Tally,
    protect,
    recoverable,
    tally,
)
from jalons.observatory.answers import Mask, asked, of_profiles, offered, ticked
from jalons.observatory.links import side_values
from jalons.observatory.material import Material
from jalons.observatory.redaction import box, redacted
from jalons.observatory.results import Figures
from jalons.observatory.variables import (
    ORDERS,
    column_value,
    columns_of,
    rows_of,
    specs_for,
)
from jalons.surveys.matrix import Labels

Tallies = dict[str, Tally]

KNOWN_ROWS = (*ORDERS, "departement")
"""Variables of which official sources give the class of every territory."""


@dataclass(frozen=True, slots=True)
class Protected:
    """The figures that may leave, and the sets of tables they were taken from."""

    figures: Figures
    sets: tuple[tuple[Published, ...], ...]

    @property
    def table_count(self) -> int:
        return sum(map(len, self.sets))

    @property
    def secret_cells(self) -> int:
        tables = chain.from_iterable(self.sets)
        cells = (cell for table in tables for cell in table.cells.values())
        return sum(cell.status == "secret" for cell in cells)

    @property
    def exposed_cells(self) -> int:
        """Cells that a reader of all the tables could find: must be zero."""
        return sum(len(recoverable(one, PROFESSIONALS)) for one in self.sets)


@dataclass(frozen=True, slots=True)
class _Variable:
    """A label for each unit, and the labels that exist, used or not."""

    name: str
    labels: Sequence[str]
    order: tuple[str, ...]

    def among(self, kept: Sequence[int]) -> _Variable:
        return _Variable(self.name, [self.labels[at] for at in kept], self.order)


def protected(material: Material, figures: Figures) -> Protected:
    """The same figures without any small count of persons.

    `material` is what the public figures were computed from.
    """
    tables: dict[str, Published] = {}
    sets = []
    for tallies in (_persons(material), _answers(material, figures)):
        found = dict(zip(tallies, _protect(tallies), strict=True))
        if "departement" in found:
            found["departement"] = _all_or_none(found["departement"])
        sets.append(tuple(found.values()))
        tables |= found
    found = _protected_territories(_territories(material))
    sets.append(tuple(found.values()))
    return Protected(redacted(figures, tables | found), tuple(sets))


def _all_or_none(published: Published) -> Published:
    """Every count of respondents by département, or the total alone.

    The map tells how many territories of each département answered, and each stands
    for one respondent at least: a few hidden counts would be found from the total.
    """
    if all(cell.status == "shown" for cell in published.cells.values()):
        return published
    secret = Cell(None, "secret")
    cells = {
        at: cell if set(at) == {TOTAL} else secret
        for at, cell in published.cells.items()
    }
    return replace(published, cells=cells)


def _protect(tallies: Tallies) -> tuple[Published, ...]:
    return protect(list(tallies.values()), PROFESSIONALS)


def _protected_territories(tallies: Tallies) -> dict[str, Published]:
    """Tables of territories, whose number by class of context anyone can count.

    The map says who answered and official sources where they stand: hiding the
    number of territories of a row would protect nothing. It is shown, and a table
    that only hiding it would protect is not published at all.
    """
    while True:
        found = dict(zip(tallies, _protect(tallies), strict=True))
        known = {
            name: _with_known_rows(one, tallies[name]) for name, one in found.items()
        }
        exposed = recoverable(list(known.values()), PROFESSIONALS)
        if not exposed:
            return known
        variables = {variable for key in exposed for variable, _ in key}
        unsafe = [n for n, one in tallies.items() if variables & {*one.variables}]
        by_row = [n for n in unsafe if tallies[n].variables[-1] in KNOWN_ROWS]
        left_out = (by_row or unsafe)[-1]
        tallies = {name: one for name, one in tallies.items() if name != left_out}


def _with_known_rows(published: Published, counted: Tally) -> Published:
    """The same table with what anyone can count: rows if official, and the total."""
    has_known_rows = published.variables[-1] in KNOWN_ROWS
    known = {
        at: Cell(counted.counts[at], "shown")
        for at in published.cells
        if set(at) == {TOTAL} or (has_known_rows and at[0] == TOTAL)
    }
    return replace(published, cells={**published.cells, **known})


def _tally(*variables: _Variable, within: Key = NO_FILTER) -> Tally:
    """Units counted by their labels, empty cells included."""
    found = Counter(zip(*(one.labels for one in variables), strict=True))
    cells = product(*(one.order for one in variables))
    names = [one.name for one in variables]
    return tally(names, {cell: found[cell] for cell in cells}, within)


def _persons(material: Material) -> Tallies:
    """Who answered, by profile and by département."""
    profile = material.definition.with_role("profile")
    known = [option.code for option in profile.options] if profile else []
    group_of = {place.code: place.departement for place in material.places}
    variables = (
        _variable("profile", _each(material.answers.profiles), known),
        _variable(
            "departement",
            [group_of.get(code) for code in _each(material.answers.territories)],
            material.departements,
        ),
    )
    return {variable.name: _tally(variable) for variable in variables}


def _each(labels: Labels) -> list[str]:
    return [labels.names[at] for at in labels.positions.tolist()]


def _variable(
    name: str, labels: Iterable[str | None], order: Iterable[str]
) -> _Variable:
    """A variable whose unknown labels are `MISSING`."""
    known = tuple(order)
    found = [label if label in known else MISSING for label in labels]
    return _Variable(name, found, (*known, MISSING))


def _masked(name: str, masks: Mapping[str, Mask], size: int) -> _Variable:
    """The name of the mask that each answer is in."""
    labels: list[str | None] = [None] * size
    for label, mask in masks.items():
        for at in mask.nonzero()[0].tolist():
            labels[at] = label
    return _variable(name, labels, masks)


def _answers(material: Material, figures: Figures) -> Tallies:
    """One table for a question with one answer, one for each box to tick."""
    answers, found = material.answers, Tallies()
    size = len(answers)
    shown = {question.role: question for question in figures.questions}
    for question in asked(material.definition, answers):
        codes = [group.code for group in shown[question.role or ""].groups[1:]]
        masks = {code: of_profiles(code.split("+"), answers) for code in codes}
        groups = _masked("group", masks, size)
        ticks = ticked(question, answers)
        if question.type == "single":
            chosen = _masked(question.code, ticks.chosen, size)
            found[question.code] = _among(ticks.answered, question.code, chosen, groups)
            continue
        for option in question.options:
            name = box(question.code, option.code)
            yes = ticks.chosen[option.code]
            found[name] = _among(
                ticks.answered & offered(option, answers),
                name if option.profiles else question.code,
                _masked(name, {YES: yes, NO: ~yes}, size),
                groups,
            )
    return found


def _among(base: Mask, population: str, said: _Variable, groups: _Variable) -> Tally:
    """One table among those who answered: their number by group is shown with it.

    Tables of one `population` share these numbers, under one name.
    """
    kept = np.nonzero(base)[0].tolist()
    within = frozenset({("answered", population)})
    return _tally(said.among(kept), groups.among(kept), within=within)


def _territories(material: Material) -> Tallies:
    """Territories by what was answered; by class too when no class is published."""
    found = Tallies()
    for pair in PAIRS:
        codes = (pair.facilitator.code, pair.outcome.code)
        found["/".join(codes)] = _tally(
            *(_variable(code, side_values(material, code), (YES, NO)) for code in codes)
        )
    if not material.shown:
        found["classes"] = _tally(_column("maturity", material))
    for spec in specs_for(material):
        if spec.is_answer(material):
            rows = rows_of(spec, material)
            found[spec.code] = _tally(
                _column(spec.columns, material),
                _variable(spec.rows, rows.of(material.used), rows.order),
            )
    if not material.shown:
        departements = [place.departement for place in material.used]
        found["departement_by_class"] = _tally(
            _column("maturity", material),
            _variable("departement", departements, material.departements),
        )
    return found


def _column(variable: str, material: Material) -> _Variable:
    values = [
        column_value(variable, place, material.standings[place.code])
        for place in material.used
    ]
    return _variable(variable, values, columns_of(variable, material.definition))
