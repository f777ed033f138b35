"""How an action stands, said on one short page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jalons.roadmaps.models import Action
from jalons.roadmaps.standing import STOPPED


@dataclass(frozen=True, slots=True)
class Standing:
    """A status, the day it should be over, and why."""

    status: Action.Status
    ends_on: date | None
    reason: str


def must_say(said: Standing, starts_on: date | None, *, today: date) -> bool:
    """Whether a reason is needed: it is stopped, or late on the day it is said."""
    if said.status in STOPPED:
        return True
    action = Action(status=said.status, starts_on=starts_on, ends_on=said.ends_on)
    return action.lateness(on=today) is not None
