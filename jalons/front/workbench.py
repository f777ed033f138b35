"""What a team has under way, and the next thing to do: the first page of its space."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.adoption.figures import adopted_lately
from jalons.diagnosis.board import Board
from jalons.diagnosis.hour import path_of
from jalons.diagnosis.models import Diagnosis
from jalons.directory.models import PlaceList
from jalons.documents.words import date_format
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.pages import take_up
from jalons.roadmaps.sources import workshops_untaken
from jalons.spaces.models import Space
from jalons.steps.figures import path_of as seven_steps_of
from jalons.steps.ground import Ground
from jalons.surveys.models import Campaign, CampaignQuerySet

Stage = Campaign.Stage
MOST_OF_EACH = 5
"""Beyond, the page of each kind lists them all."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something under way: how far it is, what to do next, and where."""

    title: str
    state: str
    action: str
    url: str
    is_simulated: bool = False


def tasks_of(space: Space, *, can_edit: bool) -> list[Task]:
    """What is under way: diagnoses, roadmaps, workshops, surveys, lists of places.

    The newest diagnosis and the survey nearest to its end come first among theirs. Who
    may not edit is offered to read only. Without a diagnosis, how to begin comes first.
    """
    ground = Ground(space)
    found = [
        *_diagnoses(ground),
        *_roadmaps(ground),
        *(_workshops(space) if can_edit else ()),
        *_surveys(space, can_edit=can_edit),
        *_rounds(space, can_edit=can_edit),
        *_lists(space),
    ]
    has_diagnosis = space.diagnoses.exists()
    if can_edit and not has_diagnosis and space.kind != Space.Kind.RESOURCE_CENTRE:
        found.insert(0, _first_diagnosis(space))
    return found


def _first_diagnosis(space: Space) -> Task:
    return Task(
        title=_("Know your territory"),
        state=_(
            "Six steps and about an hour, from the figures to the page for elected "
            "members."
        ),
        action=_("Begin the diagnosis in one hour"),
        url=reverse("diagnosis:list", args=[space.pk]),
    )


def _diagnoses(ground: Ground) -> Iterator[Task]:
    found = ground.space.diagnoses.select_related("territory").order_by("-pk")
    for one in found[:MOST_OF_EACH]:
        yield _diagnosis(one, ground.board_of(one))


def _diagnosis(one: Diagnosis, board: Board) -> Task:
    path = path_of(one, board)
    title = _("Diagnosis of %(name)s") % {"name": one.territory.name}
    if path.next is None:
        return Task(
            title,
            _("The six steps are over."),
            _("Open the page for elected members (PDF)"),
            reverse("diagnosis:team_brief", args=[one.pk]),
            one.is_simulated,
        )
    state = ngettext(
        "Step %(number)s of %(all)s; about %(minutes)s minute left.",
        "Step %(number)s of %(all)s; about %(minutes)s minutes left.",
        path.minutes_left,
    ) % {
        "number": path.next.number,
        "all": len(path.lines),
        "minutes": path.minutes_left,
    }
    action = _("Go on: %(step)s") % {"step": path.next.step.title}
    url = reverse("diagnosis:step", args=[one.pk, path.next.step.code])
    return Task(title, state, action, url, one.is_simulated)


def _roadmaps(ground: Ground) -> Iterator[Task]:
    rows = list(ground.space.roadmaps.order_by("-pk")[:MOST_OF_EACH])
    adoptions = adopted_lately(rows)
    for one in rows:
        task = _roadmap(one, ground)
        if adoption := adoptions.get(one.pk):
            day = date_format(adoption.adopted_on, "DATE_FORMAT")
            said = _("Adopted on %(day)s.") % {"day": day}
            task = replace(task, state=f"{said} {task.state}")
        yield task


def _roadmap(one: Roadmap, ground: Ground) -> Task:
    step = seven_steps_of(plan_of(one), ground).next
    title = f"{one.title}, {one.territory_name}"
    if step is None:
        page = reverse("roadmaps:show", args=[one.pk])
        state = _("The seven steps are done.")
        return Task(title, state, _("Read the roadmap"), page, one.is_simulated)
    state = ngettext(
        "Step %(number)s of 7; %(n)s point is missing.",
        "Step %(number)s of 7; %(n)s points are missing.",
        len(step.left),
    ) % {"number": step.number, "n": len(step.left)}
    action = _("Go on: %(step)s") % {"step": step.row}
    url = reverse("steps:step", args=[one.pk, step.row.id])
    return Task(title, state, action, url, one.is_simulated)


def _workshops(space: Space) -> Iterator[Task]:
    """Those closed whose table is in no roadmap."""
    found = list(workshops_untaken(space)[:MOST_OF_EACH])
    action, url = take_up(space) if found else ("", "")
    for one in found:
        yield Task(
            _("Workshop “%(title)s”") % {"title": one.meeting.title},
            _("Closed; its stakes and its workstreams are in no roadmap yet."),
            action,
            url,
            one.meeting.is_simulated,
        )


def _surveys(space: Space, *, can_edit: bool) -> Iterator[Task]:
    for one in _running(space.campaigns.of_institutions()):
        yield _survey(one, can_edit=can_edit)


def _running(campaigns: CampaignQuerySet) -> CampaignQuerySet:
    return campaigns.filter(closed_at=None).order_by("closes_on")[:MOST_OF_EACH]


def _survey(one: Campaign, *, can_edit: bool) -> Task:
    actions = {
        Stage.COMING: _("Prepare the invitations"),
        Stage.ENDED: _("Close the survey"),
    }
    state = _("Survey %(stage)s, until %(day)s.") % {
        "stage": one.stage.label,
        "day": date_format(one.closes_on, "DATE_FORMAT"),
    }
    action = _("See who has answered")
    if can_edit:
        action = actions.get(one.stage, action)
    url = reverse("surveys:show", args=[one.pk])
    return Task(one.title, state, action, url, one.is_simulated)


def _rounds(space: Space, *, can_edit: bool) -> Iterator[Task]:
    found = space.campaigns.filter(round__isnull=False).select_related("round")
    for one in _running(found):
        yield _round(one, can_edit=can_edit)


def _round(one: Campaign, *, can_edit: bool) -> Task:
    state = _("Field survey %(stage)s, until %(day)s.") % {
        "stage": one.stage.label,
        "day": date_format(one.closes_on, "DATE_FORMAT"),
    }
    action, page = _("See where people were met"), "rounds:show"
    if can_edit and one.stage == Stage.COMING:
        action, page = _("Give a code to a surveyor"), "rounds:surveyors"
    url = reverse(page, args=[one.round.pk])
    return Task(one.title, state, action, url, one.is_simulated)


def _lists(space: Space) -> Iterator[Task]:
    found = PlaceList.objects.filter(space=space)
    if names := list(found.order_by("name").values_list("name", flat=True)):
        yield Task(
            _("The places that you answer for"),
            ", ".join(names[:MOST_OF_EACH]),
            _("See what is to be completed"),
            reverse("curation:to_complete", args=[space.pk]),
            found.filter(is_simulated=True).exists(),
        )
