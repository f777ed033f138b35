"""A team's space opens on what to do next, and its members have a page of their own."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jalons.diagnosis.operations import skip_step, start_diagnosis
from jalons.front.workbench import tasks_of
from jalons.workshops.operations import close_workshop
from tests.ecosystems.maps import make_map
from tests.factories import (
    make_campaign,
    make_round,
    make_space,
    make_territory,
    make_user,
)
from tests.roadmaps.plans import make_roadmap
from tests.workshops.rooms import add, make_table, make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    user = make_user()
    client.force_login(user)
    return user


def read(client, space) -> str:
    address = reverse("front:space", args=[space.pk])
    page = client.get(address, headers={"accept-language": "fr"})
    assert 200 == page.status_code
    return re.sub(r"\s+", " ", page.content.decode())


def test_an_empty_space_offers_to_begin_then_the_next_step_of_the_hour(client, owner):
    space = make_space(territory=make_territory("CC d’Essai"), owner=owner)

    assert "Commencer le diagnostic en une heure" in read(client, space)

    diagnosis = start_diagnosis(space, space.territory, by=owner)
    page = read(client, space)
    assert "Étape 1 sur 6" in page
    first = reverse("diagnosis:step", args=[diagnosis.pk, "lire"])
    assert f'class="button" href="{first}"' in page
    assert "Commencer le diagnostic" not in page

    skip_step(diagnosis, "lire", "Déjà lu", by=owner)
    assert "Étape 2 sur 6" in read(client, space)
    # The members are elsewhere, one link away.
    assert owner.email not in read(client, space)
    team = client.get(reverse("spaces:team", args=[space.pk]))
    assert owner.email in team.content.decode()


def test_a_reader_is_not_asked_to_begin_what_only_others_may(client, owner):
    space = make_space(owner=make_user(), reader=owner)

    assert "Commencer le diagnostic" not in read(client, space)


def test_a_reader_is_shown_a_survey_over_without_being_offered_to_close_it(
    client, owner
):
    editor = make_user()
    space = make_space(editor=editor, reader=owner)
    yesterday = timezone.localdate() - timedelta(days=1)
    make_campaign(space=space, closes_on=yesterday)

    assert "Clôturer l’enquête" not in read(client, space)
    client.force_login(editor)
    assert "Clôturer l’enquête" in read(client, space)


def test_what_a_space_holds_is_read_once_for_its_three_roadmaps(owner):
    """Each roadmap more costs its own lines only, whatever its space holds."""
    space = make_space(territory=make_territory("CC d’Essai"), owner=owner)
    start_diagnosis(space, space.territory, by=owner)
    add(make_workshop(space, by=owner), "matrix", "La fibre", by=owner)
    make_map(space, by=owner)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            tasks_of(space, can_edit=True)
        return len(seen)

    make_roadmap(space, by=owner)
    one = count()
    for _turn in range(2):
        make_roadmap(space, by=owner)

    # Two more, each: origins, stakes, statements, conditions, adoption, evaluation, and
    # its maps, which are looked for in two.
    assert one + 2 * 8 == count()


def test_a_field_survey_is_told_as_such_and_leads_to_its_own_page(client, owner):
    space = make_space(owner=owner)
    round = make_round(space=space)

    page = read(client, space)

    assert "Enquête de terrain : ouverte" in page
    assert reverse("rounds:show", args=[round.pk]) in page
    assert reverse("surveys:show", args=[round.campaign_id]) not in page


def test_a_roadmap_is_told_by_its_next_step(client, owner):
    space = make_space(owner=owner)
    roadmap = make_roadmap(space, by=owner)

    page = read(client, space)

    assert "Étape 1 sur 7 ; il manque 5 points." in page
    assert reverse("steps:step", args=[roadmap.pk, "organiser"]) in page


def test_a_workshop_closed_is_proposed_until_a_roadmap_takes_it_up(client, owner):
    space = make_space(owner=owner)
    workshop = make_workshop(space, by=owner, title="Qui aide qui")
    activity, _stake, _item = make_table(workshop, by=owner)
    start = reverse("roadmaps:add", args=[space.pk])
    said = "Terminé ; ses enjeux et ses chantiers"

    assert said not in read(client, space)
    close_workshop(workshop, by=owner)
    page = read(client, space)
    assert said in page
    assert f'href="{start}"' in page
    adopt = reverse("roadmaps:adopt", args=[make_roadmap(space, by=owner).pk])
    assert f'href="{adopt}"' in read(client, space)
    client.post(adopt, {"table": activity.pk})
    assert said not in read(client, space)
