from __future__ import annotations

from django_tasks import task

from jalons.indicators import attempts
from jalons.indicators.models import Load


@task()
def read(load_id: int, attempt: int) -> None:
    """Read a file given on a page."""
    attempts.read(load_id, attempt)


@task()
def write(load_id: int, attempt: int) -> None:
    """Load a file confirmed on a page."""
    attempts.write(load_id, attempt)


def enqueue(pending: Load) -> None:
    """Have a file read, or written once it was confirmed."""
    task = write if pending.state == Load.State.WRITING else read
    task.enqueue(pending.pk, pending.attempt)
