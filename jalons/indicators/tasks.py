from __future__ import annotations

from django_tasks import task

from jalons.indicators import files


@task()
def read(load_id: int) -> None:
    """Read a file given on a page."""
    files.read(load_id)


@task()
def write(load_id: int) -> None:
    """Load a file confirmed on a page."""
    files.write(load_id)
