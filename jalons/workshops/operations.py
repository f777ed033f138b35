"""A workshop prepared, opened, moved along and back; nothing of it is ever lost."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.ecosystems.operations import Named
from jalons.live import operations as live
from jalons.meetings.models import Meeting
from jalons.workshops.definitions import Planned, RunSheet, one_line, read_kinds
from jalons.workshops.mapping import set_map
from jalons.workshops.models import Activity, Item, Moment, PaperCount, Remark, Workshop

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Neither I nor O, which are read as figures."""
CODE_LENGTH = 6
EVERYBODY = ("pocket", "stage", "team")
WATCHERS = ("stage", "team")
"""Votes move the projector and the console, not five hundred telephones."""


class NotThere(Exception):
    """This phase, activity or round is not one of the workshop."""


class HasContributions(Exception):
    """An activity to which people contributed is not removed, nor asked otherwise."""


class IsInMinutes(Exception):
    """An activity of which the minutes say something is not removed with it."""


@transaction.atomic
def prepare_workshop(meeting: Meeting, sheet: RunSheet, *, by: User) -> Workshop:
    """The workshop of a meeting, with the activities of a run-sheet."""
    known = Workshop.objects.filter(meeting=meeting).first()
    if known is not None:
        return known
    workshop = Workshop.objects.create(meeting=meeting, code=_free_code())
    for planned in sheet.activity:
        plan_activity(workshop, planned, by=by)
    audit.record("workshop.prepared", workshop, by=by, space_id=meeting.space_id)
    return workshop


@transaction.atomic
def open_workshop(workshop: Workshop, *, by: User) -> None:
    """People may join; opened again, it goes on where it was."""
    workshop.opened_at = workshop.opened_at or timezone.now()
    workshop.closed_at = None
    if workshop.current is None:
        workshop.current = workshop.activities.first()
    workshop.save()
    remember(workshop)
    _note("workshop.opened", workshop, by)
    live.tell(workshop.channel, "opened", to=EVERYBODY)


@transaction.atomic
def close_workshop(workshop: Workshop, *, by: User) -> None:
    """Nobody joins nor contributes any more; everything can still be read."""
    workshop.closed_at = timezone.now()
    workshop.timer_ends_at = None
    workshop.save()
    remember(workshop)
    _note("workshop.closed", workshop, by)
    live.tell(workshop.channel, "closed", to=EVERYBODY)


@transaction.atomic
def save_activity(activity: Activity, options: list[str], *, by: User) -> Activity:
    """Write a new activity, or what changed in it; options are kept by their text.

    Raises HasContributions when its votes were given in another form.
    """
    workshop = Workshop.objects.select_for_update(no_key=True).get(
        pk=activity.workshop_id
    )
    is_new = activity.pk is None
    if not is_new and activity.ballots.exclude(activity__form=activity.form).exists():
        raise HasContributions(activity)
    if is_new:
        activity.position = _next_place(workshop)
        activity.phase = read_kinds()[activity.kind].phase[0].id
    activity.save()
    _set_options(activity, options, by=by)
    if is_new:
        _note("activity.added", workshop, by)
    else:
        _note("activity.changed", workshop, by)
    live.tell(workshop.channel, "changed", to=EVERYBODY)
    return activity


@transaction.atomic
def remove_activity(activity: Activity, *, by: User) -> None:
    """Take an activity off the run-sheet. Raises HasContributions, IsInMinutes."""
    written = activity.items.exclude(author=None, writings=None)
    is_drawn = activity.map is not None and activity.map.resources.exists()
    is_retained = activity.syntheses.exists()
    if _rounds(activity) or written.exists() or is_drawn or is_retained:
        raise HasContributions(activity)
    if Remark.objects.filter(activity=activity).exclude(text="").exists():
        raise IsInMinutes(activity)
    workshop = activity.workshop
    if activity.map is not None:
        activity.map.delete()
    activity.delete()
    _note("activity.removed", workshop, by)
    live.tell(workshop.channel, "changed", to=EVERYBODY)


@transaction.atomic
def go_to(activity: Activity, phase: str, *, by: User) -> None:
    """Play this phase of this activity now, before or after the one that is played.

    The clock starts again. Raises NotThere.
    """
    titles = {one.id: one for one in activity.definition.phase}
    if phase not in titles:
        raise NotThere(phase)
    workshop = activity.workshop
    activity.phase = phase
    activity.save(update_fields=["phase"])
    workshop.current = activity
    workshop.timer_ends_at = None
    workshop.save(update_fields=["current", "timer_ends_at"])
    remember(workshop)
    named = {"phase": phase, "named": titles[phase]}
    _note("activity.phase", workshop, by, activity=activity.pk, **named)
    live.tell(workshop.channel, "phase", to=EVERYBODY)


@transaction.atomic
def set_timer(workshop: Workshop, minutes: int, *, at: datetime, by: User) -> None:
    """So many minutes from now on every screen; none stops the clock."""
    ends = at + timedelta(minutes=minutes) if minutes else None
    workshop.timer_ends_at = ends
    workshop.save(update_fields=["timer_ends_at"])
    _note("workshop.timer", workshop, by, minutes=minutes)
    live.tell(workshop.channel, "timer", to=EVERYBODY)


@transaction.atomic
def show_results(activity: Activity, *, by: User) -> None:
    activity.results_shown = True
    activity.save(update_fields=["results_shown"])
    remember(activity.workshop)
    _note("activity.results_shown", activity.workshop, by, activity=activity.pk)
    live.tell(activity.workshop.channel, "results", to=EVERYBODY)


@transaction.atomic
def hide_results(activity: Activity, *, by: User) -> None:
    activity.results_shown = False
    activity.save(update_fields=["results_shown"])
    remember(activity.workshop)
    _note("activity.results_hidden", activity.workshop, by, activity=activity.pk)
    live.tell(activity.workshop.channel, "results", to=EVERYBODY)


@transaction.atomic
def reset_votes(activity: Activity, *, by: User) -> None:
    """Everybody votes again; the former votes are kept, and can be brought back."""
    activity.round = max(_rounds(activity), default=0) + 1
    activity.results_shown = False
    activity.save(update_fields=["round", "results_shown"])
    remember(activity.workshop)
    _note("activity.reset", activity.workshop, by, activity=activity.pk)
    live.tell(activity.workshop.channel, "phase", to=EVERYBODY)


@transaction.atomic
def undo_reset(activity: Activity, *, by: User) -> None:
    """The votes of the round before count again. Raises NotThere."""
    former = [one for one in _rounds(activity) if one < activity.round]
    if not former:
        raise NotThere(activity.round)
    activity.round = max(former)
    activity.save(update_fields=["round"])
    remember(activity.workshop)
    _note("activity.reset_undone", activity.workshop, by, activity=activity.pk)
    live.tell(activity.workshop.channel, "phase", to=EVERYBODY)


def remember(workshop: Workshop) -> None:
    """What the projector shows from now on, to be played again later."""
    shown = Activity.objects.filter(pk=workshop.current_id or 0).first() or Activity()
    Moment.objects.create(
        workshop=workshop,
        activity_id=shown.pk,
        phase=shown.phase,
        round=shown.round,
        results_shown=shown.results_shown,
        in_plenary=shown.in_plenary,
        is_closed=workshop.closed_at is not None,
    )


def _note(verb: str, workshop: Workshop, by: User, **details: object) -> None:
    space_id = workshop.meeting.space_id
    audit.record(verb, workshop, by=by, details=details, space_id=space_id)


def _rounds(activity: Activity) -> set[int]:
    """The rounds in which somebody voted, on a telephone or on paper."""
    on_paper = PaperCount.objects.filter(item__activity=activity)
    return {
        *activity.ballots.values_list("round", flat=True).distinct(),
        *on_paper.values_list("round", flat=True).distinct(),
    }


def plan_activity(workshop: Workshop, planned: Planned, *, by: User) -> Activity:
    """An activity at the end of a run-sheet, as it is proposed."""
    activity = Activity.objects.create(
        workshop=workshop,
        position=_next_place(workshop),
        kind=planned.kind,
        form=planned.form,
        minutes=planned.minutes,
        title=planned.text("title"),
        question=planned.text("question"),
        instructions=planned.text("instructions"),
        has_factors=planned.has_factors,
        phase=read_kinds()[planned.kind].phase[0].id,
        asks_again=_scale_of(workshop) if planned.asks_again else None,
    )
    _set_options(activity, planned.options, by=by)
    return activity


def _next_place(workshop: Workshop) -> int:
    """After every activity that is left, also once one of them was taken off."""
    last = workshop.activities.last()
    return last.position + 1 if last else 1


def _scale_of(workshop: Workshop) -> Activity | None:
    scales = workshop.activities.filter(kind="poll", form=Activity.Form.SCALE)
    return scales.first()


def _set_options(activity: Activity, options: list[str], *, by: User) -> None:
    """Options of a vote: one no longer given is set aside, its votes are kept."""
    if activity.is_written:
        return
    if activity.kind == "resources":
        set_map(activity, [Named(text) for text in options], by=by)
        return
    wanted = {one_line(text): text for text in options}
    # Of two in the same words, the one that stands comes last: it is the one meant.
    there = sorted(activity.items.filter(stake=None), key=lambda one: one.stands)
    known = {one_line(one.text): one for one in there}
    number = activity.items.aggregate(last=Max("number"))["last"] or 0
    for words, text in wanted.items():
        if words in known:
            activity.items.filter(pk=known[words].pk).update(set_aside_at=None)
        else:
            number += 1
            Item.objects.create(activity=activity, number=number, text=text)
    # A stake to which workstreams answer is worded again, never taken away.
    listed = activity.items.filter(set_aside_at=None, stake=None, workstreams=None)
    gone = [one.pk for one in listed if one_line(one.text) not in wanted]
    activity.items.filter(pk__in=gone).update(set_aside_at=timezone.now())


def _free_code() -> str:
    """Six letters that no other workshop has."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))
        if not Workshop.objects.filter(code=code).exists():
            return code
