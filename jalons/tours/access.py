"""Two doors to a tour: the space that runs it, and its public page once published."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.spaces.models import Space
from jalons.tours.models import Stop, Tour


def get_tour(space: Space, pk: int) -> Tour:
    """A tour of a space already opened, never of another."""
    found: Tour = get_object_or_404(space.tours.select_related("actor", "space"), pk=pk)
    return found


def get_stop(tour: Tour, pk: int) -> Stop:
    """A stop of a tour already opened, never of another."""
    found: Stop = get_object_or_404(tour.stops.select_related("commune", "tour"), pk=pk)
    return found


def get_published(pk: int) -> Tour:
    """A tour that everybody may read, or a 404."""
    tours = Tour.objects.published().select_related("actor", "space__territory")
    found: Tour = get_object_or_404(tours, pk=pk)
    return found
