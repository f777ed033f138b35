"""The resource map of an activity: made with it, around what is given or carried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from jalons.accounts.models import User
from jalons.ecosystems import operations as ecosystems
from jalons.ecosystems import words
from jalons.ecosystems.figures import Board, Chart, board_of
from jalons.ecosystems.models import ResourceMap
from jalons.ecosystems.operations import Named
from jalons.live.access import read_number
from jalons.workshops.models import Activity
from jalons.workshops.worktable import table_of


@dataclass(frozen=True, slots=True)
class Mapped:
    """The map as a screen shows it: one centre at a time."""

    board: Board
    chart: Chart | None
    drawing: SafeString | str
    said: str
    names: Sequence[str] = ()


def set_map(activity: Activity, centres: Sequence[Named], *, by: User) -> None:
    """The map of an activity that draws one: made once, then changed."""
    if activity.map is not None:
        ecosystems.set_centres(activity.map, centres, by=by)
        return
    meeting = activity.workshop.meeting
    map = ResourceMap(
        space=meeting.space,
        title=activity.title,
        around=ResourceMap.Around.WORKSTREAM,
        channel=activity.workshop.channel,
        is_simulated=meeting.is_simulated,
    )
    activity.map = ecosystems.open_map(map, centres, by=by)
    activity.save(update_fields=["map"])


def carry(activity: Activity, table: Activity, *, by: User) -> int:
    """Put the workstreams of a table in the centre, or its stakes; how many came."""
    assert activity.map is not None
    found = table_of(table, has_grades=False)
    if activity.map.around == ResourceMap.Around.STAKE:
        new = [Named(one.item.text, str(one.number)) for one in found.stakes]
    else:
        new = [Named(one.item.text, one.code) for one in found.workstreams]
    standing = activity.map.centres.standing().in_order()
    kept = [Named(one.text, one.code) for one in standing]
    known = {one.text for one in kept}
    added = [one for one in new if one.text not in known]
    if added:
        ecosystems.set_centres(activity.map, [*kept, *added], by=by)
    return len(added)


def mapped(activity: Activity, asked: str | None = None) -> Mapped | None:
    """The map of an activity that draws one, on the centre asked for or projected."""
    if activity.map is None:
        return None
    board = board_of(activity.map)
    chart = board.find(read_number(asked)) or board.shown
    if chart is None:
        return Mapped(board, None, "", "")
    invited = activity.workshop.meeting.guests.shown()  # type: ignore[attr-defined]
    return Mapped(
        board,
        chart,
        words.draw_chart(chart, activity.map),
        words.coverage_words(chart),
        # The room knows who is invited, but for those that no open table shows.
        list(invited.order_by("key").values_list("name", flat=True)),
    )
