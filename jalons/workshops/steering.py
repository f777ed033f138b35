"""What the buttons of the console do, by their name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, QueryDict
from django.utils import timezone

from jalons.accounts.models import User
from jalons.workshops import access, moderating, operations
from jalons.workshops.models import Activity, Workshop

Act = Callable[[Workshop, QueryDict, User], object]


def steer(workshop: Workshop, post: QueryDict, *, by: User) -> None:
    """Do what was asked. Raises Http404 for what no button asks, and NotThere."""
    act = ACTS.get(post.get("act", ""))
    if act is None:
        raise Http404
    act(workshop, post, by)


def moderate(activity: Activity, post: QueryDict, *, by: User) -> None:
    """The same, for the ideas of a wall."""
    item = access.get_item(activity, post.get("item"))
    match post.get("act"):
        case "aside":
            moderating.set_aside(item, by=by)
        case "restore":
            moderating.restore(item, by=by)
        case "answered" | "unanswered" as said:
            moderating.mark_answered(item, is_answered=said == "answered", by=by)
        case "split":
            moderating.split_idea(item, by=by)
        case "merge":
            into = access.get_item(activity, post.get("into"))
            moderating.merge_ideas(item, into, by=by)
        case _other:
            raise Http404


def _activity(workshop: Workshop, post: QueryDict) -> Activity:
    pk = access.read_number(post.get("activity"))
    if pk is None:
        raise Http404
    return access.get_activity(workshop, pk)


def _timer(workshop: Workshop, post: QueryDict, by: User) -> None:
    minutes = access.read_number(post.get("minutes", "0"))
    if minutes is None or minutes > 480:
        raise Http404
    operations.set_timer(workshop, minutes, at=timezone.now(), by=by)


def _draw(workshop: Workshop, post: QueryDict, by: User) -> None:
    wall = workshop.activities.filter(kind="wall")
    before = wall.filter(position__lt=_activity(workshop, post).position).last()
    if before is None:
        raise operations.NotThere(workshop)
    moderating.draw_items(_activity(workshop, post), before, by=by)


ACTS: Mapping[str, Act] = {
    "open": lambda workshop, post, by: operations.open_workshop(workshop, by=by),
    "close": lambda workshop, post, by: operations.close_workshop(workshop, by=by),
    "phase": lambda workshop, post, by: operations.go_to(
        _activity(workshop, post), post.get("phase", ""), by=by
    ),
    "show": lambda workshop, post, by: operations.show_results(
        _activity(workshop, post), by=by
    ),
    "hide": lambda workshop, post, by: operations.hide_results(
        _activity(workshop, post), by=by
    ),
    "reset": lambda workshop, post, by: operations.reset_votes(
        _activity(workshop, post), by=by
    ),
    "undo_reset": lambda workshop, post, by: operations.undo_reset(
        _activity(workshop, post), by=by
    ),
    "remove": lambda workshop, post, by: operations.remove_activity(
        _activity(workshop, post), by=by
    ),
    "timer": _timer,
    "draw": _draw,
}
