"""Coverage is public: places, communes and ways hold nobody. Loading is not."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.coverage.figures import KINDS
from jalons.coverage.models import TravelTimes
from jalons.spaces.models import Space
from jalons.territories.models import Territory


def get_territory(code: str) -> Territory:
    """An EPCI, a département or a région of today; 404 for anything smaller."""
    current = Territory.objects.current().filter(kind__in=KINDS)
    territory: Territory = get_object_or_404(current, pk=code)
    return territory


def get_epci(code: str) -> Territory:
    """An EPCI of today: only an EPCI has neighbours to call."""
    territory: Territory = get_object_or_404(
        Territory.objects.current().epci(), pk=code
    )
    return territory


def get_table(space: Space, pk: int) -> TravelTimes:
    """A table that this space loaded, never another’s."""
    table: TravelTimes = get_object_or_404(space.travel_times, pk=pk)
    return table
