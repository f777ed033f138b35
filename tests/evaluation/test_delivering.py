"""Indicators of what is delivered: small tables, numbers checked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jalons.callbacks.models import CallBack
from jalons.evaluation.computing import Asked, percent_of_people
from jalons.evaluation.delivering import (
    callbacks_honoured,
    near_a_place,
    places,
    referrals_followed,
)
from jalons.orientation import operations as orientation
from jalons.orientation.models import Slip
from jalons.orientation.operations import Prepared
from jalons.territories.models import CURRENT_YEAR, Membership, Territory
from tests.coverage.ground import make_ground, put
from tests.directory.places import make_place
from tests.factories import make_round, make_space, make_territory
from tests.roadmaps.plans import make_roadmap

TODAY = date(2026, 11, 25)


@pytest.fixture
def asked(officer):
    """Aval (1 000), Bourg (2 000) and Creux (500), 10 km apart."""
    space = make_space(owner=officer, territory=make_ground())
    return Asked(make_roadmap(space, by=officer), TODAY)


def test_o3_places_of_the_perimeter_for_10_000_inhabitants(asked):
    # 3 places × 10 000 ÷ 3 500 = 8.57; of the 2 whose hours are known 1 opens late;
    # of the 2 that say it 1 travels.
    put("Médiathèque", 0, "Mo-Fr 09:00-18:00", mobility=["fixe"])
    put("Bus", 1, "Sa 09:00-12:00", mobility=["itinerant"])
    put("Mairie", 2, "le samedi")

    found = places(asked)

    assert (Decimal("8.57"), 3) == (found.value, found.n)
    lines = dict(found.lines)
    assert "1 sur les 2 qui le disent" in lines["ouverts le soir ou le week-end"]
    assert "1 sur les 2 qui le disent" in lines["itinérants"]


def test_o3_without_a_list_is_not_zero(asked):
    found = places(asked)

    assert found.value is None
    assert "Aucune liste" in found.why


def test_o4_people_whose_commune_is_near_a_place(asked):
    # The only place is in Bourg: 2 000 of 3 500 are near it (57.1 %).
    put("Médiathèque", 10)

    found = near_a_place(asked)

    # A population is no number of people asked.
    assert (Decimal("57.1"), None) == (found.value, found.n)
    assert "3500" in dict(found.lines).values()


def test_o4_counts_once_a_commune_of_two_territories_of_the_perimeter(asked):
    put("Médiathèque", 10)
    epci = asked.roadmap.space.territory
    other = make_territory("Voisine")
    inside = Territory.objects.communes().get(name="Bourg")
    Membership.objects.create(member=inside, group=other, since=CURRENT_YEAR)
    asked.roadmap.perimeter.set([epci, other])

    found = near_a_place(asked)

    # 2 000 of 3 500, where counting Bourg twice gave 4 000 of 5 500.
    assert Decimal("57.1") == found.value
    assert "3500" in dict(found.lines).values()


def call_back(round, count: int, **fields) -> None:
    for number in range(count):
        CallBack.objects.create(
            round=round,
            commune=round.campaign.territories.first(),
            name="",
            contact="",
            purpose="Rappeler",
            consent_version="1",
            consent_text="Oui",
            asked_on=TODAY - timedelta(days=3),
            expires_on=TODAY + timedelta(days=30),
            code=f"{str(fields['state'])[:2]}{number}",
            **fields,
        )


def test_o7_call_backs_honoured_of_those_that_stand(asked, officer):
    # 33 called or beyond of 44: 75 %; those withdrawn or expired do not count.
    round = make_round(space=asked.roadmap.space, by=officer)
    call_back(round, 11, state="waiting")
    call_back(round, 20, state="called")
    call_back(round, 13, state="done")
    call_back(round, 12, state="offered", withdrawn_on=TODAY)

    found = callbacks_honoured(asked)

    assert (Decimal("75.0"), 44) == (found.value, found.n)


@pytest.mark.parametrize(
    ("count", "n", "value"),
    [
        (33, 44, "75.0"),
        (0, 20, "0.0"),
        (20, 20, "100.0"),
        (10, 40, None),  # ten honoured: told apart
        (34, 44, None),  # ten are not
        (5, 5, None),
        (0, 0, None),
    ],
)
def test_a_share_of_people_hides_what_would_tell_of_a_few(count, n, value):
    found = percent_of_people(count, n)

    assert (Decimal(value) if value else None) == found.value
    assert bool(found.why) is (value is None)


def test_o8_slips_that_led_to_a_visit(asked, officer):
    # Of 40 slips: 22 came, 11 did not, 7 without news. 22 ÷ 33 = 66.7 %.
    place = make_place()
    states = ["came"] * 22 + ["missed"] * 11 + ["waiting"] * 7
    for _state in states:
        orientation.make_slip(asked.roadmap.space, place, Prepared(), by=officer)
    slips = list(Slip.objects.order_by("pk"))
    for slip, state in zip(slips, states, strict=True):
        told = None if state == "waiting" else TODAY
        Slip.objects.filter(pk=slip.pk).update(
            state=state, told_on=told, made_on=TODAY - timedelta(days=20)
        )

    found = referrals_followed(asked)

    assert (Decimal("66.7"), 33) == (found.value, found.n)
    assert [("fiches préparées", "40")] == list(found.lines)
