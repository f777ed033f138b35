"""What each screen of a workshop shows: console, projector, telephone.

Each is made from the state as it is now and from the number of the last event it takes
into account, read first: whatever happens meanwhile is told again, never missed.
"""

from __future__ import annotations

import uuid
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from jalons.live import access as live
from jalons.live.operations import last_number
from jalons.workshops import figures, words
from jalons.workshops.definitions import Phase, written_kinds
from jalons.workshops.figures import Results, Room
from jalons.workshops.glimpses import glimpse_of
from jalons.workshops.known import room_of
from jalons.workshops.mapping import Mapped, mapped
from jalons.workshops.marks import as_fields
from jalons.workshops.models import Activity, Item, Participant, Workshop
from jalons.workshops.plenary import Seat, Side, seat_of, sides_of
from jalons.workshops.worktable import Workstream, WorkTable, table_of

PLAYED = ("current", "timer_ends_at", "opened_at", "closed_at")
"""What of a workshop changes under the eyes of those who look at it."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where a page listens, and the number to which it is true."""

    address: str
    after: int


@dataclass(frozen=True, slots=True)
class Board:
    """What the projector shows, or the console, of the activity that is played."""

    listening: Listening
    activity: Activity | None
    phase: Phase | None
    room: Room
    results: Results | None
    drawing: SafeString | str = ""
    cut: str = ""
    table: WorkTable | None = None
    mapped: Mapped | None = None
    sides: Sequence[Side] = ()


@dataclass(frozen=True, slots=True)
class Pocket:
    """What a telephone shows to one person: what to do now, what they did."""

    listening: Listening
    activity: Activity | None
    phase: Phase | None
    key: str
    version: str
    mine: Sequence[Item] = ()
    # Other activities in which they answered, and may take their answers back.
    answers: Sequence[Activity] = ()
    items: Sequence[Item] = ()
    item: Item | None = None
    place: int = 0
    answered: Sequence[int] = ()
    has_answered: bool = False
    # What its fields hold: the answer kept, or what was sent and refused.
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    results: Results | None = None
    said_by_room: SafeString | str = ""
    table: WorkTable | None = None
    workstream: Workstream | None = None
    mapped: Mapped | None = None
    seat: Seat | None = None


def board_of(workshop: Workshop, *, is_team: bool) -> Board:
    """The state for the console, or for the projector: never the same right to see."""
    listening = listening_of(workshop, "team" if is_team else "stage")
    return projected(workshop, workshop.current, listening, is_team=is_team)


def projected(
    workshop: Workshop,
    activity: Activity | None,
    listening: Listening,
    *,
    is_team: bool = False,
    at: datetime | None = None,
) -> Board:
    """What is shown of an activity, now or at an instant of the past."""
    room = figures.room_of(workshop, activity, at=at)
    if activity is None:
        return Board(listening, None, None, room, None)
    activity.workshop = workshop
    results = figures.shown_to(activity, is_team=is_team)
    return Board(
        listening,
        activity,
        activity.step,
        room,
        results,
        drawing=words.draw(results) if results else "",
        cut=words.cut_words(results) if results and results.matrix else "",
        table=_table(activity, is_team=is_team),
        mapped=mapped(activity),
        sides=sides_of(workshop, activity) if activity.definition.at_tables else (),
    )


def following(activity: Activity | None) -> Activity | None:
    """What the run-sheet holds after what is played."""
    if activity is None:
        return None
    after = {"position__gt": activity.position}
    return Activity.objects.filter(workshop=activity.workshop_id, **after).first()


def lacking(workshop: Workshop) -> Sequence[Activity]:
    """Activities in which the room would find nothing to answer; one query.

    Dots and a matrix may still take the ideas of a wall, and a scale asks for none.
    """
    filled = Item.objects.filter(activity__workshop=workshop).standing()
    chosen = Q(kind="poll") & ~Q(form=Activity.Form.SCALE)
    asked = workshop.activities.filter(Q(kind="workstreams") | chosen)
    return list(asked.exclude(pk__in=filled.values("activity")))


def pocket_of(
    person: Participant, wanted: str | None, refused: QueryDict | None = None
) -> Pocket:
    """The state for one person; `wanted` is the item they ask to rate.

    What they sent and was `refused` stands in its fields, to be mended.
    """
    workshop = person.workshop
    room = room_of(workshop.pk)
    _bring_up(workshop, room.own_workshop())
    listening = Listening(_address(workshop, "pocket"), room.number)
    activity = workshop.current
    key = str(uuid.uuid4())
    if activity is None or not workshop.opened_at:
        version = _version(person, listening, None)
        seat = seat_of(person, None, room.sides)
        return Pocket(listening, None, None, key, version, seat=seat)
    said = figures.answers_of(person)
    answers = said.get(activity.pk, {})
    items = room.items
    item = _item(activity, items, answers.keys(), wanted)
    table = _table(activity, is_team=False)
    glimpse = glimpse_of(activity, room.number, room.told)
    marks = answers.get(item.pk if item else None)
    given = {**as_fields(marks or {}), **dict(refused.lists() if refused else ())}
    return Pocket(
        listening,
        activity,
        activity.step,
        key,
        _version(person, listening, item),
        mine=_written(person) if person.pk in room.writers else (),
        answers=_answered(said.keys(), activity),
        items=items,
        item=item,
        place=items.index(item) + 1 if item else 0,
        answered=[pk for pk in answers if pk],
        has_answered=marks is not None,
        given=given,
        results=glimpse.results if glimpse else None,
        said_by_room=glimpse.html if glimpse else "",
        table=table,
        workstream=table.find(item) if table else None,
        mapped=mapped(activity, wanted),
        seat=seat_of(person, activity, room.sides),
    )


def _table(activity: Activity, *, is_team: bool) -> WorkTable | None:
    """What people write together is seen by all; their grades once they are shown."""
    if activity.kind != "workstreams":
        return None
    return table_of(activity, has_grades=is_team or activity.results_shown)


def _item(
    activity: Activity,
    items: Sequence[Item],
    rated: Container[int | None],
    wanted: str | None,
) -> Item | None:
    """The item to rate, or the workstream opened to be written."""
    if not activity.rates_items:
        return None
    if activity.kind == "matrix" or activity.step.takes == "votes":
        return _to_rate(items, rated, wanted)
    return next((one for one in items if wanted == str(one.pk)), None)


def listening_of(workshop: Workshop, audience: str) -> Listening:
    """The number of the last event, then the workshop as it is after it, never before.

    What happens between the two is told again; the other way round it would be lost.
    """
    after = last_number(workshop.channel)
    workshop.refresh_from_db(fields=PLAYED)
    return Listening(_address(workshop, audience), after)


def _address(workshop: Workshop, audience: str) -> str:
    secret = live.secret_for(workshop.channel, audience)
    return reverse("live:stream", args=[secret])


def _bring_up(workshop: Workshop, now: Workshop) -> None:
    """What others hold of a room becomes what it is now."""
    for name in PLAYED:
        setattr(workshop, name, getattr(now, name))
    if workshop.current is not None:
        workshop.current.workshop = workshop


def _version(person: Participant, listening: Listening, item: Item | None) -> str:
    """A telephone shows another page once anything was told to it."""
    return f"{person.pk}-{listening.after}-{item.pk if item else 0}"


def _written(person: Participant) -> list[Item]:
    """What they wrote everywhere, set aside or merged included."""
    kinds = written_kinds()
    mine = person.items.filter(activity__kind__in=kinds, withdrawn_at=None)
    in_order = mine.order_by("activity__position", "number")
    return list(in_order.select_related("activity", "merged_into"))


def _answered(numbers: Iterable[int], played: Activity) -> list[Activity]:
    """Where they answered, but in the vote under way, which has its own button."""
    others = {*numbers}
    if played.step.takes == "votes":
        others.discard(played.pk)
    return list(Activity.objects.filter(pk__in=others)) if others else []


def _to_rate(
    items: Sequence[Item], rated: Container[int | None], wanted: str | None
) -> Item | None:
    """The item asked for, else the first not rated yet, else the first."""
    for one in items:
        if wanted == str(one.pk):
            return one
    left = [one for one in items if one.pk not in rated]
    return next(iter(left or items), None)
