"""An error is reported without an account; the team accepts or refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.curation.models import PlaceReport
from jalons.directory.models import PlaceList
from jalons.spaces.models import Space
from jalons.territories.models import Membership, Territory
from tests.directory.places import make_commune, make_place
from tests.factories import make_space, make_territory, make_user

pytestmark = pytest.mark.django_db
SAID = {"kind": "hours", "text": "Fermé le lundi.", "email": ""}


@pytest.fixture
def team(client):
    editor = make_user()
    space = make_space(editor=editor)
    client.force_login(editor)
    return space


@pytest.fixture
def place(team):
    place_list = PlaceList.objects.create(name="L", is_simulated=False, space=team)
    return make_place(place_list=place_list)


@pytest.fixture(autouse=True)
def _no_limit_kept():
    cache.clear()
    yield
    cache.clear()


def reported(place, **said):
    return Client().post(reverse("curation:report", args=[place.pk]), SAID | said)


def test_a_report_goes_to_the_team_of_the_list(client, team, place):
    answer = reported(place)

    assert "Votre signalement va à" in answer.content.decode()
    page = client.get(reverse("curation:reports", args=[team.pk])).content.decode()
    assert "Fermé le lundi." in page


def test_a_robot_that_fills_every_field_is_thanked_and_not_kept(place):
    answer = reported(place, site="https://exemple.fr")

    assert answer.status_code == 200
    assert not PlaceReport.objects.exists()


def test_an_empty_report_is_told_what_it_lacks(place):
    answer = reported(place, text="", kind="")

    assert 'aria-invalid="true"' in answer.content.decode()
    assert not PlaceReport.objects.exists()


def test_reports_from_one_address_are_limited(place):
    statuses = [reported(place).status_code for _ in range(12)]

    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_accepting_leads_to_the_correction_and_refusing_changes_nothing(
    client, team, place
):
    for answer, state in (("accept", "accepted"), ("refuse", "refused")):
        reported(place)
        found = PlaceReport.objects.get(state="open")
        url = reverse("curation:close", args=[team.pk, found.pk])

        response = client.post(url, {"answer": answer})

        found.refresh_from_db()
        assert found.state == state
        assert ("corriger" in response.url) == (answer == "accept")


def test_a_report_is_erased_after_six_months(place):
    reported(place, email="camille@exemple.fr")
    PlaceReport.objects.update(sent_at=timezone.now() - timedelta(days=181))

    call_command("purge")

    assert not PlaceReport.objects.exists()


def test_the_public_page_of_a_place_leads_to_the_report(place):
    page = Client().get(reverse("directory:show", args=[place.pk])).content.decode()

    assert reverse("curation:report", args=[place.pk]) in page


def test_reports_on_a_list_without_a_team_go_to_the_resource_centre(client):
    region = make_territory(kind=Territory.Kind.REGION, code="R75")
    editor = make_user()
    centre = make_space(editor=editor, territory=region)
    centre.kind = Space.Kind.RESOURCE_CENTRE
    centre.save()
    place = make_place()
    Membership.objects.create(member=place.commune, group=region, since=2021)
    elsewhere = make_place(commune=make_commune("87085", "Limoges", 1.26, 45.83))
    client.force_login(editor)

    assert "centre de ressources" in reported(place).content.decode()
    reported(elsewhere, text="Ailleurs.")

    url = reverse("curation:reports", args=[centre.pk])
    page = client.get(url).content.decode()
    assert "Fermé le lundi." in page
    assert "Ailleurs." not in page
    close = reverse("curation:close", args=[centre.pk, place.reports.get().pk])
    answer = client.post(close, {"answer": "accept"}, follow=True)
    assert answer.status_code == 200
    assert "Fermé le lundi." not in client.get(url).content.decode()
    # In the journal of who acted: the list has no team.
    assert Entry.objects.within(centre).filter(verb="place_report.closed").exists()
