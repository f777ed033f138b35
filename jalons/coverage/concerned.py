"""Persons that distance weighs on most, commune by commune: a share of the inhabitants.

Persons = share × n, both as the producer publishes them: 18 % of 1 250 inhabitants aged
65 or more are 225 persons. What a file keeps secret, or does not mention, is not zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from jalons.indicators.figures import Figure, observations
from jalons.indicators.models import Observation
from jalons.territories.models import Territory

INDICATORS = ("share_65_plus", "below_bac", "poverty_rate")
"""Shares of persons, not of households, that the portraits name as risks."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """One share, and the persons it makes in each commune that has its figure."""

    indicator: str
    persons: Mapping[str, float]
    unknown: int
    """Communes whose figure is secret, or that the file does not mention."""
    source: str
    dated: str

    def known(self, codes: Iterable[str]) -> int:
        """How many of these communes have the figure."""
        return len(self.persons.keys() & set(codes))

    def among(self, codes: Iterable[str]) -> float:
        """The persons of those that have it."""
        return sum(self.persons.get(code, 0.0) for code in codes)


def known_within(territory: Territory) -> list[str]:
    """The shares of which a commune has a figure, in their order."""
    members = Territory.objects.communes().current().within(territory)
    found = Observation.objects.filter(
        indicator__in=INDICATORS,
        territory__in=members.values("code"),
        value__isnull=False,
    )
    known = set(found.order_by().values_list("indicator", flat=True).distinct())
    return [one for one in INDICATORS if one in known]


def concerned_of(indicator: str, codes: Collection[str]) -> Concerned:
    """The persons of a share in these communes, and who published it."""
    figures = observations([indicator], codes)[indicator]
    persons = {
        code: figure.value / 100 * figure.n
        for code, figure in figures.items()
        if figure.value is not None and figure.n is not None
    }
    source, dated = _said_by(figures.values())
    return Concerned(indicator, persons, len(codes) - len(persons), source, dated)


def _said_by(figures: Iterable[Figure]) -> tuple[str, str]:
    """The sources and vintages of these figures, each once."""
    pairs = sorted({(one.source, one.dated) for one in figures})
    return (
        ", ".join(dict.fromkeys(source for source, _dated in pairs)),
        ", ".join(dict.fromkeys(dated for _source, dated in pairs)),
    )
