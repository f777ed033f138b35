"""A survey done again: what is carried over, and what is compared.

Individual answers are gone by then (rule 23): a new wave only knows the sheets that
institutions validated, and the frozen scores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jalons.analysis.change import Change, change
from jalons.analysis.passages import Passages, passages
from jalons.questionnaires.answers import Answers
from jalons.surveys.models import Campaign, Score


class NotComparable(Exception):
    """No change can be computed; `reason` is one of the four below."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


FIRST, OTHER_VERSION, NOT_FROZEN, NO_POINTS = "first", "version", "frozen", "points"


@dataclass(frozen=True, slots=True)
class Moved:
    """One territory of both waves, in points (low bounds of its frozen scores).

    `dimensions` are its changes, in the order of those of the grid.
    """

    name: str
    before: float
    after: float
    dimensions: tuple[float, ...] = ()

    @property
    def difference(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """The change between two waves, and each territory by name (rule 9)."""

    previous: Campaign
    change: Change
    territories: tuple[Moved, ...]
    # By code of dimension, in the order of the grid.
    dimensions: Mapping[str, Change]
    passages: Passages
    # Whose class was uncertain in one wave or the other (rule 1).
    uncertain: int


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
    grid = campaign.version.read().grid
    if grid is None:
        raise NotComparable(NO_POINTS)
    if not (campaign.is_closed and previous.is_closed):
        raise NotComparable(NOT_FROZEN)
    before, after = _frozen(previous), _frozen(campaign)
    both = before.keys() & after.keys()
    names = campaign.territories.order_by("name", "code").values_list("pk", "name")
    codes = [one.code for one in grid.dimensions]
    by_dimension = [(_points(before, one), _points(after, one)) for one in codes]
    population = campaign.territories.count()
    return Comparison(
        previous=previous,
        change=_change((_points(before), _points(after)), population),
        territories=tuple(
            Moved(
                name,
                float(before[code].low),
                float(after[code].low),
                tuple(last[code] - first[code] for first, last in by_dimension),
            )
            for code, name in names
            if code in both
        ),
        dimensions={
            code: _change(points, population)
            for code, points in zip(codes, by_dimension, strict=True)
        },
        passages=_passages(campaign, before, after),
        uncertain=sum(
            before[one].is_uncertain or after[one].is_uncertain for one in both
        ),
    )


Frozen = Mapping[str, Score]


def _frozen(campaign: Campaign) -> dict[str, Score]:
    return {one.territory_id: one for one in campaign.scores.all()}


def _points(frozen: Frozen, dimension: str = "") -> dict[str, float]:
    """Low bounds by territory, in all or of one dimension."""
    if not dimension:
        return {code: float(one.low) for code, one in frozen.items()}
    return {
        code: float(one.details["by_dimension"].get(dimension, (0, 0))[0])
        for code, one in frozen.items()
    }


def _change(points: tuple[Mapping[str, float], Mapping[str, float]], n: int) -> Change:
    return change(*points, population=n)


def _passages(campaign: Campaign, before: Frozen, after: Frozen) -> Passages:
    """Classes as they were frozen; a score that has none is left out."""
    grid = campaign.version.read().grid
    return passages(
        {code: one.class_code for code, one in before.items() if one.class_code},
        {code: one.class_code for code, one in after.items() if one.class_code},
        [one.code for one in grid.classes] if grid else [],
    )
