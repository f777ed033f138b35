"""The guided page of the demonstration offers nothing that does not open."""

from __future__ import annotations

import re
from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.front.demonstration import visit
from jalons.observatory import operations as observatory
from jalons.spaces.models import Role, Space
from jalons.surveys.models import Campaign
from jalons.synthesis import operations as synthesis
from jalons.synthesis.composition import public_restitution
from jalons.synthesis.pieces import starting_plan
from tests.factories import make_campaign, make_user
from tests.observatory.crowd import make_crowd


@pytest.fixture
def space(shown, settings, db):
    settings.DEMO = True
    return deepcopy(shown)


@pytest.fixture(scope="module")
def shown(module_rows):
    """A first wave published with its synthesis, a second one, and a survey to try."""
    crowd = make_crowd(validated=0.9)
    first, officer = crowd.campaign, crowd.officer
    first.is_simulated, first.space.kind = True, Space.Kind.RESOURCE_CENTRE
    first.save()
    first.space.save()
    observatory.publish(first, public_from=timezone.now(), by=officer)
    plan = [one for one in starting_plan(public_restitution(first)) if one.pieces]
    plan = [one for one in plan if one.pieces != ("quotes",)]
    made = synthesis.start_synthesis(first, title="T", plan=plan, by=officer)
    synthesis.publish(made, public_from=timezone.now(), by=officer)
    more = {"space": first.space, "version": first.version, "is_simulated": True}
    wave = make_campaign(*first.territories.all(), follows=first, **more)
    Campaign.objects.filter(pk=wave.pk).update(
        closed_at=timezone.now(), closed_by=officer
    )
    make_campaign(*first.territories.all(), **more)
    return first.space


def links(client):
    page = client.get(reverse("front:demonstration"))
    return re.findall(r'<li><a href="([^"]+)"', page.content.decode())


@pytest.mark.parametrize("role", [None, *Role])
def test_every_link_of_the_guided_page_opens_for_whom_it_is_offered_to(
    space, client, role
):
    person = make_user()
    if role:
        space.memberships.create(user=person, role=role)
    client.force_login(person)

    offered = links(client)

    answers = {url: client.get(url).status_code for url in offered}
    assert {200} == {*answers.values()}, answers
    assert len(offered) == (14 if role in (Role.OWNER, Role.EDITOR) else 3)


def test_the_visit_asks_once_what_its_reader_may_open(
    space, django_assert_max_num_queries
):
    person = make_user()
    space.memberships.create(user=person, role=Role.EDITOR)

    with django_assert_max_num_queries(6):
        found = visit(person)

    assert found
    assert len(found.collecting) == 4


def test_outside_the_demonstration_there_is_no_guided_page(space, client, settings):
    settings.DEMO = False
    client.force_login(make_user())

    assert 404 == client.get(reverse("front:demonstration")).status_code
