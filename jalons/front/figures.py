"""What the page of a territory states in figures, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from jalons.documents.words import with_sign
from jalons.indicators.models import Observation
from jalons.territories.models import CURRENT_YEAR, POPULATION_YEAR, Territory

DECIMALS = {"percent": 1, "euros": 0, "inhabitants": 0, "level": 0, "count": 0}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, ready to be read."""

    title: str
    text: str
    source: str


def figures_of(territory: Territory) -> list[Line]:
    """Population, area, then each figure loaded; a missing one says why."""
    geography = f"INSEE, DGCL, {CURRENT_YEAR}"
    lines = []
    if people := people_of(territory):
        source = _("INSEE, municipal population of %(year)s")
        told = source % {"year": POPULATION_YEAR}
        lines.append(Line(_("Inhabitants"), people, told))
    if territory.area_km2:
        area = number_format(round(territory.area_km2), force_grouping=True)
        lines.append(Line(_("Area (km²)"), area, geography))
    return lines + [_line(one) for one in _observations(territory)]


def people_of(territory: Territory) -> str:
    """How many inhabitants, in figures; empty when it is not known."""
    if territory.population is None:
        return ""
    people: str = number_format(
        territory.population, use_l10n=True, force_grouping=True
    )
    return people


def _observations(territory: Territory):
    """What anyone may read: a team's own figures are for its members alone."""
    return (
        Observation.objects.filter(territory=territory, indicator__source__space=None)
        .exclude(indicator__code__startswith="density_")
        .select_related("indicator", "release__source")
        .order_by("indicator__code", "-release__vintage")
    )


def _line(observation: Observation) -> Line:
    release, unit = observation.release, observation.indicator.unit
    if observation.value is None:
        text = observation.get_status_display()
    else:
        digits = DECIMALS.get(unit, 1)
        # Django cuts decimals; the source's figure is rounded first.
        rounded = Decimal(f"{observation.value:.{digits}f}")
        value = number_format(rounded, digits, force_grouping=True)
        text = with_sign(value, _UNITS.get(unit, ""))
    source = f"{release.source.producer}, {release.vintage}"
    return Line(observation.indicator.label, text, source)


_UNITS = {"percent": "%", "euros": "€"}
