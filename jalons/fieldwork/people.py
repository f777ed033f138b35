"""The people met in a round, and the weight that each is given."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from jalons.analysis.digital_ease import Ease, ease
from jalons.analysis.margins import Adjusted, Known, adjust
from jalons.questionnaires.definitions import Definition, Role
from jalons.rounds.models import Inhabitants, Round
from jalons.rounds.population import AGES, SEXES
from jalons.territories.models import Territory


@dataclass(frozen=True)
class People:
    """Everybody met: answers by code of question, commune, weight.

    `surveyed` are the communes of the round, `communes` the one of each person.
    `population` holds what is known of the inhabitants, by variable; a variable not
    loaded is not there. `vintage` names each census that it comes from.
    """

    round: Round
    definition: Definition
    surveyed: tuple[Territory, ...]
    answers: tuple[dict[str, object], ...]
    communes: tuple[str, ...]
    population: tuple[Known, ...]
    vintage: str

    @property
    def n(self) -> int:
        return len(self.answers)

    @cached_property
    def digest(self) -> str:
        """The same for the same answers to the same questions, in the same communes."""
        places = [(one.pk, one.longitude, one.latitude) for one in self.surveyed]
        version = self.round.campaign.version.checksum
        said = repr((version, places, self.communes, self.answers))
        return hashlib.sha256(said.encode()).hexdigest()

    @cached_property
    def adjusted(self) -> Adjusted:
        """Weights on the margins known; the heaviest are cut."""
        return adjust(self.placed, self.population)

    @cached_property
    def placed(self) -> list[dict[str, str]]:
        """Commune, sex and age of each, as far as they were said."""
        codes = {role: self.code_of(role) for role in ("sex", "age")}
        return [
            {
                "commune": commune,
                **{role: str(one.get(code, "")) for role, code in codes.items()},
            }
            for one, commune in zip(self.answers, self.communes, strict=True)
        ]

    @cached_property
    def ease(self) -> list[Ease]:
        """What the answers of each say of their access and skills."""
        meanings = {
            question.code: self.definition.meaning_of(question)
            for question in self.definition.questions
        }
        return [
            ease({meanings[c]: a for c, a in one.items() if c in meanings})
            for one in self.answers
        ]

    @cached_property
    def by_meaning(self) -> dict[str, str]:
        """The code of the question that measures each thing."""
        asked = self.definition.questions
        return {self.definition.meaning_of(one): one.code for one in asked}

    def code_of(self, role: Role) -> str:
        question = self.definition.with_role(role)
        return question.code if question else ""


def people_of(round: Round) -> People:
    """Read once: the answers sent, whatever their channel, and the population."""
    rows = round.campaign.responses.submitted().order_by("pk")
    found = list(rows.values_list("answers", "territory_id"))
    communes = list(round.campaign.territories.order_by("name"))
    population, vintage = _population(communes)
    return People(
        round,
        round.campaign.version.read(),
        tuple(communes),
        tuple(answers for answers, _commune in found),
        tuple(commune for _answers, commune in found),
        population,
        vintage,
    )


def _population(communes: list[Territory]) -> tuple[tuple[Known, ...], str]:
    """Margins of the communes surveyed: inhabitants of fifteen and over, if loaded.

    Without the table by sex and age, the municipal population still tells the share of
    each commune, children included.
    """
    rows = Inhabitants.objects.filter(commune__in=communes)
    by: dict[str, dict[str, float]] = {
        "commune": defaultdict(float),
        "sex": dict.fromkeys(SEXES, 0.0),
        "age": dict.fromkeys(AGES, 0.0),
    }
    vintages = set()
    for row in rows:
        by["commune"][row.commune_id] += row.count
        by["sex"][row.sex] += row.count
        by["age"][row.age] += row.count
        vintages.add(row.vintage)
    if len(by["commune"]) == len(communes) and communes:
        order = {one.pk: by["commune"][one.pk] for one in communes}
        return (
            Known("commune", order),
            Known("sex", by["sex"]),
            Known("age", by["age"], is_ordered=True),
        ), ", ".join(sorted(vintages))
    known = {one.pk: float(one.population or 0) for one in communes}
    if communes and all(known.values()) and len(communes) > 1:
        return (Known("commune", known),), ""
    return (), ""
