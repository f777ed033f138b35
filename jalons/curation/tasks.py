from __future__ import annotations

from django_tasks import task

from jalons.curation import duplicates, operations
from jalons.curation.models import PlaceImport
from jalons.spaces.models import Space


@task()
def check(batch_id: int) -> None:
    """Read a file of places and keep its report, unless it was forgotten meanwhile."""
    for batch in _found(batch_id):
        operations.check_import(batch)


@task()
def record(batch_id: int) -> None:
    """Record a file of places that was confirmed."""
    for batch in _found(batch_id):
        operations.record_import(batch)


@task()
def look_for_twins(space_id: int) -> None:
    """Compare the places of a team with those around."""
    for space in Space.objects.filter(pk=space_id):
        duplicates.look_for_twins(space)


def _found(batch_id: int) -> list[PlaceImport]:
    batches = PlaceImport.objects.select_related("space", "stored", "services")
    return list(batches.filter(pk=batch_id))
