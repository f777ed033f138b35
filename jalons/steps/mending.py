"""What a criterion still lacks, each in one click: the very page where it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from jalons.conditions.definitions import read_conditions
from jalons.diagnosis.models import Diagnosis
from jalons.roadmaps.sources import sources_of
from jalons.spaces.access import Right, may
from jalons.spaces.models import Role
from jalons.steps.checks import Seen, is_ready, lacks, matrix_to_vote
from jalons.steps.definitions import read_method
from jalons.steps.tools import Tool
from jalons.workshops.models import Workshop

MOST_LINKS = 12
"""Beyond, the page of the roadmap is a better list."""
MOST_LETTERS = 60


def ways_of(criterion: str, seen: Seen, role: Role | None) -> list[Tool]:
    """Where a criterion is mended, among the pages that this role opens."""
    found = WAYS[criterion](seen) if criterion in WAYS else iter(())
    open_ones = islice((one for one in found if may(role, one.right)), MOST_LINKS)
    here = reverse("steps:step", args=[seen.plan.roadmap.pk, _step_of(criterion)])
    return [_and_back(one, here) for one in open_ones]


def _step_of(criterion: str) -> str:
    steps = read_method().step
    return next(
        one.id for one in steps if criterion in [row.id for row in one.criterion]
    )


def _and_back(tool: Tool, here: str) -> Tool:
    """A line saved there is not what one came for: the step is, once more."""
    if not tool.comes_back:
        return tool
    return replace(tool, url=f"{tool.url}?{urlencode({'next': here})}")


def _sheet(seen: Seen) -> Iterator[Tool]:
    page = reverse("roadmaps:edit", args=[seen.plan.roadmap.pk])
    yield Tool(_("Complete the project sheet"), page, Right.EDIT)


def _guests(seen: Seen) -> Iterator[Tool]:
    """The guests of the latest meeting; a first one where there is none."""
    space = seen.plan.roadmap.space
    last = space.meetings.order_by("-starts_at").first()
    if last is None:
        page = reverse("meetings:add", args=[space.pk])
        yield Tool(_("Announce a first meeting"), page, Right.EDIT)
        return
    page = reverse("meetings:guests", args=[space.pk, last.pk])
    words = _("Invite to “%(title)s”") % {"title": _cut(last.title)}
    yield Tool(words, page, Right.EDIT)


def _findings(seen: Seen) -> Iterator[Tool]:
    found = _diagnosis(seen)
    if found is None:
        yield from _first_diagnosis(seen)
        return
    page = reverse("diagnosis:findings", args=[found.pk])
    yield Tool(_("Discuss the findings"), page, Right.READ)


def _field(seen: Seen) -> Iterator[Tool]:
    found, space = _diagnosis(seen), seen.plan.roadmap.space_id
    if found is not None:
        page = reverse("diagnosis:visits", args=[found.pk])
        yield Tool(_("Note a visit"), page, Right.CONTRIBUTE)
    page = reverse("rounds:list", args=[space])
    yield Tool(_("Open a field survey"), page, Right.EDIT)


def _handed(seen: Seen) -> Iterator[Tool]:
    found = _diagnosis(seen)
    if found is None:
        yield from _first_diagnosis(seen)
        return
    page = reverse("diagnosis:step", args=[found.pk, "remettre"])
    yield Tool(_("Note to whom the sheet was handed"), page, Right.CONTRIBUTE)


def _first_diagnosis(seen: Seen) -> Iterator[Tool]:
    page = reverse("diagnosis:list", args=[seen.plan.roadmap.space_id])
    yield Tool(_("Start the diagnosis"), page, Right.EDIT)


def _diagnosis(seen: Seen) -> Diagnosis | None:
    found: Diagnosis | None = seen.plan.roadmap.space.diagnoses.order_by("-pk").first()
    return found


def _votes(seen: Seen) -> Iterator[Tool]:
    one = matrix_to_vote(seen)
    if one is None:
        page = reverse("meetings:list", args=[seen.plan.roadmap.space_id])
        yield Tool(_("Prepare a workshop in one of the meetings"), page)
        return
    workshop = one.workshop
    words = _("Open the workshop “%(title)s”") % {"title": _cut(workshop.meeting.title)}
    yield Tool(words, _of(workshop, "console"))


def _stakes(seen: Seen) -> Iterator[Tool]:
    roadmap = seen.plan.roadmap
    if sources_of(roadmap, is_team=False).left:
        page = reverse("roadmaps:adopt", args=[roadmap.pk])
        yield Tool(_("Reuse workshop results"), page, Right.CONTRIBUTE)
    page = reverse("roadmaps:add_stake", args=[roadmap.pk])
    yield Tool(_("Add a stake"), page, Right.CONTRIBUTE)


def _minutes(seen: Seen) -> Iterator[Tool]:
    for one in _matrix_workshops(seen):
        words = _("Write the minutes of “%(title)s”")
        told = words % {"title": _cut(one.meeting.title)}
        yield Tool(told, _of(one, "minutes"), Right.EDIT)


def _sending(seen: Seen) -> Iterator[Tool]:
    written = {one.workshop_id for one in seen.ground.minutes}
    if not written:
        yield from _minutes(seen)
    for one in _matrix_workshops(seen):
        if one.pk not in written:
            continue
        words = _("Send the minutes of “%(title)s”")
        told = words % {"title": _cut(one.meeting.title)}
        yield Tool(told, _of(one, "minutes_readers"), Right.EDIT)


def _matrix_workshops(seen: Seen) -> list[Workshop]:
    every = [activity.workshop for activity, _rated in seen.ground.matrices]
    return list(dict.fromkeys(every))


def _answered(seen: Seen) -> Iterator[Tool]:
    roadmap = seen.plan.roadmap
    for one in seen.plan.stakes:
        if not one.workstreams:
            page = reverse("roadmaps:add_workstream", args=[roadmap.pk, one.row.pk])
            words = _("Write a workstream for stake %(number)s") % {
                "number": one.number
            }
            yield Tool(words, page, Right.CONTRIBUTE)
    if not seen.plan.stakes:
        yield from _stakes(seen)


def _complete(seen: Seen) -> Iterator[Tool]:
    for one in seen.plan.workstreams:
        if not lacks(one):
            continue
        is_whole_but_actions = lacks(one) == _("action")
        name = "add_action" if is_whole_but_actions else "edit_workstream"
        page = reverse(f"roadmaps:{name}", args=[seen.plan.roadmap.pk, one.row.pk])
        words = f"{one.code} {_cut(one.row.title)}"
        yield Tool(words, page, Right.CONTRIBUTE, comes_back=True)
    if not seen.plan.workstreams:
        yield from _answered(seen)


def _maps(seen: Seen) -> Iterator[Tool]:
    """The maps with something to see to; a first one where there is none."""
    space = seen.plan.roadmap.space_id
    to_see = [one for one in seen.charts if one.without_owner or not one.linked]
    for pk in dict.fromkeys(one.centre.map_id for one in to_see or seen.charts):
        page = reverse("ecosystems:show", args=[space, pk])
        yield Tool(_("Complete the resource map"), page)
    if not seen.charts:
        page = reverse("ecosystems:list", args=[space])
        yield Tool(_("Draw a resource map"), page)


def _inspired(seen: Seen) -> Iterator[Tool]:
    for one in seen.plan.workstreams:
        if not one.row.inspirations.all():
            args = [seen.plan.roadmap.pk, one.row.pk]
            page = reverse("roadmaps:add_inspiration", args=args)
            yield Tool(f"{one.code} {_cut(one.row.title)}", page, Right.CONTRIBUTE)


def _conditions(seen: Seen) -> Iterator[Tool]:
    roadmap = seen.plan.roadmap
    said = set(roadmap.appraisals.values_list("condition", flat=True))
    for one in read_conditions():
        if one.id not in said:
            page = reverse("steps:condition", args=[roadmap.pk, one.id])
            yield Tool(_cut(str(one)), page, Right.EDIT)


def _actions(seen: Seen) -> Iterator[Tool]:
    for one in seen.plan.at_work:
        if not is_ready(one):
            page = reverse("roadmaps:action", args=[seen.plan.roadmap.pk, one.row.pk])
            words = f"{one.code} {_cut(one.row.description)}"
            yield Tool(words, page, Right.CONTRIBUTE, comes_back=True)
    if not seen.plan.at_work:
        page = reverse("roadmaps:show", args=[seen.plan.roadmap.pk])
        yield Tool(_("Stakes, workstreams, actions"), page)


def _adopted(seen: Seen) -> Iterator[Tool]:
    roadmap = seen.plan.roadmap
    last = roadmap.frozen_versions.order_by("-number").first()
    if last is None:
        page = reverse("adoption:freeze", args=[roadmap.pk])
        yield Tool(_("Freeze a version"), page, Right.EDIT)
        return
    page = reverse("adoption:adopt", args=[roadmap.pk, last.number])
    words = _("Record the adoption of version %(number)s") % {"number": last.number}
    yield Tool(words, page, Right.EDIT)


def _informed(seen: Seen) -> Iterator[Tool]:
    page = reverse("communication:show", args=[seen.plan.roadmap.pk])
    yield Tool(_("Communication"), page)


def _baseline(seen: Seen) -> Iterator[Tool]:
    roadmap, read = seen.plan.roadmap, seen.evaluation
    for one in read.without_baseline if read else ():
        page = reverse("evaluation:baseline", args=[roadmap.pk, one.row.pk])
        yield Tool(_cut(one.row.name), page, Right.CONTRIBUTE)
    if read is not None and not read.in_use:
        page = reverse("evaluation:choose", args=[roadmap.pk])
        yield Tool(_("Choose the indicators"), page, Right.CONTRIBUTE)
    yield from _evaluation_begun(seen)


def _outcome(seen: Seen) -> Iterator[Tool]:
    if seen.evaluation is not None:
        page = reverse("evaluation:stakes", args=[seen.plan.roadmap.pk])
        words = _("Say which indicator serves each stake")
        yield Tool(words, page, Right.CONTRIBUTE)
    yield from _evaluation_begun(seen)


def _reviewed(seen: Seen) -> Iterator[Tool]:
    if seen.evaluation is not None:
        page = reverse("evaluation:add_review", args=[seen.plan.roadmap.pk])
        yield Tool(_("Write a review"), page, Right.CONTRIBUTE)
    yield from _evaluation_begun(seen)


def _decided(seen: Seen) -> Iterator[Tool]:
    if seen.yearly is None:
        yield from _reviewed(seen)
        return
    args = [seen.plan.roadmap.pk, seen.yearly.pk]
    page = reverse("evaluation:edit_review", args=args)
    yield Tool(_("Complete the review"), page, Right.CONTRIBUTE)


def _evaluation_begun(seen: Seen) -> Iterator[Tool]:
    if seen.evaluation is None:
        page = reverse("evaluation:start", args=[seen.plan.roadmap.pk])
        yield Tool(_("Begin the evaluation"), page, Right.CONTRIBUTE)


def _of(workshop: Workshop, name: str) -> str:
    space, pk = workshop.meeting.space_id, workshop.pk
    return reverse(f"workshops:{name}", args=[space, pk])


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


WAYS: Mapping[str, Callable[[Seen], Iterable[Tool]]] = {
    "sponsor": _sheet,
    "lead": _sheet,
    "families": _guests,
    "colleges": _guests,
    "dates": _sheet,
    "diagnosis": _findings,
    "field": _field,
    "briefed": _handed,
    "voted": _votes,
    "stakes": _stakes,
    "minutes": _minutes,
    "minutes_sent": _sending,
    "answered": _answered,
    "complete": _complete,
    "resource_map": _maps,
    "dashed": _maps,
    "inspired": _inspired,
    "course": _sheet,
    "conditions": _conditions,
    "actions": _actions,
    "adopted": _adopted,
    "informed": _informed,
    "baseline": _baseline,
    "outcome": _outcome,
    "reviewed": _reviewed,
    "decided": _decided,
}
