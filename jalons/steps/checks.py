"""What real objects show of each criterion: met or not, and what is missing.

A criterion is never ticked where the product can look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.actors.models import Actor
from jalons.diagnosis.board import Board, board_of
from jalons.diagnosis.models import Note, Visit
from jalons.roadmaps.figures import ActionRead, Plan, WorkstreamRead
from jalons.roadmaps.models import Action, Line
from jalons.rounds.models import Round
from jalons.workshops.figures import results_of
from jalons.workshops.models import Activity, Minutes

Kind = Line.Kind
AT_LEAST = 3
"""Families invited, colleges represented, stakes: three of each (domain, section 6)."""
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a criterion is met, and what it was seen in or what is missing."""

    is_met: bool
    words: str


class Seen:
    """What the space of a roadmap holds, each read once when a criterion asks."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.space = plan.roadmap.space

    @cached_property
    def guests(self) -> list[Actor]:
        """Actors invited to a meeting of the space, each once."""
        invited = self.space.actors.exclude(meetings=None)
        return list(invited.distinct())

    @cached_property
    def boards(self) -> list[Board]:
        return [board_of(one) for one in self.space.diagnoses.all()]

    @cached_property
    def matrices(self) -> list[Activity]:
        found = Activity.objects.filter(
            kind="matrix", workshop__meeting__space=self.space
        )
        return list(found.select_related("workshop__meeting"))


def check(criterion: str, seen: Seen) -> Checked:
    """What the objects say of a criterion; one of those that the file says checked."""
    return CHECKS[criterion](seen)


def _named(text: str, missing: str) -> Checked:
    return Checked(bool(text), text or missing)


def _sponsor(seen: Seen) -> Checked:
    missing = _("Write the elected sponsor in the sheet of the approach.")
    return _named(seen.plan.roadmap.sponsor, missing)


def _lead(seen: Seen) -> Checked:
    missing = _("Write the project lead in the sheet of the approach.")
    return _named(seen.plan.roadmap.lead, missing)


def _dates(seen: Seen) -> Checked:
    roadmap = seen.plan.roadmap
    if roadmap.starts_on and roadmap.adoption_on:
        return Checked(True, "")
    return Checked(False, _("Set both dates in the sheet of the approach."))


def _families(seen: Seen) -> Checked:
    count = len({one.family for one in seen.guests})
    words = ngettext(
        "%(n)s family invited so far.", "%(n)s families invited so far.", count
    )
    return Checked(count >= AT_LEAST, words % {"n": count})


def _colleges(seen: Seen) -> Checked:
    count = len({one.college for one in seen.guests})
    words = ngettext(
        "%(n)s college invited so far.", "%(n)s colleges invited so far.", count
    )
    return Checked(count >= AT_LEAST, words % {"n": count})


def _diagnosis(seen: Seen) -> Checked:
    boards = [one for one in seen.boards if one.lines]
    if not boards:
        return Checked(False, _("No diagnosis with findings in this space yet."))
    waiting = min(one.waiting for one in boards)
    words = ngettext(
        "%(n)s finding to be discussed.", "%(n)s findings to be discussed.", waiting
    )
    return Checked(waiting == 0, words % {"n": waiting} if waiting else "")


def _field(seen: Seen) -> Checked:
    visits = Visit.objects.filter(diagnosis__space=seen.space).count()
    rounds = Round.objects.filter(campaign__space=seen.space).count()
    if not visits and not rounds:
        return Checked(False, _("No visit noted, no field survey yet."))
    told = {"visits": visits, "rounds": rounds}
    return Checked(True, _("Visits: %(visits)s; field surveys: %(rounds)s.") % told)


def _briefed(seen: Seen) -> Checked:
    handed = Note.objects.filter(diagnosis__space=seen.space, question="handed")
    note = handed.order_by("-written_at").first()
    missing = _("Note to whom the sheet was handed, at the last step of the hour.")
    return _named(note.text if note else "", missing)


def _voted(seen: Seen) -> Checked:
    """One matrix is enough: a trial that was left does not hide the true one."""
    if not seen.matrices:
        return Checked(False, _("No prospective matrix in the workshops yet."))
    for one in seen.matrices:
        rated = results_of(one).rated
        if rated and all(line.rated.n for line in rated):
            return Checked(True, one.workshop.meeting.title)
    return Checked(False, _("Some factors of the matrix were rated by nobody."))


def _stakes(seen: Seen) -> Checked:
    count = len(seen.plan.stakes)
    words = ngettext("%(n)s stake written.", "%(n)s stakes written.", count)
    return Checked(count >= AT_LEAST, words % {"n": count})


def _minutes(seen: Seen) -> Checked:
    written = Minutes.objects.filter(workshop__activities__in=seen.matrices)
    is_met = written.exists()
    words = _("The workshop of the matrix has no minutes yet.")
    return Checked(is_met, "" if is_met else words)


def _answered(seen: Seen) -> Checked:
    bare = [one for one in seen.plan.stakes if not one.workstreams]
    return _all(seen.plan.stakes, (str(one.number) for one in bare))


def _complete(seen: Seen) -> Checked:
    bare = [one for one in seen.plan.workstreams if _lacks(one)]
    return _all(seen.plan.workstreams, (f"{one.code} ({_lacks(one)})" for one in bare))


def _lacks(one: WorkstreamRead) -> str:
    """What a workstream still lacks, in words."""
    holds = one.lines
    asked = (
        (one.row.success, _("success")),
        (one.leads, _("lead")),
        (one.actions, _("action")),
        (holds.get(Kind.AVAILABLE) or holds.get(Kind.TO_SECURE), _("resources")),
        (holds.get(Kind.OBSTACLE), _("obstacles")),
    )
    return ", ".join(words for held, words in asked if not held)


def _course(seen: Seen) -> Checked:
    missing = _("Write the course in the sheet of the approach.")
    is_met = bool(seen.plan.roadmap.course)
    return Checked(is_met, "" if is_met else missing)


def _actions(seen: Seen) -> Checked:
    at_work = [
        one for one in seen.plan.actions if one.row.status != Action.Status.DROPPED
    ]
    return _all(at_work, (one.code for one in at_work if not _is_ready(one)))


def _is_ready(one: ActionRead) -> bool:
    row = one.row
    return bool(row.lead and row.starts_on and row.ends_on and one.budget)


def _all(rows: Iterable[object], lacking: Iterable[str]) -> Checked:
    """Met when there are some and none lacks anything; those that do are named."""
    codes = list(lacking)
    if codes:
        named = ", ".join(codes[:MOST_NAMED])
        more = "…" if len(codes) > MOST_NAMED else ""
        return Checked(False, _("Left: %(codes)s") % {"codes": named + more})
    return Checked(bool(list(rows)), "" if rows else _("Nothing is written yet."))


CHECKS: Mapping[str, Callable[[Seen], Checked]] = {
    "sponsor": _sponsor,
    "lead": _lead,
    "families": _families,
    "colleges": _colleges,
    "dates": _dates,
    "diagnosis": _diagnosis,
    "field": _field,
    "briefed": _briefed,
    "voted": _voted,
    "stakes": _stakes,
    "minutes": _minutes,
    "answered": _answered,
    "complete": _complete,
    "course": _course,
    "actions": _actions,
}
