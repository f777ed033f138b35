"""What the buttons of the console do, by their name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, QueryDict
from django.utils import timezone

from jalons.accounts.models import User
from jalons.ecosystems import operations as ecosystems
from jalons.ecosystems.access import get_centre
from jalons.live.access import read_number
from jalons.workshops import access, moderating, operations, seating
from jalons.workshops.mapping import carry
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
    pk = read_number(post.get("activity"))
    if pk is None:
        raise Http404
    return access.get_activity(workshop, pk)


def _timer(workshop: Workshop, post: QueryDict, by: User) -> None:
    minutes = read_number(post.get("minutes", "0"))
    if minutes is None or minutes > 480:
        raise Http404
    operations.set_timer(workshop, minutes, at=timezone.now(), by=by)


def _draw(workshop: Workshop, post: QueryDict, by: User) -> None:
    activity = _activity(workshop, post)
    if activity.kind == "resources":
        table = workshop.activities.filter(kind="workstreams").last()
        if table is None:
            raise operations.NotThere(workshop)
        carry(activity, table, by=by)
        return
    wall = workshop.activities.filter(kind="wall")
    before = wall.filter(position__lt=activity.position).last()
    if before is None:
        raise operations.NotThere(workshop)
    moderating.draw_items(activity, before, by=by)


def _show_centre(workshop: Workshop, post: QueryDict, by: User) -> None:
    map = _activity(workshop, post).map
    if map is None:
        raise Http404
    ecosystems.show_centre(get_centre(map, post.get("phase")), by=by)


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
    "centre": _show_centre,
    "plenary": lambda workshop, post, by: seating.open_plenary(
        _activity(workshop, post), by=by
    ),
    "leave_plenary": lambda workshop, post, by: seating.close_plenary(
        _activity(workshop, post), by=by
    ),
}
