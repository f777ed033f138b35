"""What a restitution is computed from, as plain values: no query below this line.

`Material` holds everything the team may read. `for_public` leaves out, before any
figure is computed, what may not be published of a territory (rule 6): a public
figure cannot show what it never received.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jalons.observatory.results import IncomeCut
from jalons.questionnaires.definitions import Definition
from jalons.surveys.encoding import AnswerMatrix


@dataclass(frozen=True, slots=True)
class Place:
    """A territory of the perimeter and what official sources say of it.

    None is "not known"; `income` is the median, in euros a year per consumption unit;
    `involvement` is what its département does itself.
    """

    code: str
    name: str
    departement: str | None = None
    population: int | None = None
    density: str | None = None
    density3: str | None = None
    vulnerability: str | None = None
    involvement: str | None = None
    income: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the answers given about one territory amount to.

    `low` and `high` bound its score in points. `per_inhabitants` and
    `without_counts` are its class under the two variants of rule 12. `sides` says,
    for the questions crossed one by one, yes, no, or None when nobody knows or the
    respondents disagree. `dimensions` are its points in each, missing answers counted
    for nothing. `method` is how several answers became one.
    """

    class_code: str
    respondents: int
    low: float
    high: float
    is_uncertain: bool = False
    is_borderline: bool = False
    political: str | None = None
    per_inhabitants: str | None = None
    without_counts: str | None = None
    sides: Mapping[str, bool | None] = field(default_factory=dict)
    is_publishable: bool = False
    method: str = "median"
    dimensions: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Material:
    """A campaign's answers beside the territories they speak of.

    `standings` are those the figures may use, `shown` the territories whose own
    class may be shown; `responded` holds every territory that answered. `replies` are
    what those that answered said, for tables that show nothing of one alone.
    """

    definition: Definition
    places: tuple[Place, ...]
    departements: Mapping[str, str]
    answers: AnswerMatrix
    standings: Mapping[str, Standing]
    shown: frozenset[str]
    responded: frozenset[str]
    replies: Mapping[str, Standing] = field(default_factory=dict)
    vintages: Mapping[str, str] = field(default_factory=dict)
    income_cut: IncomeCut | None = None
    is_public: bool = False
    channels: Mapping[str, int] = field(default_factory=dict)

    @property
    def used(self) -> tuple[Place, ...]:
        """Territories of the perimeter on whose answers the figures rest."""
        return tuple(place for place in self.places if place.code in self.standings)

    @property
    def answered(self) -> tuple[Place, ...]:
        """Territories of the perimeter whose answers are known."""
        return tuple(place for place in self.places if place.code in self.replies)


def for_public(material: Material) -> Material:
    """What may leave the team.

    When some territories may be shown, figures by territory rest on these alone:
    a total over all, less what the map shows, would tell the class of the others.
    When none may, they rest on all of them and `protection` hides small counts.

    Political resources and facilitators, of which no map shows anything, rest on all
    that answered: were they counted over the published ones, one more validation
    would tell what that one said.
    """
    publishable = {
        code: standing
        for code, standing in material.standings.items()
        if standing.is_publishable
    }
    return replace(
        material,
        standings=publishable or material.standings,
        shown=frozenset(publishable),
        replies={code: _reply(one) for code, one in material.replies.items()}
        if publishable
        else material.replies,
        is_public=True,
    )


def _reply(standing: Standing) -> Standing:
    """What a territory said, without its class nor its points."""
    return Standing(
        class_code="",
        respondents=0,
        low=0,
        high=0,
        political=standing.political,
        sides=standing.sides,
    )
