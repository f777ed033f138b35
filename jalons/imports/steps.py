"""From one state of an import to the next.

Only `operations` calls this module: it neither authorises nor audits.
"""

from __future__ import annotations

from django.utils import timezone

from jalons.imports.models import ImportBatch

State = ImportBatch.State


def take(batch: ImportBatch, state: State, following: State) -> bool:
    """Pass from one state to the next, once: a second task finds it taken."""
    now = timezone.now()
    taken = ImportBatch.objects.filter(pk=batch.pk, state=state)
    is_taken = bool(taken.update(state=following, beat_at=now))
    batch.refresh_from_db(fields=["state", "beat_at"])
    return is_taken


def beat(batch: ImportBatch | None, done_count: int) -> None:
    """Say how far the work has got, and that it goes on."""
    if batch is not None:
        batch.done_count, batch.beat_at = done_count, timezone.now()
        batch.save(update_fields=["done_count", "beat_at"])


def end(batch: ImportBatch, state: State, **fields: object) -> None:
    """Leave a file in a state, with what there is to say of it."""
    batch.state = state
    for name, value in fields.items():
        setattr(batch, name, value)
    batch.save(update_fields=["state", *fields])
