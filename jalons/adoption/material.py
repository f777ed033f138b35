"""What the document of a roadmap is composed from, each read once when a part asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count
from django.utils import timezone

from jalons.actors.models import Actor
from jalons.diagnosis.board import Board, board_of
from jalons.diagnosis.figures import portrait_of
from jalons.diagnosis.maturity import Maturity
from jalons.diagnosis.models import Diagnosis
from jalons.diagnosis.reading import Reading, read
from jalons.drawing.skins import PRINT, Skin
from jalons.ecosystems import figures as maps
from jalons.meetings.models import Meeting
from jalons.returns.reading import PointsRead
from jalons.roadmaps.answered import points_shown
from jalons.roadmaps.figures import Plan
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.reliance import maps_for


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting, the bodies invited, and how many came.

    Those on the sheet, or those who joined on a phone when they are more; 0 when nobody
    noted it, or when the sheet was erased in its time.
    """

    meeting: Meeting
    guests: Sequence[Actor]
    present: int


@dataclass(frozen=True)
class Material:
    """A roadmap and what its space holds beside it; drawings are made in one skin."""

    plan: Plan
    skin: Skin = PRINT

    def drawn_in(self, skin: Skin) -> Material:
        """The same, drawn otherwise: what was read is not read again."""
        other = replace(self, skin=skin)
        vars(other).update(vars(self) | {"skin": skin})
        return other

    @property
    def roadmap(self) -> Roadmap:
        return self.plan.roadmap

    @cached_property
    def diagnosis(self) -> Diagnosis | None:
        """The newest of the space on a territory of the roadmap, not a neighbour's."""
        found = self.roadmap.space.diagnoses.filter(
            territory__in=self.roadmap.perimeter.all(),
            is_simulated=self.roadmap.is_simulated,
        )
        newest: Diagnosis | None = (
            found.select_related("territory").order_by("-pk").first()
        )
        return newest

    @cached_property
    def portrait(self) -> Reading | None:
        return read(portrait_of(self.diagnosis.territory)) if self.diagnosis else None

    @cached_property
    def level(self) -> Maturity | None:
        """What a public survey says of its EPCI, a level or why there is none."""
        found = self.portrait.portrait.maturity if self.portrait else None
        return found if found and found.state != "no_survey" else None

    @cached_property
    def points(self) -> Sequence[PointsRead]:
        """The points by dimension that the team chose to show beside the level."""
        return points_shown(self.roadmap)

    @cached_property
    def findings(self) -> Board | None:
        return board_of(self.diagnosis) if self.diagnosis else None

    @cached_property
    def maps(self) -> list[maps.Board]:
        """Its resource maps, or those of the space until some are chosen."""
        return maps.boards_of(maps_for(self.roadmap))

    @cached_property
    def meetings(self) -> list[Held]:
        """Those that were held since the approach began, in their order."""
        held = self.roadmap.space.meetings.filter(
            ends_at__lte=timezone.now(), is_simulated=self.roadmap.is_simulated
        )
        if self.roadmap.starts_on:
            held = held.filter(starts_at__date__gte=self.roadmap.starts_on)
        counted = held.annotate(
            noted=Count("attendees", distinct=True),
            joined=Count("workshop__participants", distinct=True),
        )
        ordered = counted.prefetch_related("guests").order_by("starts_at", "pk")
        return [
            Held(one, list(one.guests.all()), max(one.noted, one.joined))
            for one in ordered
        ]
