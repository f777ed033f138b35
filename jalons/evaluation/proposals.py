"""Where an indicator could start from: figures that are loaded, with their vintage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalons.evaluation.models import Followed
from jalons.evaluation.values import shown
from jalons.indicators.figures import Figure, described
from jalons.indicators.models import Indicator
from jalons.roadmaps.models import Roadmap

UNITS: Mapping[str, str] = {
    Indicator.Unit.PERCENT: Followed.Unit.PERCENT,
    Indicator.Unit.COUNT: Followed.Unit.COUNT,
    Indicator.Unit.INHABITANTS: Followed.Unit.PEOPLE,
    Indicator.Unit.EUROS: Followed.Unit.EUROS,
}
"""Which unit of an indicator that is followed a loaded figure may be read in."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A figure of the territory of the space, and the last day of its vintage."""

    code: str
    title: str
    value: Decimal
    measured_on: date
    source: str
    vintage: str
    unit: str

    @property
    def shown(self) -> str:
        return shown(self.value, self.unit)


def proposals_for(followed: Followed, roadmap: Roadmap) -> Sequence[Proposal]:
    """Figures published in its unit: for context, and for a team's own indicator.

    What is inherited from a larger territory is no starting point.
    """
    if followed.level != Followed.Level.CONTEXT and not followed.is_own:
        return ()
    units = [one for one, ours in UNITS.items() if ours == followed.unit]
    known = {one.code: one for one in Indicator.objects.filter(unit__in=units)}
    if not known:
        return ()
    figures = described(known, roadmap.space.territory)
    return [
        _proposal(known[code], one, followed.unit)
        for code, one in sorted(figures.items(), key=lambda each: known[each[0]].label)
        if one.value is not None and not one.inherited_from
    ]


def _proposal(indicator: Indicator, figure: Figure, unit: str) -> Proposal:
    return Proposal(
        code=indicator.code,
        title=indicator.label,
        value=Decimal(str(figure.value)).quantize(Decimal("0.001")).normalize() + 0,
        measured_on=_last_day(figure.vintage),
        source=figure.source,
        vintage=figure.vintage,
        unit=unit,
    )


def _last_day(vintage: str) -> date:
    """The day on which a vintage is over, or the day that it says."""
    year, *rest = vintage.split("-")
    if len(rest) == 2:
        return date.fromisoformat(vintage)
    return date(int(year[:4]), 12, 31)
