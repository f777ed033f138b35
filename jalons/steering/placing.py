"""A team says how much effort each action asks and what effect is expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.roadmaps.models import Action, Roadmap
from jalons.roadmaps.operations import hold, note
from jalons.steering.models import Placing

Place = tuple[int, int]
"""Effort, then effect, from 1 to 5."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where an action is to stand, and where it stood for who asks it."""

    action: int
    was: Place | None
    now: Place | None


@transaction.atomic
def place_actions(roadmap: Roadmap, asked: Iterable[Asked], *, by: User) -> list[Asked]:
    """Place what was moved; what somebody else moved meanwhile is given back, not kept.

    An action that is no longer in the roadmap is passed over.
    """
    hold(roadmap)
    actions = {
        one.pk: one for one in Action.objects.filter(workstream__stake__roadmap=roadmap)
    }
    known = {one.action_id: one for one in Placing.objects.filter(action__in=actions)}
    crossed = []
    for one in asked:
        row = known.get(one.action)
        stored = (row.effort, row.effect) if row else None
        if one.action not in actions or one.now in (one.was, stored):
            continue
        if stored != one.was:
            crossed.append(one)
            continue
        _place(actions[one.action], one.now, by)
        note("action.placed", actions[one.action], roadmap, by)
    return crossed


def _place(action: Action, place: Place | None, by: User) -> None:
    if place is None:
        Placing.objects.filter(action=action).delete()
        return
    effort, effect = place
    said = {
        "effort": effort,
        "effect": effect,
        "placed_by": by,
        "placed_at": timezone.now(),
    }
    Placing.objects.update_or_create(action=action, defaults=said)
