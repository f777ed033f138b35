"""What stands in the way of a roadmap: what waits, what is to be lifted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.roadmaps.figures import ActionRead, WorkstreamRead
from jalons.roadmaps.models import Action, Line, Outcome, StatusChange
from jalons.steering.timeline import Bar, Timeline

Status, Kind = Action.Status, Line.Kind
SETTLED = (Status.DONE, Status.DROPPED)


@dataclass(frozen=True, slots=True)
class Hurdle:
    """What is in the way of an action, or of a whole workstream (no action)."""

    code: str
    words: str
    action: ActionRead | None
    by: Sequence[str]


def hurdles_of(timeline: Timeline, last: Mapping[int, StatusChange]) -> list[Hurdle]:
    """Actions that are blocked, then the workstreams with something to lift."""
    found = []
    for bar in timeline.bars:
        by = list(_in_the_way(bar, last.get(bar.action.row.pk)))
        if by:
            row = bar.action
            found.append(Hurdle(row.code, row.row.description, row, by))
    for stream in timeline.plan.workstreams:
        if by := _to_lift(stream):
            found.append(Hurdle(stream.code, stream.row.title, None, by))
    return found


def _in_the_way(bar: Bar, last: StatusChange | None) -> Iterator[str]:
    row = bar.action.row
    if row.status in SETTLED:
        return
    if row.status == Status.SUSPENDED:
        reason = last.reason if last else ""
        words = _("suspended: %(reason)s") if reason else _("suspended, no reason said")
        yield words % {"reason": reason} if reason else words
    for one in row.studied:
        if one.outcome == Outcome.BLOCKED:
            words = _("stands in the way: %(aspect)s")
            told = words % {"aspect": _inside(str(one.aspect.label))}
            yield f"{told} ({one.note})" if one.note else told
    for awaited in bar.awaited:
        if awaited.row.status in (Status.SUSPENDED, Status.DROPPED):
            how = str(awaited.row.get_status_display())
        elif awaited.late:
            how = _("late")
        else:
            continue
        words = _("waits for %(code)s (%(how)s)")
        yield words % {"code": awaited.code, "how": how}


def _to_lift(stream: WorkstreamRead) -> list[str]:
    """Its obstacles and the resources to be found, while something is left to do."""
    if all(one.row.status in SETTLED for one in stream.actions) and stream.actions:
        return []
    told = (
        (Kind.OBSTACLE, _("obstacle: %(text)s")),
        (Kind.TO_SECURE, _("to be found: %(text)s")),
    )
    return [
        words % {"text": one.text}
        for kind, words in told
        for one in stream.lines.get(kind, ())
    ]


def _inside(words: str) -> str:
    """Its name within a sentence."""
    return f"{words[:1].lower()}{words[1:]}"
