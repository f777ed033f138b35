from __future__ import annotations

from collections.abc import Iterator

from django_tasks import TaskContext, task

from jalons.imports import operations
from jalons.imports.models import ImportBatch


@task(takes_context=True)
def check(context: TaskContext, batch_id: int) -> None:
    """Read a file of answers and keep its report, unless it was forgotten meanwhile."""
    for batch in _found(context, batch_id):
        operations.check_import(batch)


@task(takes_context=True)
def record(context: TaskContext, batch_id: int) -> None:
    """Record a file of answers that was confirmed."""
    for batch in _found(context, batch_id):
        operations.record_import(batch)


@task(takes_context=True)
def undo(context: TaskContext, batch_id: int) -> None:
    """Undo a file of answers, block after block."""
    for batch in _found(context, batch_id):
        operations.undo_import(batch)


def _found(context: TaskContext, batch_id: int) -> Iterator[ImportBatch]:
    """The file, given back to its queue when the worker that had begun it died."""
    batches = ImportBatch.objects.select_related(
        "campaign__space", "campaign__version", "stored", "given_by"
    )
    for batch in batches.filter(pk=batch_id):
        if context.attempt > 1:
            operations.take_back(batch)
        yield batch
