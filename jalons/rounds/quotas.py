"""Whom a round would like to meet, beside whom it met: a help, never a target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from jalons.questionnaires.definitions import Role
from jalons.questionnaires.values import option_texts
from jalons.rounds.models import Inhabitants, Round
from jalons.rounds.population import AGES, SEXES
from jalons.rounds.progress import Cell, met
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Hoped:
    """People wished for, and those met; `left` counts cell by cell.

    Somebody met in a cell that is full makes up for nobody in another.
    """

    code: str
    name: str
    wished: int
    met: int
    left: int


@dataclass(frozen=True, slots=True)
class Board:
    """The wishes of a round, by commune and by age and sex.

    `without_inhabitants` names the communes whose inhabitants by sex and age are not
    loaded: nothing is proposed without them. `vintages` are the years of the census
    of the others: several when a load was cut, or came in several files.
    """

    communes: tuple[Hoped, ...]
    people: tuple[Hoped, ...]
    without_inhabitants: tuple[str, ...]
    vintages: tuple[str, ...]

    @property
    def wished(self) -> int:
        return sum(one.wished for one in self.communes)

    @property
    def left(self) -> int:
        return sum(one.left for one in self.communes)


def board_of(round: Round) -> Board:
    wished, found = targets_of(round), met(round)
    communes = list(round.campaign.territories.order_by("name"))
    loaded = dict(
        Inhabitants.objects.filter(commune__in=communes)
        .values_list("commune_id", "vintage")
        .distinct()
    )
    return Board(
        tuple(
            _hoped(one.pk, one.name, _within(wished, one), _within(found, one))
            for one in communes
        ),
        tuple(_people(round, wished, found)),
        tuple(one.name for one in communes if one.pk not in loaded),
        tuple(sorted({*loaded.values()})),
    )


def targets_of(round: Round) -> dict[Cell, int]:
    """How many people of each cell the round would like to meet."""
    rows = round.quotas.values_list("commune_id", "sex", "age", "target")
    return {(commune, sex, age): target for commune, sex, age, target in rows}


def inhabitants_of(round: Round) -> dict[Cell, float]:
    """The inhabitants of fifteen and over of each cell of the round."""
    communes = round.campaign.territories.all()
    rows = Inhabitants.objects.filter(commune__in=communes)
    found = rows.values_list("commune_id", "sex", "age", "count")
    return {(commune, sex, age): count for commune, sex, age, count in found}


def words_of(round: Round, role: Role, language: str) -> dict[str, str]:
    """The answers to the question on sex or age that wishes may name, in words."""
    question = round.campaign.version.read().with_role(role)
    known = SEXES if role == "sex" else AGES
    texts = option_texts(question, language) if question else {}
    return {code: texts[code] for code in known if code in texts}


def _within(cells: Mapping[Cell, int], commune: Territory) -> dict[Cell, int]:
    return {cell: n for cell, n in cells.items() if cell[0] == commune.pk}


def _people(
    round: Round, wished: Mapping[Cell, int], found: Mapping[Cell, int]
) -> list[Hoped]:
    lines = []
    for age in AGES:
        for sex in SEXES:
            of = [
                {cell: n for cell, n in cells.items() if cell[1:] == (sex, age)}
                for cells in (wished, found)
            ]
            lines.append(_hoped(f"{sex} {age}", "", *of))
    return lines


def _hoped(
    code: str, name: str, wished: Mapping[Cell, int], found: Mapping[Cell, int]
) -> Hoped:
    lacking = Counter(wished)
    lacking.subtract(found)
    return Hoped(
        code,
        name,
        sum(wished.values()),
        sum(found.values()),
        sum(n for cell, n in lacking.items() if n > 0 and cell in wished),
    )
