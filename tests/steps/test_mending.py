"""What a step still asks for leads in one click to the page where it is mended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from urllib.parse import quote_plus

import pytest
from django.urls import reverse

from jalons.evaluation import operations as evaluation
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.operations import Budgeted
from jalons.spaces.models import Membership, Role
from jalons.steps.definitions import read_method
from jalons.steps.figures import path_of
from jalons.steps.mending import WAYS, ways_of
from tests.factories import make_user
from tests.meetings.gatherings import make_meeting
from tests.roadmaps.plans import (
    make_action,
    make_stake,
    make_workstream,
)
from tests.workshops.rooms import add, make_workshop

pytestmark = pytest.mark.django_db


def ways(roadmap, criterion: str, role: Role = Role.OWNER) -> dict[str, str]:
    seen = path_of(plan_of(roadmap)).seen
    return {one.url: one.words for one in ways_of(criterion, seen, role)}


def opened(client, officer, roadmap) -> set[int]:
    """How the pages of every way answer."""
    client.force_login(officer)
    every = {url for criterion in WAYS for url in ways(roadmap, criterion)}
    return {client.get(url.partition("#")[0]).status_code for url in every}


def test_every_point_that_is_missing_has_its_way_but_what_the_team_says(roadmap):
    criteria = [one for step in read_method().step for one in step.criterion]

    # Whether the stakes were validated is said on the step itself.
    assert {one.id for one in criteria} - set(WAYS) == {"validated"}
    path = path_of(plan_of(roadmap))
    left = {one.row.id for step in path.steps for one in step.left}
    bare = {one for one in left if not ways(roadmap, one)}
    # Without workshop there are no minutes to write; the line above leads to one.
    assert {"validated", "minutes", "minutes_sent", "inspired"} == bare


def test_the_ways_of_an_empty_roadmap_open(client, officer, roadmap):
    assert {200} == opened(client, officer, roadmap)


def test_the_ways_of_a_roadmap_at_work_open(client, officer, space, roadmap):
    make_meeting(space, by=officer)
    workshop = make_workshop(space, by=officer)
    add(workshop, "matrix", by=officer)
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    make_stake(roadmap, "Comment durer\u202f?", by=officer)
    make_action(stream, by=officer)
    evaluation.start_evaluation(roadmap, "Savoir", [], by=officer)

    assert {200} == opened(client, officer, roadmap)
    assert ways(roadmap, "minutes")
    assert ways(roadmap, "inspired")


def test_each_action_left_to_complete_is_a_link_and_a_ready_one_is_not(
    client, officer, roadmap
):
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    days = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 6, 1)}
    money = Budgeted("Région", Decimal(10))
    ready = make_action(stream, "Prête", money, by=officer, lead="Ici", **days)
    bare = make_action(stream, "À compléter", by=officer)
    client.force_login(officer)

    found = ways(roadmap, "actions")
    page = client.get(reverse("steps:step", args=[roadmap.pk, "formaliser"]))

    step = reverse("steps:step", args=[roadmap.pk, "formaliser"])
    there = reverse("roadmaps:action", args=[roadmap.pk, bare.pk])
    there += f"?next={quote_plus(step)}"
    assert {there: "1.a.2 À compléter"} == found
    assert f'href="{there}"' in page.content.decode()
    assert reverse("roadmaps:action", args=[roadmap.pk, ready.pk]) not in "".join(found)


@pytest.mark.parametrize("is_ours", [True, False])
def test_an_action_saved_leads_back_to_its_step_and_to_no_other_site(
    client, officer, roadmap, is_ours
):
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    bare = make_action(stream, "À compléter", by=officer)
    client.force_login(officer)
    step = reverse("steps:step", args=[roadmap.pk, "formaliser"])
    wanted = step if is_ours else "https://ailleurs.exemple/"
    page = reverse("roadmaps:action", args=[roadmap.pk, bare.pk]) + f"?next={wanted}"
    form = client.get(page).context["form"]
    budget = {"budget-TOTAL_FORMS": 0, "budget-INITIAL_FORMS": 0}

    sent = {one.name: "" if (at := one.value()) is None else at for one in form}
    answer = client.post(page, sent | budget | {"lead": "Le CCAS"})

    own = reverse("roadmaps:workstream", args=[roadmap.pk, stream.pk])
    assert (step if is_ours else own) == answer.url


def test_a_way_that_a_reader_may_not_open_is_not_shown(client, space, roadmap):
    reader = make_user("Lectrice")
    Membership.objects.create(space=space, user=reader, role=Role.READER)

    assert ways(roadmap, "sponsor")
    assert not ways(roadmap, "sponsor", Role.READER)
    client.force_login(reader)
    page = client.get(reverse("steps:path", args=[roadmap.pk])).content.decode()
    assert reverse("roadmaps:edit", args=[roadmap.pk]) not in page
