"""R9: how the maturity of the EPCI of a perimeter moved between two waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.analysis.before_after import judged
from jalons.analysis.change import change
from jalons.evaluation.comparing import Move, interval_told, signed
from jalons.evaluation.computing import Asked, Computed
from jalons.evaluation.values import rounded
from jalons.surveys.models import Campaign, Score
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Frozen:
    """Points of a territory in a wave: low bounds, in all and by dimension (rule 1)."""

    low: Decimal
    by_dimension: Mapping[str, Decimal]


def maturity_change(asked: Asked) -> Computed:
    """The mean change over the EPCI of the perimeter found in both waves.

    Of one version of the grid, in surveys of the space itself: a level that an EPCI
    does not publish is nobody else's (rule 6).
    """
    wave = _second_wave(asked)
    if wave is None or wave.follows is None:
        return Computed(None, 0, _("No maturity survey of this space was done again."))
    inside = _epci(asked)
    points: dict[int, dict[str, Frozen]] = {wave.pk: {}, wave.follows.pk: {}}
    rows = Score.objects.filter(campaign__in=points, territory__in=inside)
    for row in rows:
        points[row.campaign_id][row.territory_id] = _read(row)
    before, after = points[wave.follows.pk], points[wave.pk]
    both = sorted(before.keys() & after.keys())
    if not both:
        return Computed(None, 0, _("No EPCI of the perimeter answered both waves."))
    mean_move = mean([after[one].low - before[one].low for one in both])
    move = _move(before, after, wave.territories.filter(pk__in=inside).count())
    lines = [
        (name, signed(mean(_moves(code, both, before, after))))
        for code, name in _dimensions(wave)
    ]
    told = (_("interval of 95 in 100"), interval_told(move.interval))
    return Computed(rounded(mean_move), len(both), lines=[*lines, told], move=move)


def _move(
    before: Mapping[str, Frozen], after: Mapping[str, Frozen], population: int
) -> Move:
    """The interval of the page of both waves, over the EPCI of the perimeter."""
    first, last = (
        {code: float(one.low) for code, one in side.items()} for side in (before, after)
    )
    found = change(first, last, population=population)
    return Move(found.interval, judged(found))


def mean(values: Sequence[Decimal]) -> Decimal:
    """
    >>> mean([Decimal(2), Decimal(-1)])
    Decimal('0.5')
    """
    return sum(values, Decimal(0)) / len(values)


def _second_wave(asked: Asked) -> Campaign | None:
    """The last closed survey of the space that follows one of its own version."""
    closed = Campaign.objects.of_institutions().filter(
        space=asked.roadmap.space_id,
        closed_at__date__lte=asked.on,
        follows__closed_at__isnull=False,
    )
    waves = closed.select_related("version", "follows").order_by("-closed_at", "-pk")
    return next(
        (
            one
            for one in waves
            if one.follows and one.follows.version_id == one.version_id
        ),
        None,
    )


def _epci(asked: Asked) -> list[str]:
    """The EPCI of the perimeter: those named, and those inside larger territories."""
    found = [one.code for one in asked.territories]
    for one in asked.territories:
        inside = Territory.objects.epci().current().within(one.code)
        found += inside.values_list("code", flat=True)
    return found


def _read(row: Score) -> Frozen:
    bounds = row.details["by_dimension"]
    return Frozen(
        row.low, {one: Decimal(str(low)) for one, (low, _h) in bounds.items()}
    )


def _moves(
    code: str,
    both: Sequence[str],
    before: Mapping[str, Frozen],
    after: Mapping[str, Frozen],
) -> list[Decimal]:
    nothing = Decimal(0)
    return [
        after[one].by_dimension.get(code, nothing)
        - before[one].by_dimension.get(code, nothing)
        for one in both
    ]


def _dimensions(wave: Campaign) -> list[tuple[str, str]]:
    grid = wave.version.read().grid
    language = get_language() or "fr"
    return [
        (one.code, one.title.in_language(language))
        for one in (grid.dimensions if grid else ())
    ]
