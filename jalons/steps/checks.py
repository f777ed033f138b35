"""What real objects show of each criterion: met or not, and what is missing.

A criterion is never ticked where the product can look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.adoption.models import Adoption
from jalons.conditions.definitions import read_conditions
from jalons.documents.words import date_format
from jalons.ecosystems.figures import Chart
from jalons.evaluation.computing import YEAR
from jalons.evaluation.figures import EvaluationRead, read_evaluation
from jalons.evaluation.models import Review
from jalons.roadmaps.figures import ActionRead, Plan, WorkstreamRead
from jalons.roadmaps.models import Line
from jalons.roadmaps.reliance import maps_for
from jalons.steps.ground import Ground
from jalons.workshops.models import Activity

Kind = Line.Kind
AT_LEAST = 3
"""Families invited, colleges represented, stakes: three of each (domain, section 6)."""
MOST_NAMED = 4
DRAFT = 1
"""The version of minutes that wrote themselves."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a criterion is met, and what it was seen in or what is missing."""

    is_met: bool
    words: str


@dataclass(frozen=True)
class Seen:
    """A roadmap, and what its space holds."""

    plan: Plan
    ground: Ground

    @cached_property
    def evaluation(self) -> EvaluationRead | None:
        """How the team means to know what it changes; none before it is begun."""
        return read_evaluation(self.plan.roadmap)

    @cached_property
    def yearly(self) -> Review | None:
        """The last review held on the way or after, within a year."""
        read = self.evaluation
        for one in read.reviews if read else ():
            is_on_the_way = one.moment != Review.Moment.BEFORE
            if is_on_the_way and read and one.held_on > read.today - YEAR:
                return one
        return None

    @cached_property
    def charts(self) -> list[Chart]:
        """What its maps show; those of the whole space until some are chosen."""
        own = set(maps_for(self.plan.roadmap).values_list("pk", flat=True))
        return [one for one in self.ground.charts if one.centre.map_id in own]


def check(criterion: str, seen: Seen) -> Checked:
    """What the objects say of a criterion; one of those that the file says checked."""
    return CHECKS[criterion](seen)


def _named(text: str, missing: str) -> Checked:
    return Checked(bool(text), text or missing)


def _sponsor(seen: Seen) -> Checked:
    missing = _("Enter the elected sponsor on the project sheet.")
    return _named(seen.plan.roadmap.sponsor, missing)


def _lead(seen: Seen) -> Checked:
    missing = _("Enter the project lead on the project sheet.")
    return _named(seen.plan.roadmap.lead, missing)


def _dates(seen: Seen) -> Checked:
    roadmap = seen.plan.roadmap
    if roadmap.starts_on and roadmap.adoption_on:
        return Checked(True, "")
    return Checked(False, _("Set both dates on the project sheet."))


def _families(seen: Seen) -> Checked:
    count = len({one.family for one in seen.ground.guests})
    words = ngettext(
        "%(n)s family invited so far.", "%(n)s families invited so far.", count
    )
    return Checked(count >= AT_LEAST, words % {"n": count})


def _colleges(seen: Seen) -> Checked:
    count = len({one.college for one in seen.ground.guests})
    words = ngettext(
        "%(n)s college invited so far.", "%(n)s colleges invited so far.", count
    )
    return Checked(count >= AT_LEAST, words % {"n": count})


def _diagnosis(seen: Seen) -> Checked:
    boards = [one for one in seen.ground.boards if one.lines]
    if not boards:
        return Checked(False, _("No diagnosis with findings in this space yet."))
    waiting = min(one.waiting for one in boards)
    words = ngettext(
        "%(n)s finding to be discussed.", "%(n)s findings to be discussed.", waiting
    )
    return Checked(waiting == 0, words % {"n": waiting} if waiting else "")


def _field(seen: Seen) -> Checked:
    visits, rounds = seen.ground.visits, seen.ground.rounds
    if not visits and not rounds:
        words = _("No visit noted, no field survey with an interview yet.")
        return Checked(False, words)
    told = {"visits": visits, "rounds": rounds}
    return Checked(True, _("Visits: %(visits)s; field surveys: %(rounds)s.") % told)


def _briefed(seen: Seen) -> Checked:
    note = seen.ground.handed
    missing = _("Note to whom the sheet was handed, at the last step of the hour.")
    return _named(note.text if note else "", missing)


def _voted(seen: Seen) -> Checked:
    """One matrix is enough: a trial that was left does not hide the true one."""
    if not seen.ground.matrices:
        return Checked(False, _("No prospective matrix in the workshops yet."))
    for one, rated in seen.ground.matrices:
        if rated and all(line.rated.n for line in rated):
            return Checked(True, one.workshop.meeting.title)
    return Checked(False, _("Some factors of the matrix were rated by nobody."))


def matrix_to_vote(seen: Seen) -> Activity | None:
    """The latest matrix, whose workshop is opened to vote; None when there is none."""
    last = max((one for one, _rated in seen.ground.matrices), key=_pk, default=None)
    return last


def _pk(one: Activity) -> int:
    pk: int = one.pk
    return pk


def _stakes(seen: Seen) -> Checked:
    count = len(seen.plan.stakes)
    words = ngettext("%(n)s stake written.", "%(n)s stakes written.", count)
    return Checked(count >= AT_LEAST, words % {"n": count})


def _minutes(seen: Seen) -> Checked:
    """A draft that writes itself is not yet what somebody wrote."""
    if any(one.version > DRAFT for one in seen.ground.minutes):
        return Checked(True, "")
    if seen.ground.minutes:
        words = _("A draft of the minutes is there: read it, complete it, keep it.")
        return Checked(False, words)
    return Checked(False, _("The workshop of the matrix has no minutes yet."))


def _minutes_sent(seen: Seen) -> Checked:
    sent = [one.sent_at for one in seen.ground.minutes if one.sent_at]
    if not sent:
        words = _("The minutes were not sent yet to those who agreed to receive them.")
        return Checked(False, words)
    day = date_format(timezone.localdate(min(sent)))
    return Checked(True, _("Sent on %(day)s.") % {"day": day})


def _answered(seen: Seen) -> Checked:
    bare = [one for one in seen.plan.stakes if not one.workstreams]
    return _all(seen.plan.stakes, (str(one.number) for one in bare))


def _complete(seen: Seen) -> Checked:
    bare = [one for one in seen.plan.workstreams if lacks(one)]
    return _all(seen.plan.workstreams, (f"{one.code} ({lacks(one)})" for one in bare))


def lacks(one: WorkstreamRead) -> str:
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


def _resource_map(seen: Seen) -> Checked:
    linked = [one for one in seen.charts if one.linked]
    if not linked:
        return Checked(False, _("No resource is linked on a map of the space yet."))
    return Checked(True, str(linked[0].centre))


def _dashed(seen: Seen) -> Checked:
    """Nobody can take care of resources that no map shows."""
    if not any(one.linked for one in seen.charts):
        return Checked(False, _("No resource is linked on a map of the space yet."))
    alone = [tie for one in seen.charts for tie in one.without_owner]
    names = dict.fromkeys(tie.resource.name for tie in alone)
    return _all(seen.charts, names)


def _inspired(seen: Seen) -> Checked:
    streams = seen.plan.workstreams
    bare = (one.code for one in streams if not one.row.inspirations.all())
    return _all(streams, bare)


def _course(seen: Seen) -> Checked:
    missing = _("Write the shared direction on the project sheet.")
    is_met = bool(seen.plan.roadmap.course)
    return Checked(is_met, "" if is_met else missing)


def _conditions(seen: Seen) -> Checked:
    said = set(seen.plan.roadmap.appraisals.values_list("condition", flat=True))
    every = read_conditions()
    numbers = [str(n) for n, one in enumerate(every, start=1) if one.id not in said]
    return _all(every, numbers)


def _actions(seen: Seen) -> Checked:
    at_work = seen.plan.at_work
    return _all(at_work, (one.code for one in at_work if not is_ready(one)))


def is_ready(one: ActionRead) -> bool:
    """Whether an action says who leads it, from when to when, with whose money."""
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


def _adopted(seen: Seen) -> Checked:
    """The last adoption noted, with its reference."""
    adoptions = Adoption.objects.filter(version__roadmap=seen.plan.roadmap)
    last = adoptions.order_by("-adopted_on", "-pk").first()
    if last is None:
        words = _("No version of the document is recorded as adopted yet.")
        return Checked(False, words)
    told = {"day": date_format(last.adopted_on), "reference": last.deliberation}
    return Checked(True, _("On %(day)s, deliberation %(reference)s.") % told)


def _baseline(seen: Seen) -> Checked:
    read = seen.evaluation
    if read is None:
        return Checked(False, _("The evaluation is not begun yet."))
    return _all(read.in_use, (one.row.name for one in read.without_baseline))


def _outcome(seen: Seen) -> Checked:
    read = seen.evaluation
    if read is None:
        return Checked(False, _("The evaluation is not begun yet."))
    return _all(read.stakes, (str(number) for number, _one in read.bare_stakes))


def _reviewed(seen: Seen) -> Checked:
    review = seen.yearly
    if review is None:
        words = _("No review was held on the way within a year.")
        return Checked(False, words)
    return Checked(True, date_format(review.held_on))


def _decided(seen: Seen) -> Checked:
    review = seen.yearly
    missing = _("The last yearly review says nothing of what is decided next.")
    return _named(review.decision if review else "", missing)


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
    "minutes_sent": _minutes_sent,
    "answered": _answered,
    "complete": _complete,
    "resource_map": _resource_map,
    "dashed": _dashed,
    "inspired": _inspired,
    "course": _course,
    "conditions": _conditions,
    "actions": _actions,
    "adopted": _adopted,
    "baseline": _baseline,
    "outcome": _outcome,
    "reviewed": _reviewed,
    "decided": _decided,
}
