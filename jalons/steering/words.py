"""A timeline in a drawing and in sentences, for pages and documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.documents.words import date_format
from jalons.drawing.skins import PAGE, Skin
from jalons.drawing.svg import Plate
from jalons.drawing.timelines import Axis, Group, Legend, Row, State, draw_timeline
from jalons.roadmaps.figures import Plan
from jalons.roadmaps.models import Action
from jalons.steering.timeline import Bar, Lane, Timeline

Status = Action.Status
STATES: dict[str, State] = {
    Status.PLANNED: "planned",
    Status.UNDER_WAY: "under_way",
    Status.DONE: "done",
    Status.SUSPENDED: "stopped",
    Status.DROPPED: "stopped",
}
MOST_TICKS = 8
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
"""Months between two ticks."""


def draw(
    timeline: Timeline, lanes: Sequence[Lane] | None = None, skin: Skin = PAGE
) -> SafeString:
    """Some workstreams of it, or all; the same axis whatever is drawn."""
    shown = timeline.lanes if lanes is None else lanes
    groups = [
        Group(f"{one.stream.code} {one.stream.row.title}", [_row(b) for b in one.bars])
        for one in shown
    ]
    codes = "-".join(one.stream.code.replace(".", "") for one in shown)
    plate = Plate(
        svg_id=f"timeline-{timeline.plan.roadmap.pk}-{codes}"[:60],
        title=_("The actions over time"),
        description=_("The table says the same, action by action."),
        watermark=_("SIMULATED") if timeline.plan.roadmap.is_simulated else None,
    )
    return draw_timeline(groups, axis_of(timeline), _legend(), plate, skin)


def axis_of(timeline: Timeline) -> Axis:
    """Whole months, from the first day said to the last one, today included."""
    days = [*timeline.days, timeline.today]
    first, last = min(days).replace(day=1), _months_after(max(days), 1)
    whole = _month(last) - _month(first)
    step = next((one for one in STEPS if whole <= MOST_TICKS * one), STEPS[-1])
    form = "N Y" if step < 12 else "Y"
    # The word of a tick needs room on its right.
    room = whole / MOST_TICKS * 0.6
    months = [
        one
        for one in range(_month(first), _month(last))
        if one % step == 0 and _month(last) - one > room
    ]
    return Axis(
        first=first,
        last=last,
        today=timeline.today,
        today_words=_("today"),
        ticks=[(_day(one), date_format(_day(one), form)) for one in months],
    )


def said(bar: Bar) -> str:
    """How an action stands and its days, late ones in so many words."""
    action = bar.action
    how = action.late.label if action.late else action.row.get_status_display()
    return f"{how} · {days_of(action.row)}"


def days_of(action: Action) -> str:
    begins, ends = action.starts_on, action.ends_on
    if begins and ends:
        return f"{date_format(begins)} → {date_format(ends)}"
    if begins:
        return _("from %(day)s") % {"day": date_format(begins)}
    if ends:
        return _("until %(day)s") % {"day": date_format(ends)}
    return _("no date")


def summary(timeline: Timeline) -> str:
    """What is late and what has no date, in one line."""
    late, undated = len(timeline.late), len(timeline.undated)
    lines = [
        ngettext("%(n)s action is late.", "%(n)s actions are late.", late)
        if late
        else _("No action is late.")
    ]
    if undated:
        lines.append(
            ngettext(
                "%(undated)s has no date yet.", "%(undated)s have no date yet.", undated
            )
        )
    return " ".join(lines) % {"n": late, "undated": undated}


def contradictions(bar: Bar) -> Iterator[str]:
    """Where the days of an action and what it waits for do not agree."""
    for one in bar.too_early:
        assert bar.action.row.starts_on
        assert one.row.ends_on
        yield _("%(code)s begins on %(begins)s, before %(other)s ends (%(ends)s).") % {
            "code": bar.action.code,
            "begins": date_format(bar.action.row.starts_on),
            "other": one.code,
            "ends": date_format(one.row.ends_on),
        }
    for one in bar.stopped:
        yield _("%(code)s waits for %(other)s, which is %(status)s.") % {
            "code": bar.action.code,
            "other": one.code,
            "status": one.row.get_status_display(),
        }


def cycle(plan: Plan, chain: Sequence[int]) -> str:
    """Why a wait is refused: the actions that would wait for each other, named."""
    codes = {one.row.pk: one.code for one in plan.actions}
    named = [codes[pk] for pk in chain]
    steps = [
        _("%(one)s would wait for %(other)s")
        if not rank
        else _("%(one)s waits for %(other)s")
        for rank in range(len(named) - 1)
    ]
    told = ", ".join(
        words % {"one": named[rank], "other": named[rank + 1]}
        for rank, words in enumerate(steps)
    )
    return _("Refused, none of them could begin: %(told)s.") % {"told": told}


def _row(bar: Bar) -> Row:
    row = bar.action.row
    return Row(
        key=row.pk,
        words=f"{bar.action.code} {row.description}",
        said=said(bar),
        state=STATES[row.status],
        is_late=bar.action.late is not None,
        start=row.starts_on,
        end=row.ends_on,
        waits_for=[one.row.pk for one in bar.awaited],
    )


def _legend() -> Legend:
    return Legend(
        states=[
            ("planned", str(Status.PLANNED.label)),
            ("under_way", str(Status.UNDER_WAY.label)),
            ("done", str(Status.DONE.label)),
            ("stopped", _("suspended or given up")),
        ],
        late=_("late"),
        point=_("only one day is said"),
        wait=_("to what waits for it"),
    )


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _months_after(day: date, months: int) -> date:
    return _day(_month(day) + months)
