"""A survey done again: what is carried over, and what is compared.

Individual answers are gone by then (rule 23): a new wave only knows the sheets that
institutions validated, and the frozen scores.
"""

from __future__ import annotations

from dataclasses import dataclass

from jalons.analysis.change import Change, change
from jalons.questionnaires.answers import Answers
from jalons.surveys.models import Campaign

SEED = 1
"""Fixed, so that an interval read twice is the same."""


class NotComparable(Exception):
    """No change can be computed; `reason` is one of the four below."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


FIRST, OTHER_VERSION, NOT_FROZEN, NO_POINTS = "first", "version", "frozen", "points"


@dataclass(frozen=True, slots=True)
class Moved:
    """One territory of both waves, in points (low bounds of its frozen scores)."""

    name: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """The change between two waves, and each territory by name (rule 9)."""

    previous: Campaign
    change: Change
    territories: tuple[Moved, ...]


def sheet_before(campaign: Campaign, code: str) -> Answers:
    """The sheet that the institution agreed to in the wave before, or nothing."""
    if not campaign.is_prefilled or campaign.follows is None:
        return {}
    before = campaign.follows
    if before.version_id != campaign.version_id:
        return {}
    kept = before.validations.filter(territory=code, sheet__isnull=False)
    return dict(kept.values_list("sheet", flat=True).first() or {})


def comparison(campaign: Campaign) -> Comparison:
    """Change between frozen scores, on the same version of the grid only."""
    previous = campaign.follows
    if previous is None:
        raise NotComparable(FIRST)
    if previous.version_id != campaign.version_id:
        raise NotComparable(OTHER_VERSION)
    if campaign.version.read().grid is None:
        raise NotComparable(NO_POINTS)
    if not (campaign.is_closed and previous.is_closed):
        raise NotComparable(NOT_FROZEN)
    before, after = _frozen(previous), _frozen(campaign)
    names = campaign.territories.order_by("name", "code").values_list("pk", "name")
    return Comparison(
        previous=previous,
        change=change(
            before, after, seed=SEED, population=campaign.territories.count()
        ),
        territories=tuple(
            Moved(name, before[code], after[code])
            for code, name in names
            if code in before and code in after
        ),
    )


def _frozen(campaign: Campaign) -> dict[str, float]:
    rows = campaign.scores.values_list("territory", "low")
    return {code: float(low) for code, low in rows}
