"""The only door to a roadmap: through the space that holds it."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.models import User
from jalons.diagnosis.models import Finding
from jalons.live.access import read_number
from jalons.roadmaps.answered import AnswerOffered, answers_of
from jalons.roadmaps.models import Action, Inspiration, Roadmap, Stake, Workstream
from jalons.spaces.access import Right, get_space
from jalons.workshops.models import Activity, Item

Row = Stake | Workstream | Action


def get_roadmap(user: User, pk: int, right: Right) -> Roadmap:
    """The roadmap, for a member of its space who holds the right (404, 403)."""
    roadmap: Roadmap | None = (
        Roadmap.objects.filter(pk=pk).select_related("space__territory").first()
    )
    if roadmap is None:
        raise Http404
    get_space(user, roadmap.space_id, right)
    return roadmap


def get_stake(roadmap: Roadmap, pk: int | str | None) -> Stake:
    """A stake of a roadmap already opened, never of another one."""
    stake: Stake = get_object_or_404(
        roadmap.stakes.select_related("roadmap"), pk=read_number(pk)
    )
    return stake


def get_workstream(roadmap: Roadmap, pk: int | str | None) -> Workstream:
    """A workstream of a roadmap already opened, never of another one."""
    workstream: Workstream = get_object_or_404(
        Workstream.objects.filter(stake__roadmap=roadmap).select_related(
            "stake__roadmap"
        ),
        pk=read_number(pk),
    )
    return workstream


def get_action(roadmap: Roadmap, pk: int | str | None) -> Action:
    """An action of a roadmap already opened, never of another one."""
    action: Action = get_object_or_404(
        Action.objects.filter(workstream__stake__roadmap=roadmap).select_related(
            "workstream__stake__roadmap"
        ),
        pk=read_number(pk),
    )
    return action


def get_inspiration(roadmap: Roadmap, pk: int) -> Inspiration:
    """An experience examined in a roadmap already opened, never in another one."""
    found: Inspiration = get_object_or_404(
        Inspiration.objects.filter(workstream__stake__roadmap=roadmap).select_related(
            "workstream__stake__roadmap"
        ),
        pk=pk,
    )
    return found


def get_row(roadmap: Roadmap, named: str) -> Row:
    """The line that a button names: "stake-12", "workstream-3", "action-7"."""
    kind, _dash, pk = named.partition("-")
    match kind:
        case "stake":
            return get_stake(roadmap, pk)
        case "workstream":
            return get_workstream(roadmap, pk)
        case "action":
            return get_action(roadmap, pk)
    raise Http404


def get_above(roadmap: Roadmap, named: str) -> Roadmap | Stake | Workstream:
    """Under what a line is put: "roadmap", "stake-12", "workstream-3"."""
    if named == "roadmap":
        return roadmap
    found = get_row(roadmap, named)
    if isinstance(found, Action):
        raise Http404
    return found


def get_item(roadmap: Roadmap, pk: str | None) -> Item:
    """What somebody wrote in a workshop of the same space, never of another."""
    found: Item = get_object_or_404(
        Item.objects.standing()
        .filter(activity__workshop__meeting__space=roadmap.space_id)
        .select_related("activity__workshop__meeting", "stake"),
        pk=read_number(pk),
    )
    return found


def get_table(roadmap: Roadmap, pk: str | None) -> Activity:
    """A table of key workstreams of the same space, never of another."""
    tables = Activity.objects.filter(
        kind="workstreams", workshop__meeting__space=roadmap.space_id
    )
    found: Activity = get_object_or_404(
        tables.select_related("workshop__meeting"), pk=read_number(pk)
    )
    return found


def get_finding(roadmap: Roadmap, pk: str | None) -> Finding:
    """A finding of a diagnosis of the same space, never of another."""
    found: Finding = get_object_or_404(
        Finding.objects.filter(diagnosis__space=roadmap.space_id).select_related(
            "diagnosis__territory"
        ),
        pk=read_number(pk),
    )
    return found


def get_answers(roadmap: Roadmap, key: str) -> AnswerOffered:
    """What a territory answered to a survey, as this roadmap may take it up."""
    for one in answers_of(roadmap):
        if one.key == key:
            return one
    raise Http404
