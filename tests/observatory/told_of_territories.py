"""What a publication tells of territories: the map, official classes, its tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import product

from jalons.analysis.facilitators import PAIRS
from jalons.observatory.material import Material
from tests.observatory.attacker import Sums
from tests.observatory.told import Publication, number

YES, NO, UNKNOWN = "oui", "non", "inconnu"
LEAST = {
    side.code: side.at_least
    for pair in PAIRS
    for side in (pair.facilitator, pair.outcome)
}


def answered(told: Publication) -> dict[str, str]:
    """The state of each EPCI that the map shows as having answered, by name."""
    states = {name: state for name, (_place, state) in told.states().items()}
    return {name: one for name, one in states.items() if one != "Sans réponse"}


def links(told: Publication) -> tuple[Sums, list]:
    """Unknowns: EPCI by published class and by the four answers that are crossed."""
    sums, codes = Sums(), list(LEAST)
    values = list(product((YES, NO, UNKNOWN), repeat=len(codes)))
    highs = {c.code: c.high for c in told.definition.grid.classes}
    titles = {told.words.state(code): code for code in highs}
    for state, n in Counter(map(_bare, answered(told).values())).items():
        sums.tell([(state, *v) for v in values], n)
        high = highs.get(titles.get(state), float("inf"))
        for v in values:
            least = sum(LEAST[c] for c, one in zip(codes, v, strict=True) if one == YES)
            if least >= high:
                sums.tell([(state, *v)], 0)
    for line in told.file("leviers"):
        facilitator, value = re.split(r"\s*:\s*", line["Ce qui est en place"])
        pair = [_code(told, facilitator), _code(told, line["Ce qui va avec"])]
        n, count = number(line["n"]), number(line["effectif"])
        if n is not None and count is not None:
            both = cell(sums, dict(zip(pair, (value, YES), strict=True)))
            sums.tell(both, count)
            sums.tell(both + cell(sums, dict(zip(pair, (value, NO), strict=True))), n)
    _tell_of_strategy(told, sums)
    return sums, codes


def _bare(state: str) -> str:
    """A state without its marks."""
    return re.sub(r"\s*\(.*\)", "", state)


def _code(told: Publication, title: str) -> str:
    return re.search(r"\((\w+)\)", title)[1]


def cell(sums: Sums, wanted: dict[str, str]) -> list:
    """The unknowns that have these answers."""
    codes = list(LEAST)
    places = {codes.index(code) + 1: value for code, value in wanted.items()}
    return [name for name in sums.at if all(name[at] == v for at, v in places.items())]


def _tell_of_strategy(told: Publication, sums: Sums) -> None:
    """One respondent of an EPCI at least says what it says; the others are few."""
    spare = told.respondents - len(answered(told))
    lines = {line["Réponse"]: line for line in told.file("strategy-profils")}
    yes = number(lines["Oui"]["Tous les répondants"])
    if yes is not None:
        sums.tell(cell(sums, {"S3": YES}), max(0, yes - spare), yes)


def by_context(told: Publication, material: Material, column: str) -> tuple[Sums, dict]:
    """Unknowns: EPCI by what official sources say of them, and by class or level."""
    sums, kinds = Sums(), defaultdict(int)
    states, names = answered(told), {p.name: p for p in material.places}
    for name in states:
        place = names[name]
        kinds[place.density, place.vulnerability, place.departement] += 1
    columns = columns_of(told, column)
    for kind, n in kinds.items():
        sums.tell([(*kind, code) for code in columns], n)
    at = {"density": 0, "vulnerability": 1}
    for row_variable, position in at.items():
        for line in told.file(f"{column}_by_{row_variable}"):
            row = line[list(line)[0]]
            codes = _row_codes(told, row_variable, row, kinds, position)
            for code in columns:
                count = number(line[told.words.label(column, code)])
                if count is not None:
                    names_of = [(*k, code) for k in kinds if k[position] in codes]
                    sums.tell(names_of, count)
    return sums, kinds


def columns_of(told: Publication, column: str) -> list[str]:
    grid = told.definition.grid
    if column == "maturity":
        return [one.code for one in grid.classes]
    return [level.code for dimension in grid.dimensions for level in dimension.levels]


def _row_codes(told, variable, row, kinds, position) -> set:
    """The classes of a row, by its title: "a or b" holds two."""
    codes = {kind[position] for kind in kinds}
    if row == told.words.label(variable, "*"):
        return codes
    parts = {part.casefold() for part in row.split(" ou ")} | {row.casefold()}
    return {c for c in codes if c and told.words.label(variable, c).casefold() in parts}
