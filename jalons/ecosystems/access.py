"""The door to a resource map: the space that holds it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.ecosystems.models import Centre, Resource, ResourceMap
from jalons.live.access import read_number
from jalons.spaces.models import Space


def get_map(space: Space, pk: int) -> ResourceMap:
    """A map of a space already opened, never of another."""
    maps = space.resource_maps.select_related("space__territory", "shown")
    found: ResourceMap = get_object_or_404(maps, pk=pk)
    return found


def get_centre(map: ResourceMap, pk: str | int | None) -> Centre:
    """A centre that stands on a map already opened; a 404 for anything else."""
    standing = map.centres.standing().select_related("map__space")
    found: Centre = get_object_or_404(standing, pk=read_number(pk))
    return found


def get_resource(map: ResourceMap, pk: str | None) -> Resource:
    """A resource of a map already opened, withdrawn or not; a 404 for any other."""
    resources = map.resources.select_related("map__space")
    found: Resource = get_object_or_404(resources, pk=read_number(pk))
    return found
