"""Two places that look alike: proposed, merged field by field, parted, told apart."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.curation import duplicates
from jalons.curation.models import Resemblance
from jalons.directory.models import Place, PlaceList
from tests.directory.places import make_place
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client):
    editor = make_user()
    space = make_space(editor=editor)
    client.force_login(editor)
    return space


@pytest.fixture
def ours(team) -> PlaceList:
    return PlaceList.objects.create(name="La nôtre", is_simulated=False, space=team)


def pair_of(team, *lists: PlaceList | None) -> Resemblance:
    """Two places of one name and one address, compared."""
    for number, place_list in enumerate(lists):
        more = {"place_list": place_list} if place_list else {}
        make_place(
            name="Médiathèque Giono",
            address="1 rue Hoche",
            opening=("Mo 09:00-12:00", "Tu 09:00-12:00")[number],
            phone=("+33556000001", "")[number],
            services=("demarches",) if number else ("loisirs",),
            **more,
        )
    duplicates.look_for_twins(team)
    return Resemblance.objects.get()


def test_pairs_are_proposed_with_their_score_and_nothing_is_merged(client, team, ours):
    pair = pair_of(team, ours, ours)
    make_place(place_list=ours, name="Tout autre", longitude=-0.3)

    page = client.get(reverse("curation:twins", args=[team.pk])).content.decode()

    assert pair.score == 1.0
    assert "ressemblance 1,00 sur 1" in page
    assert Place.objects.open_to_all().count() == 3


def test_merging_keeps_one_place_with_the_fields_chosen(client, team, ours):
    pair = pair_of(team, ours, ours)
    url = reverse("curation:compare", args=[team.pk, pair.pk])
    assert "Lundi\u00a0: 9\u00a0h\u00a0– 12\u00a0h" in client.get(url).content.decode()

    choices = {"f_opening": "second", "f_services": "second", "f_phone": "first"}
    client.post(url, choices | {"kept": "first", "verdict": "merged"})

    kept = Place.objects.open_to_all().get()
    assert kept.pk == pair.first_id
    assert (kept.opening, kept.phone) == ("Tu 09:00-12:00", "+33556000001")
    assert [one.kind for one in kept.services.all()] == ["demarches"]
    assert set(kept.pinned) == {"opening", "services"}


def test_undoing_a_merge_gives_two_places_as_they_were(client, team, ours):
    pair = pair_of(team, ours, ours)
    url = reverse("curation:compare", args=[team.pk, pair.pk])
    client.post(url, {"f_opening": "second", "f_services": "second", "kept": "first"})

    client.post(reverse("curation:part", args=[team.pk, pair.pk]))

    first, second = Place.objects.open_to_all().order_by("pk")
    assert (first.opening, second.opening) == ("Mo 09:00-12:00", "Tu 09:00-12:00")
    assert [one.kind for one in first.services.all()] == ["loisirs"]
    assert first.pinned == {}
    pair.refresh_from_db()
    assert (pair.verdict, pair.kept) == ("", None)


def test_two_places_told_apart_are_not_proposed_again(client, team, ours):
    pair = pair_of(team, ours, ours)
    url = reverse("curation:compare", args=[team.pk, pair.pk])

    client.post(url, {"verdict": "different"})

    assert duplicates.look_for_twins(team) == 0
    assert Resemblance.objects.get().verdict == "different"
    assert Place.objects.open_to_all().count() == 2


def test_a_place_of_a_list_without_a_team_is_kept_never_hidden(client, team, ours):
    pair = pair_of(team, ours, None)
    url = reverse("curation:compare", args=[team.pk, pair.pk])

    refused = client.post(url, {"kept": "first", "f_opening": "second"}, follow=True)
    assert "votre équipe ne tient pas" in refused.content.decode()
    assert Place.objects.open_to_all().count() == 2

    client.post(url, {"kept": "second", "f_opening": "first"})
    kept = Place.objects.open_to_all().get()
    assert (kept.pk, kept.opening, kept.pinned) == (
        *(pair.second_id, "Tu 09:00-12:00", {}),
    )


def test_the_lists_of_other_teams_are_not_compared(team, ours):
    theirs = PlaceList.objects.create(
        name="La leur", is_simulated=False, space=make_space()
    )
    for place_list in (ours, theirs):
        make_place(name="Giono", address="1 rue Hoche", place_list=place_list)

    assert duplicates.look_for_twins(team) == 0
