"""An evaluation as it is read: its theory, its indicators, how far each one moved.

One reading behind every page, document and file. A contribution, never a proof: a
figure that moved says nothing of why.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone

from jalons.analysis.before_after import Verdict
from jalons.analysis.intervals import Interval
from jalons.evaluation.comparing import Move
from jalons.evaluation.measuring import due_on
from jalons.evaluation.models import (
    Baseline,
    Box,
    Evaluation,
    Followed,
    Measure,
    Question,
    Review,
)
from jalons.evaluation.models.followed import OUTCOMES
from jalons.evaluation.models.plans import CHAIN
from jalons.evaluation.values import shown
from jalons.roadmaps.models import Roadmap, Stake

Level = Followed.Level


@dataclass(frozen=True, slots=True)
class Point:
    """A value of the whole on a day; None when it could not be measured."""

    measured_on: date
    value: Decimal | None
    n: int | None
    origin: str
    effective_n: float | None = None
    # What a mean move of the same people allows one to say; None: not kept.
    move: Move | None = None


@dataclass(frozen=True, slots=True)
class FollowedRead:
    """An indicator, where it started, what was measured of the whole since."""

    row: Followed
    baseline: Baseline | None
    points: Sequence[Point]
    stakes: Sequence[Stake]
    today: date

    @property
    def last(self) -> Point | None:
        """The last day that has a value."""
        latest_first = reversed(self.points)
        return next((one for one in latest_first if one.value is not None), None)

    @property
    def change(self) -> Decimal | None:
        """From the baseline to the last value; None when one of them is missing."""
        if self.baseline is None or self.last is None or self.last.value is None:
            return None
        if self.last.measured_on < self.baseline.measured_on:
            return None
        return self.last.value - self.baseline.value

    @property
    def way_percent(self) -> int | None:
        """How much of the way to the target was covered; below zero, it went back.

        Rounded, but never to the target before it is reached, nor to zero backwards.
        """
        if self.row.target is None or self.baseline is None or self.change is None:
            return None
        whole = self.row.target - self.baseline.value
        if not whole:
            return None
        way = 100 * self.change / whole
        if way < 0:
            return math.floor(way)
        return round(way) if way >= 100 else min(99, round(way))

    @property
    def is_retired(self) -> bool:
        return self.row.is_retired(on=self.today)

    @property
    def due_on(self) -> date | None:
        """When the next measure is awaited."""
        if self.is_retired:
            return None
        last = self.points[-1].measured_on if self.points else None
        return due_on(self.row, last)

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < self.today

    @property
    def is_outcome(self) -> bool:
        return self.row.level in OUTCOMES

    def shown(self, value: Decimal | None) -> str:
        return shown(value, self.row.unit)

    @property
    def started_from(self) -> str:
        return self.shown(self.baseline.value) if self.baseline else ""

    @property
    def last_value(self) -> str:
        return self.shown(self.last.value) if self.last else ""

    @property
    def target(self) -> str:
        return self.shown(self.row.target) if self.row.target is not None else ""


@dataclass(frozen=True, slots=True)
class BoxRead:
    """A statement of the theory, and the keys of those it comes from."""

    row: Box
    sources: Sequence[Box]


@dataclass(frozen=True, slots=True)
class EvaluationRead:
    """A whole evaluation, on the day it is read."""

    row: Evaluation
    boxes: Mapping[Box.Kind, Sequence[BoxRead]]
    questions: Sequence[Question]
    indicators: Sequence[FollowedRead]
    reviews: Sequence[Review]
    stakes: Sequence[Stake]
    today: date

    @property
    def chain(self) -> list[tuple[Box.Kind, Sequence[BoxRead]]]:
        return [(kind, self.boxes.get(kind, ())) for kind in CHAIN]

    @property
    def beside(self) -> list[tuple[Box.Kind, Sequence[BoxRead]]]:
        kinds = (Box.Kind.HYPOTHESIS, Box.Kind.FACTOR)
        return [(kind, self.boxes.get(kind, ())) for kind in kinds]

    @property
    def in_use(self) -> list[FollowedRead]:
        return [one for one in self.indicators if not one.is_retired]

    @property
    def retired(self) -> list[FollowedRead]:
        return [one for one in self.indicators if one.is_retired]

    @property
    def by_level(self) -> list[tuple[Level, list[FollowedRead]]]:
        """Indicators in use under their levels, those that hold some."""
        found: defaultdict[Level, list[FollowedRead]] = defaultdict(list)
        for one in self.in_use:
            found[Level(one.row.level)].append(one)
        return [(level, found[level]) for level in Level if found[level]]

    @property
    def without_baseline(self) -> list[FollowedRead]:
        return [one for one in self.in_use if one.baseline is None]

    @property
    def late(self) -> list[FollowedRead]:
        return [one for one in self.in_use if one.is_late]

    @property
    def measured(self) -> list[FollowedRead]:
        return [one for one in self.in_use if one.last is not None]

    @property
    def bare_stakes(self) -> list[tuple[int, Stake]]:
        """Stakes of the roadmap that no indicator of outcome in use serves."""
        served = {
            stake.pk for one in self.in_use if one.is_outcome for stake in one.stakes
        }
        return [
            (number, one)
            for number, one in enumerate(self.stakes, start=1)
            if one.pk not in served
        ]

    @property
    def last_review(self) -> Review | None:
        return self.reviews[0] if self.reviews else None

    def find(self, followed: Followed) -> FollowedRead:
        return next(one for one in self.indicators if one.row == followed)


def read_evaluation(
    roadmap: Roadmap, *, on: date | None = None
) -> EvaluationRead | None:
    """The whole of it in ten queries at most; nothing before it is begun."""
    evaluation = Evaluation.objects.filter(roadmap=roadmap).first()
    if evaluation is None:
        return None
    evaluation.roadmap, today = roadmap, on or timezone.localdate()
    return EvaluationRead(
        row=evaluation,
        boxes=_boxes(evaluation),
        questions=list(evaluation.questions.all()),
        indicators=_indicators(evaluation, today),
        reviews=list(evaluation.reviews.prefetch_related("stories")),
        stakes=list(roadmap.stakes.all()),
        today=today,
    )


def followed_of(roadmap: Roadmap, *, on: date | None = None) -> list[FollowedRead]:
    """Its indicators alone, in five queries, as they were known on a day."""
    evaluation = Evaluation.objects.filter(roadmap=roadmap).first()
    if evaluation is None:
        return []
    today = on or timezone.localdate()
    return [
        replace(one, points=[p for p in one.points if p.measured_on <= today])
        for one in _indicators(evaluation, today)
    ]


def _boxes(evaluation: Evaluation) -> dict[Box.Kind, list[BoxRead]]:
    found: defaultdict[Box.Kind, list[BoxRead]] = defaultdict(list)
    for one in evaluation.boxes.prefetch_related("comes_from"):
        found[Box.Kind(one.kind)].append(BoxRead(one, list(one.comes_from.all())))
    return dict(found)


def _indicators(evaluation: Evaluation, today: date) -> list[FollowedRead]:
    current = Baseline.objects.filter(is_current=True)
    rows = evaluation.indicators.prefetch_related(
        "stakes", Prefetch("baselines", queryset=current, to_attr="standing")
    )
    points = points_of(evaluation)
    return [
        FollowedRead(
            one,
            one.standing[0] if one.standing else None,
            points.get(one.pk, ()),
            list(one.stakes.all()),
            today,
        )
        for one in rows
    ]


def points_of(evaluation: Evaluation) -> Mapping[int, Sequence[Point]]:
    """Current measures of the whole of each indicator, by day; one query."""
    rows = (
        Measure.objects.filter(
            followed__evaluation=evaluation, is_current=True, part=""
        )
        .order_by("measured_on", "pk")
        .values_list(
            *("followed_id", "measured_on", "value", "n", "origin"),
            *("effective_n", "low", "high", "verdict"),
        )
    )
    found: defaultdict[int, list[Point]] = defaultdict(list)
    for followed, day, value, n, origin, effective_n, *kept in rows:
        move = _move(*kept)
        found[followed].append(Point(day, value, n, origin, effective_n, move))
    return found


def _move(low: Decimal | None, high: Decimal | None, verdict: str) -> Move | None:
    if not verdict:
        return None
    bounds = None
    if low is not None and high is not None:
        bounds = Interval(float(low), float(high))
    return Move(bounds, Verdict(verdict))
