"""Each figure of a diagnosis beside what people met in the field say of it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.diagnosis.board import board_of
from jalons.diagnosis.heard import heard_of
from jalons.diagnosis.models import Review
from jalons.diagnosis.operations import start_diagnosis
from jalons.fieldwork import checking, tasks
from jalons.fieldwork.people import people_of
from jalons.territories.models import Territory
from tests.factories import make_round, make_space, make_territory, make_user
from tests.fieldwork.test_results import meet

pytestmark = pytest.mark.usefixtures("in_french")


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def diagnosis(land, officer):
    space = make_space(territory=land.number(9), owner=officer)
    return start_diagnosis(space, space.territory, by=officer)


def test_people_met_stand_beside_each_figure_and_the_team_nuances(
    client, land, diagnosis, officer
):
    client.force_login(officer)
    page = reverse("diagnosis:findings", kwargs={"pk": diagnosis.pk})
    assert "personnes rencontrées" not in client.get(page).content.decode()
    round = make_round(land.commune, space=diagnosis.space)
    meet(round, 20, F4=["price_of_plan"], F5="daily")
    meet(round, 60, F4=["none"], F5="daily")
    meet(round, 30, age="a65_79", F5="never")

    lines = heard_of(diagnosis, board_of(diagnosis))
    price = next(one for one in lines if one.finding and "18" in one.value)
    heard = {one.measure: one for one in lines}

    # 20 of 80: Wilson by hand, 16.8 to 35.5.
    assert "25\u202f% [17–\u206035], n =\u00a080" == price.said
    assert "le prix limite l’accès, ou freine" == price.measure
    old = heard["parmi les 65 ans et plus, sans internet ou très fragiles"]
    assert old.said.startswith("100")
    text = client.get(page).content.decode()
    assert "Confirmer, nuancer ou contredire" in text
    finding = price.finding
    client.post(
        reverse("diagnosis:finding", args=[diagnosis.pk, finding.pk]),
        {"state": "nuanced", "comment": "Le prix gêne un quart des personnes."},
    )
    assert Review.State.NUANCED == Review.objects.get().state
    assert "Nuancé par le terrain" in client.get(page).content.decode()


def test_a_field_survey_that_goes_beyond_the_territory_is_not_read_as_its_own(
    land, diagnosis
):
    beyond = make_territory("Ailleurs", Territory.Kind.COMMUNE)
    wider = make_round(land.commune, beyond, space=diagnosis.space)
    meet(wider, 40, commune=beyond, F4=["price_of_plan"], F5="daily")

    assert [] == heard_of(diagnosis, board_of(diagnosis))


def test_a_simulated_field_survey_is_marked_on_each_line(
    client, land, diagnosis, officer
):
    client.force_login(officer)
    round = make_round(land.commune, space=diagnosis.space, is_simulated=True)
    meet(round, 40, F4=["price_of_plan"], F5="daily")

    page = client.get(reverse("diagnosis:findings", args=[diagnosis.pk]))

    said = f"{round.campaign.title} <strong>SIMULÉ</strong>"
    lines = heard_of(diagnosis, board_of(diagnosis))
    assert len(lines) == page.content.decode().count(said) > 0


def test_another_team_s_field_survey_is_not_read_here(land, diagnosis):
    other = make_round(land.commune, space=make_space(territory=land.number(9)))
    meet(other, 40, F4=["price_of_plan"], F5="daily")

    assert [] == heard_of(diagnosis, board_of(diagnosis))


def test_pages_wait_for_what_may_be_told_and_then_show_it(
    client, land, django_assert_max_num_queries
):
    owner = make_user()
    space = make_space(territory=land.number(9), owner=owner)
    round = make_round(land.commune, space=space)
    diagnosis = start_diagnosis(space, space.territory, by=owner)
    meet(round, 60, F5="daily", F17="soon", F18=["photos"], F4=["price_of_plan"])
    meet(round, 30, F5="never", F17="no")
    client.force_login(owner)
    pages = [
        (reverse("fieldwork:results", args=[round.pk]), "Question par question"),
        (reverse("fieldwork:workshops", args=[round.pk]), "Photos et vidéos"),
        (reverse("diagnosis:findings", args=[diagnosis.pk]), "n =\u00a060"),
    ]
    # Another worker is at it.
    assert checking.is_to_ask(people_of(round))

    for page, told in pages:
        text = client.get(page).content.decode()
        assert "data-refresh" in text
        assert told not in text
    tasks.check.enqueue(round.pk)
    for page, told in pages:
        with django_assert_max_num_queries(40):
            text = client.get(page).content.decode()
        assert told in text
        assert "data-refresh" not in text

    meet(round, 1, F5="daily")
    assert checking.found(people_of(round), "results") is None
