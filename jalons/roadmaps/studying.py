"""What is studied before deciding: is an action feasible, what did others try?"""

from __future__ import annotations

from django.db import transaction

from jalons.accounts.models import User
from jalons.roadmaps.models import Action, Inspiration
from jalons.roadmaps.operations import claim, hold, note


@transaction.atomic
def save_study(action: Action, *, version: int, by: User) -> None:
    """Keep the study of an action, from this version. Raises ChangedMeanwhile."""
    claim(action, version)
    action.save()
    note("roadmap.action_studied", action, action.workstream.stake.roadmap, by)


@transaction.atomic
def add_inspiration(inspiration: Inspiration, *, by: User) -> Inspiration:
    roadmap = hold(inspiration.workstream.stake.roadmap)
    inspiration.examined_by = by
    inspiration.save()
    note("roadmap.inspiration_added", inspiration, roadmap, by)
    return inspiration


@transaction.atomic
def save_inspiration(inspiration: Inspiration, *, version: int, by: User) -> None:
    """Keep what is said of an experience. Raises ChangedMeanwhile."""
    claim(inspiration, version)
    inspiration.save()
    roadmap = inspiration.workstream.stake.roadmap
    note("roadmap.inspiration_changed", inspiration, roadmap, by)


@transaction.atomic
def remove_inspiration(inspiration: Inspiration, *, by: User) -> None:
    roadmap = hold(inspiration.workstream.stake.roadmap)
    note("roadmap.inspiration_removed", inspiration, roadmap, by)
    inspiration.delete()
