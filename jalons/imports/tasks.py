from __future__ import annotations

from django_tasks import task

from jalons.imports import operations
from jalons.imports.models import ImportBatch


@task()
def check(batch_id: int) -> None:
    """Read a file of answers and keep its report, unless it was forgotten meanwhile."""
    for batch in _found(batch_id):
        operations.check_import(batch)


@task()
def record(batch_id: int) -> None:
    """Record a file of answers that was confirmed."""
    for batch in _found(batch_id):
        operations.record_import(batch)


@task()
def undo(batch_id: int) -> None:
    """Undo a file of answers, block after block."""
    for batch in _found(batch_id):
        operations.undo_import(batch)


def _found(batch_id: int) -> list[ImportBatch]:
    batches = ImportBatch.objects.select_related(
        "campaign__space", "campaign__version", "stored", "given_by"
    )
    return list(batches.filter(pk=batch_id))
