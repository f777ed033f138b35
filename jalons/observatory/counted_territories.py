"""Tables of territories by what was answered about them.

The map says who answered and official sources where they stand: the number of
territories of a row, or of all rows, is known to anyone and never hidden. A published
class also limits what may have been answered: with 5 points at most nobody has both a
coordinating body and a strategy, worth 3 points each.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from math import inf

from jalons.analysis.disclosure import Background, Bounds, Key
from jalons.analysis.facilitators import NO, PAIRS, YES, Pair
from jalons.analysis.secrecy import PROFESSIONALS, TOTAL, Tally
from jalons.observatory.counted import (
    Checked,
    Tables,
    Tallies,
    Variable,
    counted,
    protect_all,
    variable,
)
from jalons.observatory.links import side_values
from jalons.observatory.material import Material
from jalons.observatory.standings import political_dimension
from jalons.observatory.variables import (
    ORDERS,
    column_value,
    columns_of,
    rows_of,
    specs_for,
)

KNOWN_ROWS = (*ORDERS, "departement")
"""Variables of which official sources give the class of every territory."""


def territories(material: Material, *, hides_strategy: bool) -> tuple[Tables, Checked]:
    """Links, and crossings of answers; of classes too when no class is published.

    `hides_strategy` says that the answers of all respondents about their strategy are
    partly secret: they would be read in the links. So few territories that their number
    is under the threshold have no table at all.
    """
    if len(material.answered) < PROFESSIONALS:
        return {}, Checked(())
    tallies = _tallies(material, hides_strategy)
    known = {Key(), *chain.from_iterable(map(_official, tallies.values()))}
    limits = dict(_limits_of_classes(material, tallies))
    background = Background(limits, known=frozenset(known))
    tables = protect_all(tallies, background=background)
    return tables, Checked(tuple(tables.values()), None, background)


def _official(table: Tally) -> Iterator[Key]:
    """The rows of a table that official sources count."""
    row_variable = table.variables[-1]
    if row_variable in KNOWN_ROWS:
        for column, label in table.counts:
            if column == TOTAL and label != TOTAL:
                yield Key({(row_variable, label)})


def _tallies(material: Material, hides_strategy: bool) -> Tallies:
    found: Tallies = {}
    for pair in PAIRS:
        codes = (pair.facilitator.code, pair.outcome.code)
        if not (hides_strategy and _is_strategy(pair, material)):
            sides = (variable(c, side_values(material, c), (YES, NO)) for c in codes)
            found["/".join(codes)] = counted(*sides)
    if not material.shown:
        found["classes"] = counted(_column("maturity", material))
    for spec in specs_for(material):
        if spec.is_answer(material):
            rows = rows_of(spec, material)
            labels = rows.of(material.answered)
            found[spec.code] = counted(
                _column(spec.columns, material),
                variable(spec.rows, labels, rows.order),
            )
    if not material.shown:
        departements = [place.departement for place in material.answered]
        found["departement_by_class"] = counted(
            _column("maturity", material),
            variable("departement", departements, material.departements),
        )
    return found


def _is_strategy(pair: Pair, material: Material) -> bool:
    question = material.definition.with_role("strategy")
    return question is not None and pair.outcome.code == question.code


def _column(name: str, material: Material) -> Variable:
    values = [
        column_value(name, place, material.replies[place.code])
        for place in material.answered
    ]
    return variable(name, values, columns_of(name, material.definition))


def _limits_of_classes(
    material: Material, tallies: Tallies
) -> Iterator[tuple[Key, Bounds]]:
    """At most as many territories as have a class that leaves room for the answer."""
    if not material.shown:
        return
    for pair in PAIRS:
        both = (pair.facilitator, pair.outcome)
        for sides in ((both[0],), (both[1],), both):
            given = [side_values(material, side.code) for side in sides]
            yes = [
                all(value == YES for value in one) for one in zip(*given, strict=True)
            ]
            least = sum(side.at_least for side in sides)
            key = Key({(side.code, YES) for side in sides})
            yield key, Bounds(0, _at_most(material, least, yes))
    yield from _limits_of_levels(material, tallies)


def _limits_of_levels(
    material: Material, tallies: Tallies
) -> Iterator[tuple[Key, Bounds]]:
    dimension = political_dimension(material.definition)
    for spec in specs_for(material):
        if dimension is None or spec.columns != "political" or spec.code not in tallies:
            continue
        rows = rows_of(spec, material)
        labels = rows.of(material.answered)
        for level in dimension.levels:
            has = [
                material.replies[place.code].political == level.code
                for place in material.answered
            ]
            cell = ("political", level.code)
            for row in rows.order:
                inside = [label == row for label in labels]
                most = _at_most(material, level.low, has, inside)
                yield Key({cell, (spec.rows, row)}), Bounds(0, most)


def _at_most(
    material: Material,
    points: float,
    really: list[bool],
    inside: list[bool] | None = None,
) -> float:
    """Territories whose published class allows that many points; inf if all do.

    The median of several answers may exceed what its parts allow: a territory that
    really has them always counts, so that no true table is excluded.
    """
    grid = material.definition.grid
    highs = {one.code: one.high for one in grid.classes} if grid else {}
    last = grid.classes[-1].code if grid else ""
    allowed = []
    for place, has in zip(material.answered, really, strict=True):
        standing = material.standings.get(place.code)
        code = standing.class_code if standing else last
        allowed.append(has or code == last or highs[code] > points)
    if inside is None:
        return sum(allowed) if not all(allowed) else inf
    kept = [one for one, is_in in zip(allowed, inside, strict=True) if is_in]
    return sum(kept) if not all(kept) else inf
