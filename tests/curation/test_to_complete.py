"""What a list lacks is said in words, the least well described place first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.curation.figures import places_to_complete
from jalons.directory.models import Place, PlaceList
from tests.directory.places import WEEK, make_place
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client):
    reader = make_user()
    space = make_space(reader=reader)
    client.force_login(reader)
    return space


@pytest.fixture
def place_list(team) -> PlaceList:
    return PlaceList.objects.create(name="Liste", is_simulated=False, space=team)


def described(place_list, **said) -> Place:
    """A place that lacks nothing, but what is said otherwise."""
    whole = {
        "place_list": place_list,
        "address": "1 rue Hoche",
        "phone": "+33556000000",
        "opening": WEEK,
        "access_modes": ["venir"],
        "costs": ["gratuit"],
        "summary": "Un lieu.",
        "checked_on": timezone.localdate(),
        "services": ("demarches",),
    }
    return make_place(**whole | said)


def test_only_what_lacks_something_is_listed_worst_first(team, place_list):
    described(place_list, name="Complet")
    described(place_list, name="Sans horaires", opening="")
    make_place(place_list=place_list, name="Nu", position=Place.Position.COMMUNE)

    rows = list(places_to_complete(team))

    assert [row.place.name for row in rows] == ["Nu", "Sans horaires"]
    # 0.40 + 0.25 + 0 + 0.15.
    assert rows[1].score == pytest.approx(0.8)
    assert rows[0].score == 0.0
    assert rows[0].lacks[0] == "les horaires"


def test_words_that_are_not_hours_and_an_old_check_are_said(client, team, place_list):
    old = timezone.localdate() - timedelta(days=600)
    described(place_list, opening="le lundi", checked_on=old)

    page = client.get(reverse("curation:to_complete", args=[team.pk]))

    text = page.content.decode()
    assert "des horaires lisibles" in text
    assert "une vérification récente" in text


def test_the_csv_says_the_same_and_runs_no_formula(client, team, place_list):
    described(place_list, name="=1+1", opening="")

    response = client.get(reverse("curation:to_complete_csv", args=[team.pk]))

    text = b"".join(response.streaming_content).decode()
    assert "'=1+1" in text
    assert "les horaires" in text
