"""The plan and the log as a table."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.communication.figures import Diary


def header() -> list[str]:
    return [
        _("state"),
        _("day"),
        _("what is made known"),
        _("to whom"),
        _("channel and material"),
        _("number of copies"),
        _("what came of it"),
    ]


def lines_of(diary: Diary) -> Iterator[list[object]]:
    """What is to come, then what was done."""
    for planned in diary.plan:
        row = planned.row
        state = _("late") if planned.is_late else _("planned")
        how = f"{row.get_channel_display()} · {row.get_material_display()}"
        yield [state, row.planned_on, row.subject, row.audience, how, row.copies, ""]
    for one in diary.log:
        state = _("seen by Jalons") if one.is_seen else _("done")
        yield [state, one.day, one.what, one.to_whom, one.how, one.copies, one.outcome]
