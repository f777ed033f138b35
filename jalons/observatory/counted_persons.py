"""Tables of persons: who answered, who answered each question, and what they chose.

Two sets, protected one after the other. The first counts respondents by profile and by
département, then the base of each question. The second holds the answers themselves,
among bases that the first set shows: a question whose base by group stays is only
counted for everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf

import numpy as np

from jalons.analysis.disclosure import Background, Bounds, Equation, Key
from jalons.analysis.facilitators import NO, YES
from jalons.analysis.hiding import MISSING
from jalons.analysis.secrecy import TOTAL, Cell, Published, Tally
from jalons.observatory.answers import (
    Mask,
    offered,
    profile_codes,
)
from jalons.observatory.counted import (
    Checked,
    Tables,
    Tallies,
    Variable,
    counted,
    masked,
    protect_all,
    variable,
)
from jalons.observatory.counted_bases import bases_of, leaving, without_profiles
from jalons.observatory.counted_conditions import (
    asked_tallies,
    conditional,
    profiles_opening,
)
from jalons.observatory.counted_degrees import degree_bases, degree_tallies
from jalons.observatory.headline import (
    Asked,
    headline_questions,
    of_group,
    offered_labels,
)
from jalons.observatory.material import Material
from jalons.observatory.redaction import base_of, box
from jalons.observatory.results import Figures
from jalons.observatory.variables import TOGETHER
from jalons.surveys.encoding import Labels

NO_PROFILE = "(no profile)"
"""Those who stated no profile: what they chose is as secret as what others chose."""

RESPONDENTS = ("profile", "departement")
"""Tables of who answered, whatever the questions."""

Sets = tuple[Tables, Checked]


def persons(material: Material, figures: Figures) -> Sets:
    """Who answered, and who answered each question."""
    asked = list(headline_questions(material, figures))
    sizes = _sizes(material, asked)
    background = _map(material, sizes)
    tallies = {"sizes": sizes} | _respondents(material)
    unions = _unions(asked, material)
    found = protect_all(tallies, unions, background)
    if "departement" in found:
        found["departement"] = _all_or_none(found["departement"])
    bases = [each for one in asked for each in bases_of(one, material)]
    found |= leaving(bases, found, Checked((), unions, background))
    found |= degree_bases(material)
    found = without_profiles(found, material, Checked((), unions, background))
    return found, Checked(tuple(found.values()), unions, background)


def answers(material: Material, figures: Figures, bases: Tables) -> Sets:
    """What respondents chose, among the bases that are shown."""
    tallies: Tallies = {}
    known: set[Key] = set()
    limits: dict[Key, Bounds] = {}
    sums: list[Equation] = []
    for one in headline_questions(material, figures):
        found = _chosen(one, material, bases)
        tallies |= found
        for table in found.values():
            known |= {_key(table, at) for at in table.counts if at[0] == TOTAL}
        if one.question.type == "multiple":
            for total, bounds in _limits_of_ticks(one, found, material):
                limits[total.total] = bounds
                sums.append(total)
    more, beside = degree_tallies(material, bases)
    asked, opening = asked_tallies(material, tallies | more, bases)
    tallies |= more | asked
    background = Background(
        {**limits, **beside.limits, **opening.limits},
        (*sums, *beside.sums, *opening.sums),
        frozenset(known | beside.known | opening.known),
    )
    tables = protect_all(tallies, background=background)
    return tables, Checked(tuple(tables.values()), None, background)


def _respondents(material: Material) -> Tallies:
    """Respondents by profile and by département."""
    found = material.answers
    group_of = {place.code: place.departement for place in material.places}
    departements = [group_of.get(code) for code in _each(found.territories)]
    variables = (
        variable("profile", _each(found.profiles), profile_codes(material.definition)),
        variable("departement", departements, material.departements),
    )
    return {one.name: counted(one) for one in variables}


def _each(labels: Labels) -> list[str]:
    return [labels.names[at] for at in labels.positions.tolist()]


def _sizes(material: Material, asked: Sequence[Asked]) -> Tally:
    """Respondents by group: answered and missing, whatever the question."""
    groups = asked[0].groups if asked else ()
    counts: dict[tuple[str, ...], int] = {(TOTAL,): len(material.answers)}
    counts |= {(group,): int(of_group(group, material).sum()) for group in groups}
    return Tally(("profile",), counts)


def _map(material: Material, sizes: Tally) -> Background:
    """Each territory that the map shows as having answered holds a respondent.

    The total of respondents stands under every figure, groups beside each other.
    """
    places = [place for place in material.places if place.code in material.responded]
    epci = Counter(place.departement or MISSING for place in places)
    limits = {Key({("departement", d)}): Bounds(n, inf) for d, n in epci.items()}
    # Answers erased at the announced date leave their territory on the map.
    is_kept = sum(epci.values()) <= len(material.answers)
    known = frozenset(_key(sizes, at) for at in sizes.counts)
    return Background(limits if is_kept else {}, known=known)


def _all_or_none(published: Published) -> Published:
    """Every count of respondents by département, or the total alone.

    A few hidden counts would be bounded by what the map shows of them.
    """
    if all(cell.status == "shown" for cell in published.cells.values()):
        return published
    secret = Cell(None, "secret")
    cells = {
        at: cell if set(at) == {TOTAL} else secret
        for at, cell in published.cells.items()
    }
    return replace(published, cells=cells)


def _unions(
    asked: Sequence[Asked], material: Material
) -> dict[str, dict[str, tuple[str, ...]]]:
    """The profiles of each label that holds several of them."""
    labels = {group for one in asked for group in one.groups}
    for one in asked:
        for option in one.question.options:
            labels |= set(offered_labels(option, one, material))
    for question in conditional(material.definition):
        labels.add(TOGETHER.join(profiles_opening(question, material.definition)))
    found = {label: tuple(label.split(TOGETHER)) for label in labels}
    return {"profile": {label: m for label, m in found.items() if len(m) > 1}}


def _chosen(one: Asked, material: Material, bases: Tables) -> Tallies:
    """One table for a question with one answer, one for each box to tick."""
    question, answers, size = one.question, material.answers, len(material.answers)
    if question.type == "single":
        base = bases.get(base_of(question.code))
        if base is None:
            return {}
        said = masked(question.code, one.ticks.chosen, size)
        groups = _groups(one, material, base, one.groups)
        return {question.code: _among(one.ticks.answered, question.code, said, groups)}
    found = {}
    for option in question.options:
        name = box(question.code, option.code)
        base = bases.get(base_of(name if option.profiles else question.code))
        if base is None:
            continue
        labels = one.groups
        if option.profiles:
            labels = tuple(filter(None, offered_labels(option, one, material)))[1:]
        yes = one.ticks.chosen[option.code]
        found[name] = _among(
            one.ticks.answered & offered(option, answers),
            name if option.profiles else question.code,
            masked(name, {YES: yes, NO: ~yes}, size),
            _groups(one, material, base, labels),
        )
    return found


def _groups(
    one: Asked, material: Material, base: Published, labels: Sequence[str]
) -> Variable | None:
    """The group of each answer, when the base of every group is shown."""
    if not (labels and all((label, YES) in base.cells for label in labels)):
        return None
    masks = {code: of_group(code, material) for code in one.groups}
    return masked("group", masks, len(material.answers), NO_PROFILE)


def _among(
    base: Mask, population: str, said: Variable, groups: Variable | None
) -> Tally:
    """One table among those who answered: their number by group is shown with it.

    Tables of one `population` share these numbers, under one name.
    """
    kept = np.nonzero(base)[0].tolist()
    within = frozenset({("answered", population)})
    variables = (said, groups) if groups else (said,)
    return counted(*(each.among(kept) for each in variables), within=within)


def _key(table: Tally, at: tuple[str, ...]) -> Key:
    named = zip(table.variables, at, strict=True)
    return table.within | {(name, label) for name, label in named if label != TOTAL}


def _limits_of_ticks(
    one: Asked, found: Mapping[str, Tally], material: Material
) -> Iterable[tuple[Equation, Bounds]]:
    """Whoever answered ticked one box at least, and no more than the most allowed."""
    code, most = one.question.code, one.question.max_choices
    tables = [found.get(box(code, option.code)) for option in one.question.options]
    for group in (TOTAL, *one.groups):
        places = [_place_of_yes(table, group) for table in tables]
        if None in places:
            continue
        n = int((one.ticks.answered & of_group(group, material)).sum())
        pairs = [(table, at) for table, at in zip(tables, places, strict=True)]
        parts = tuple(_key(table, at) for table, at in pairs if table and at)
        ticks = sum(table.counts[at] for table, at in pairs if table and at)
        total = Key({("ticks", code), ("group", group)})
        yield Equation(total, parts), Bounds(n, max(ticks, most * n) if most else inf)


def _place_of_yes(table: Tally | None, group: str) -> tuple[str, ...] | None:
    """Where a table counts those of a group who ticked its box, if it does."""
    if table is None or (len(table.variables) == 1 and group != TOTAL):
        return None
    return (YES, group)[: len(table.variables)]
