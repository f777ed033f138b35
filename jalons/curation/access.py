"""The only door to what a team keeps of its lists of places."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.curation.keeping import kept_by
from jalons.curation.models import PlaceImport, PlaceReport, Resemblance
from jalons.directory.models import Place
from jalons.spaces.models import Space


def get_import(space: Space, pk: int) -> PlaceImport:
    """A file of places given to a space already opened, never to another one."""
    batch: PlaceImport = get_object_or_404(
        space.place_imports.select_related("stored", "refused", "services", "space"),
        pk=pk,
    )
    return batch


def get_place(space: Space, pk: int) -> Place:
    """A place of a list that a space already opened answers for."""
    places = Place.objects.filter(kept_by(space)).select_related("place_list")
    place: Place = get_object_or_404(places, pk=pk)
    return place


def get_resemblance(space: Space, pk: int) -> Resemblance:
    """Two places that look alike, told to a space already opened."""
    pair: Resemblance = get_object_or_404(
        space.resemblances.select_related(
            "first__place_list", "second__place_list", "kept"
        ),
        pk=pk,
    )
    return pair


def get_report(space: Space, pk: int) -> PlaceReport:
    """A report about a place of a space already opened."""
    report: PlaceReport = get_object_or_404(
        PlaceReport.objects.filter(kept_by(space, "place__")).select_related("place"),
        pk=pk,
    )
    return report
