"""What a coordination does, function by function: done, missing, what comes next."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.actors.leading import name_lead
from jalons.actors.models import Lead
from jalons.coordination import sharing
from jalons.front.coordinating import functions_of
from jalons.funding.seeking import sought_in
from jalons.roadmaps.models import Action
from tests.actors.people import make_actor
from tests.coordination.giving import make_body, make_contribution, make_service
from tests.factories import make_space
from tests.funding.money import make_grant
from tests.groups.conftest import actor, desk, group, officer, space
from tests.groups.gatherings import join
from tests.meetings.gatherings import make_meeting
from tests.roadmaps.plans import make_action, make_roadmap, make_stake, make_workstream

__all__ = ["actor", "desk", "group", "officer", "space"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def workstream(space, officer):
    roadmap = make_roadmap(space, by=officer)
    return make_workstream(make_stake(roadmap, by=officer), by=officer)


def _function(space, code):
    return next(one for one in functions_of(space) if one.code == code)


def test_an_action_is_joint_from_two_organisations_on(space, workstream, officer):
    together = {"lead": "CCAS", "partners": "Médiathèque\nccas\n"}
    make_action(workstream, "Un bus", by=officer, **together)
    make_action(workstream, "Seule", by=officer, lead="CCAS", partners=" ccas \nCcas")
    given_up = {"status": Action.Status.DROPPED, "lead": "A", "partners": "B"}
    make_action(workstream, "Abandonnée", by=officer, **given_up)

    found = sharing.joint_actions_of(space)

    assert 2 == found.count
    assert [("Un bus", ["CCAS", "Médiathèque"])] == [
        (str(one.action), list(one.who)) for one in found.actions
    ]


def test_money_of_actions_given_up_is_not_looked_for(space, workstream, officer):
    action = make_action(workstream, by=officer)
    dropped = make_action(workstream, "Autre", by=officer)
    make_grant(action, "Région", 8000, by=officer, state="asked")
    granted = {"state": "granted", "granted": Decimal(500)}
    make_grant(action, "région", 600, by=officer, **granted)
    make_grant(dropped, "État", 90000, by=officer, state="asked")
    dropped.status = Action.Status.DROPPED
    dropped.save()

    found = sought_in(space)

    assert (2, 1, ["Région"]) == (found.count, found.waiting, list(found.funders))
    assert (8000, 500) == (found.sums.asked, found.sums.granted)


def test_a_strategy_is_shared_when_its_group_holds_two_actors(
    space, workstream, actor, officer
):
    roadmap = workstream.stake.roadmap
    roadmap.group.add(actor)
    assert not _function(space, "strategies").done

    roadmap.group.add(make_actor(space, "CAF", by=officer))

    function = _function(space, "strategies")
    assert "CAF" in function.done[0].words
    assert not function.missing


def test_what_is_missing_is_said_and_where_to_go_next(desk, space):
    page = desk.get(reverse("front:functions", args=[space.pk])).content.decode()

    assert "Aucun chef de file n’est nommé" in page
    assert "Aucune demande d’argent" in page
    assert reverse("actors:leads", args=[space.pk]) in page
    assert "none" in {one.state for one in functions_of(space)}


def test_the_page_reads_what_the_team_wrote(
    desk, space, group, actor, workstream, officer
):
    join(group, actor, by=officer)
    make_body(group, by=officer)
    lead = Lead(space=space, territory=space.territory, actor=actor, mandate="Vote")
    lead.named_on = date(2026, 1, 5)
    name_lead(lead, by=officer)
    make_contribution(actor, 500, by=officer)
    asking = make_actor(space, "CAF", by=officer)
    make_service(asking, by=officer)
    action = make_action(workstream, by=officer, lead="CCAS", partners="Banque")
    make_grant(action, "Région", 8000, by=officer, state="asked")

    page = desk.get(reverse("front:functions", args=[space.pk])).content.decode()

    for words in (actor.name, "CCAS, Banque", "Région", "CAF", str(group)):
        assert words in page
    assert "partly" == _function(space, "bodies").state


def test_another_space_is_not_read(desk):
    other = make_space()

    assert 404 == desk.get(reverse("front:functions", args=[other.pk])).status_code


def test_a_plenary_of_more_than_a_year_ago_is_said(space, group, officer):
    day = timezone.localdate() - timedelta(days=500)
    make_meeting(space, by=officer, day=day, kind="plenary")

    assert "plus d’un an" in _function(space, "members").missing[0]
    assert len(functions_of(space)) == 11
