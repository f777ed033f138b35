"""The tables of a synthesis are checked in the background, before any of them is shown.

The check may take a minute when many tables overlap. A page that needs it asks for it
and shows how far it is; nothing is read nor published before it has ended. A worker
that stopped is replaced: what it had settled is not done again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from jalons.synthesis.composition import Composed, compose, order_of
from jalons.synthesis.models import Check, Synthesis
from jalons.tabulations.protection import Order, release, released

STALLED_AFTER = timedelta(minutes=5)
"""Without a table more for so long, the check is begun again: one takes seconds."""


class BeingChecked(Exception):
    """The check is under way: `check` says how far it is."""

    def __init__(self, check: Check) -> None:
        super().__init__(str(check))
        self.check = check


class Abandoned(Exception):
    """The tables changed meanwhile: another check was asked for."""


def composed(synthesis: Synthesis) -> Composed | None:
    """The synthesis, or None as long as its tables are not checked."""
    order = order_of(synthesis)
    if order.queries and released(order) is None:
        return None
    return compose(synthesis)


@transaction.atomic
def ask_check(synthesis: Synthesis, *, at: datetime) -> tuple[Check, bool]:
    """The check of the tables as they are, and whether it is to be started."""
    order = order_of(synthesis)
    asked = {
        "digest": order.key(),
        "table_count": len(order.queries),
        "done_count": 0,
        "moved_at": at,
    }
    check, is_new = Check.objects.select_for_update().get_or_create(
        synthesis=synthesis, defaults=asked
    )
    is_alive = check.digest == order.key() and check.moved_at > at - STALLED_AFTER
    if is_new or is_alive:
        return check, is_new
    check, _is_new = Check.objects.update_or_create(synthesis=synthesis, defaults=asked)
    return check, True


def run(synthesis: Synthesis, digest: str) -> None:
    """Check the tables, unless they changed since it was asked."""
    order = order_of(synthesis)
    if order.key() != digest:
        return
    try:
        release(order, lambda done: _move(synthesis, order, done))
    except Abandoned:
        return
    _move(synthesis, order, len(order.queries))


def _move(synthesis: Synthesis, order: Order, done: int) -> None:
    mine = Check.objects.filter(synthesis=synthesis, digest=order.key())
    if not mine.update(done_count=done, moved_at=timezone.now()):
        raise Abandoned
