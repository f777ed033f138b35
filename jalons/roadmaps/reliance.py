"""What a roadmap can count on: its resource maps read together, and its posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.posts import PostLine, Posts, ending, posts_of
from jalons.analysis.deadlines import months_before
from jalons.ecosystems import operations as ecosystems
from jalons.ecosystems.figures import Board, Chart, Tie, boards_of, maps_of
from jalons.ecosystems.forms import CENTRE_LENGTH, MOST_CENTRES
from jalons.ecosystems.models import ResourceMap
from jalons.ecosystems.operations import Named
from jalons.roadmaps.figures import Plan
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.operations import hold, note


@dataclass(frozen=True, slots=True)
class Around:
    """A centre of a map of the roadmap, and what stands around it."""

    board: Board
    chart: Chart

    @property
    def unlinked(self) -> int:
        """Resources of the map that no link ties to this centre."""
        return len(self.chart.ties) - self.chart.linked


@dataclass(frozen=True, slots=True)
class Reliance:
    """The maps of a roadmap, centre by centre, and the posts of its space.

    A link is counted once for each centre that it serves.
    """

    around: Sequence[Around]
    posts: Posts
    # The last day of the period of the roadmap.
    until: date

    @property
    def ending(self) -> list[PostLine]:
        """Posts whose funding ends before the roadmap does, the nearest first."""
        return ending(self.posts.lines, self.until)

    @property
    def at_work(self) -> int:
        return sum(one.chart.at_work for one in self.around)

    @property
    def dashed(self) -> int:
        return sum(len(one.chart.dashed) for one in self.around)

    @property
    def alone(self) -> list[tuple[Around, Tie]]:
        """Known, not reached yet, and nobody sees to it."""
        return [(one, tie) for one in self.around for tie in one.chart.without_owner]


def maps_for(roadmap: Roadmap) -> QuerySet[ResourceMap]:
    """Its own maps, or those of its space until some are chosen, the newest last.

    What is invented and what is real are never read together.
    """
    alike = {"is_simulated": roadmap.is_simulated}
    own: QuerySet[ResourceMap] = roadmap.maps.filter(**alike).order_by("pk")
    if own.exists():
        return own
    every: QuerySet[ResourceMap] = roadmap.space.resource_maps.filter(**alike)
    return every.order_by("pk")


def maps_offered(roadmap: Roadmap) -> list[ResourceMap]:
    """The maps of its space that may be its own: as real, or as invented, as it is."""
    every = maps_of(roadmap.space_id)
    return [one for one in every if one.is_simulated == roadmap.is_simulated]


def reliance_of(roadmap: Roadmap, *, on: date | None = None) -> Reliance:
    """Three queries for the maps, and one for the posts."""
    boards = boards_of(maps_for(roadmap))
    today = on or timezone.localdate()
    return Reliance(
        [Around(board, chart) for board in boards for chart in board.charts],
        posts_of(roadmap.space, today),
        horizon_of(roadmap, today),
    )


def horizon_of(roadmap: Roadmap, today: date) -> date:
    """The last day of its period, which begins with the approach, or today."""
    return months_before(roadmap.starts_on or today, -12 * roadmap.horizon_years)


@transaction.atomic
def choose_maps(roadmap: Roadmap, maps: Sequence[ResourceMap], *, by: User) -> None:
    """Which maps of the space are those of this roadmap."""
    hold(roadmap)
    roadmap.maps.set(maps)
    note("roadmap.maps_chosen", roadmap, roadmap, by)


@transaction.atomic
def open_map_of(plan: Plan, title: str, *, by: User) -> ResourceMap:
    """A new map around the workstreams of the roadmap, which becomes one of its maps.

    Those past what a map holds are left out: it holds twelve centres.
    """
    roadmap = hold(plan.roadmap)
    centres = [
        Named(one.row.title[:CENTRE_LENGTH], one.code)
        for one in plan.workstreams[:MOST_CENTRES]
    ]
    map = ResourceMap(
        space=roadmap.space,
        title=title,
        around=ResourceMap.Around.WORKSTREAM,
        is_simulated=roadmap.is_simulated,
    )
    ecosystems.open_map(map, centres, by=by)
    roadmap.maps.add(map)
    note("roadmap.maps_chosen", roadmap, roadmap, by)
    return map
