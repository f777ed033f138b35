"""What a resource map shows, and how far it goes: one count for page, file, screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from jalons.ecosystems.models import Centre, Link, Resource, ResourceMap

Status = Link.Status


@dataclass(frozen=True, slots=True)
class Tie:
    """A resource as one centre sees it; without a link it is known, and not linked."""

    resource: Resource
    link: Link | None

    @property
    def status(self) -> Status:
        return Status(self.link.status) if self.link else Status.NONE

    @property
    def base(self) -> int:
        return self.link.number if self.link else 0

    @property
    def owner(self) -> str:
        return self.link.owner if self.link else ""

    @property
    def lacks_owner(self) -> bool:
        """Known, not reached yet, and nobody sees to it."""
        return self.status == Status.DASHED and not self.owner


@dataclass(frozen=True, slots=True)
class Group:
    """The resources of one category."""

    category: Resource.Category
    ties: Sequence[Tie]

    @property
    def at_work(self) -> int:
        return sum(1 for one in self.ties if one.status == Status.SOLID)


@dataclass(frozen=True, slots=True)
class Chart:
    """One centre and everything around it, in the four categories of the method."""

    centre: Centre
    groups: Sequence[Group]

    @property
    def ties(self) -> list[Tie]:
        return [one for group in self.groups for one in group.ties]

    @property
    def dashed(self) -> list[Tie]:
        return [one for one in self.ties if one.status == Status.DASHED]

    @property
    def at_work(self) -> int:
        return sum(group.at_work for group in self.groups)

    @property
    def linked(self) -> int:
        return self.at_work + len(self.dashed)

    @property
    def without_owner(self) -> list[Tie]:
        return [one for one in self.dashed if one.lacks_owner]

    @property
    def uncovered(self) -> list[str]:
        """Categories where nothing is at work yet."""
        return [str(one.category.label) for one in self.groups if not one.at_work]


@dataclass(frozen=True, slots=True)
class Board:
    """A whole map: a chart a centre, and the resources of all."""

    map: ResourceMap
    charts: Sequence[Chart]
    resources: Sequence[Resource]

    @property
    def shown(self) -> Chart | None:
        """The one that is projected: the first when none was chosen."""
        return self.find(self.map.shown_id) or next(iter(self.charts), None)

    @property
    def pooled(self) -> list[tuple[Resource, int]]:
        """Resources that serve, or could serve, several centres (S002-16)."""
        counted = [
            (one, sum(1 for chart in self.charts if _is_linked(chart, one)))
            for one in self.resources
        ]
        return [(one, n) for one, n in counted if n > 1]

    def find(self, pk: int | None) -> Chart | None:
        return next((one for one in self.charts if one.centre.pk == pk), None)


def board_of(map: ResourceMap) -> Board:
    """The map as it stands, in three queries."""
    return boards_of([map])[0]


def boards_of(maps: Iterable[ResourceMap]) -> list[Board]:
    """Several maps as they stand, in three queries however many they are."""
    by_pk = {one.pk: one for one in maps}
    centres: dict[int, list[Centre]] = {pk: [] for pk in by_pk}
    for centre in Centre.objects.filter(map__in=by_pk).standing().in_order():
        centre.map = by_pk[centre.map_id]
        centres[centre.map_id].append(centre)
    resources: dict[int, list[Resource]] = {pk: [] for pk in by_pk}
    standing = Resource.objects.filter(map__in=by_pk, withdrawn_at=None)
    for resource in standing.order_by("pk"):
        resource.map = by_pk[resource.map_id]
        resources[resource.map_id].append(resource)
    current = Link.objects.filter(resource__map__in=by_pk, is_current=True)
    links = {(one.centre_id, one.resource_id): one for one in current}
    return [_board(one, centres[pk], resources[pk], links) for pk, one in by_pk.items()]


def _board(
    map: ResourceMap,
    centres: Sequence[Centre],
    resources: Sequence[Resource],
    links: Mapping[tuple[int, int], Link],
) -> Board:
    charts = [
        Chart(
            centre,
            [
                Group(
                    category,
                    [
                        Tie(one, links.get((centre.pk, one.pk)))
                        for one in resources
                        if one.category == category
                    ],
                )
                for category in Resource.Category
            ],
        )
        for centre in centres
    ]
    return Board(map, charts, resources)


def hands_of(map: ResourceMap, *, at: datetime | None = None) -> int | None:
    """How many names drew, now or at an instant; the team apart. One query.

    Two people of one name count once. None when names are erased: missing, not zero.
    """
    drawn = Link.objects.filter(resource__map=map)
    drawn = drawn.filter(said_at__lte=at) if at else drawn
    found = drawn.aggregate(
        names=Count("hand", distinct=True, filter=~Q(hand="")),
        erased=Count("pk", filter=Q(hand="", editor=None)),
    )
    names: int = found["names"]
    return None if found["erased"] and not names else names


def maps_of(space_pk: int) -> Sequence[ResourceMap]:
    """The maps of a space with how many resources each has, in one query."""
    standing = Count("resources", filter=Q(resources__withdrawn_at=None))
    maps = ResourceMap.objects.filter(space=space_pk).annotate(n=standing)
    return list(maps.order_by("-opened_at", "-pk"))


def _is_linked(chart: Chart, resource: Resource) -> bool:
    return any(
        one.resource.pk == resource.pk and one.status != Status.NONE
        for one in chart.ties
    )
