"""The ideas of a wall gathered by the facilitator: nothing and nobody is erased."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.live import operations as live
from jalons.workshops.models import Activity, Item
from jalons.workshops.operations import EVERYBODY, NotThere


@transaction.atomic
def set_aside(item: Item, *, by: User) -> None:
    """Not shown any more; it can be brought back, and its author still sees it."""
    item.set_aside_at = timezone.now()
    item.save(update_fields=["set_aside_at"])
    _note("idea.set_aside", item, by)


@transaction.atomic
def restore(item: Item, *, by: User) -> None:
    item.set_aside_at = None
    item.save(update_fields=["set_aside_at"])
    _note("idea.restored", item, by)


@transaction.atomic
def merge_ideas(item: Item, into: Item, *, by: User) -> None:
    """One idea joins another, with those it had gathered; each keeps its author.

    Raises NotThere when they are one, of two activities, or when `into` is not shown.
    """
    into = into.merged_into or into
    if item.activity_id != into.activity_id or item.pk == into.pk or not into.stands:
        raise NotThere(into)
    item.merged.update(merged_into=into)
    item.merged_into = into
    item.save(update_fields=["merged_into"])
    _note("ideas.merged", item, by)


@transaction.atomic
def split_idea(item: Item, *, by: User) -> None:
    """The idea stands by itself again."""
    item.merged_into = None
    item.save(update_fields=["merged_into"])
    _note("ideas.split", item, by)


@transaction.atomic
def mark_answered(item: Item, *, is_answered: bool, by: User) -> None:
    """A question of the room received its answer, or not after all."""
    item.answered_at = timezone.now() if is_answered else None
    item.save(update_fields=["answered_at"])
    _note("question.answered", item, by)


@transaction.atomic
def draw_items(activity: Activity, wall: Activity, *, by: User) -> int:
    """Carry the standing ideas of a wall to be voted on; each once. How many came.

    Raises NotThere.
    """
    if wall.workshop_id != activity.workshop_id or wall.kind != "wall":
        raise NotThere(wall)
    known = set(activity.items.values_list("origin_id", flat=True))
    last = activity.items.order_by("-number").first()
    number = last.number if last else 0
    ideas = wall.items.standing().in_order()
    new = [one for one in ideas if one.pk not in known]
    for place, one in enumerate(new, start=number + 1):
        Item.objects.create(
            activity=activity,
            number=place,
            text=one.text,
            category=one.category,
            direction=one.direction,
            author=one.author,
            origin=one,
        )
    workshop = activity.workshop
    space_id = workshop.meeting.space_id
    details = {"count": len(new)}
    audit.record("activity.drawn", workshop, by=by, details=details, space_id=space_id)
    live.tell(workshop.channel, "changed", to=EVERYBODY)
    return len(new)


def _note(verb: str, item: Item, by: User) -> None:
    workshop = item.activity.workshop
    space_id = workshop.meeting.space_id
    details = {"item": item.pk}
    audit.record(verb, workshop, by=by, details=details, space_id=space_id)
    # Telephones too: they may show it, and its author is told what became of it.
    live.tell(workshop.channel, "idea", to=EVERYBODY)
