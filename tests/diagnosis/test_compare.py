from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import make_space, make_user

FRENCH = {"accept-language": "fr"}


@pytest.fixture
def compare(client):
    def _compare(*codes: str, **more: str):
        query = {"avec": list(codes), **more}
        url = reverse("diagnosis:compare")
        return client.get(url, query, headers={"accept-language": "fr"}).context[
            "found"
        ]

    return _compare


def names(found) -> list[str]:
    return [one.territory.name for one in found.portraits]


def test_one_territory_stands_beside_those_that_resemble_it(compare, land):
    found = compare(land.number(5).code)

    assert "CC n° 5" == names(found)[0]
    assert {"CC n° 4", "CC n° 6"} == set(names(found)[1:])


def test_the_territories_asked_for_are_shown_and_no_other(compare, land):
    found = compare(land.number(1).code, land.number(9).code)

    assert ["CC n° 1", "CC n° 9"] == names(found)
    assert [
        "10,0\u202f%, plutôt bas",
        "18,0\u202f%, plutôt haut",
    ] == [cell.text for _column, cell in found.sheet.body[1][1]]


def test_each_figure_compared_has_its_year_and_its_source(client, land):
    codes = [land.number(1).code, land.number(9).code]
    page = client.get(reverse("diagnosis:compare"), {"avec": codes}).content.decode()

    assert "Taux de pauvreté (2021)" in page
    assert 2 == page.count("<h2>CC n°")
    assert "Part de " in page or "n’est pas chargé avec elle" in page


def test_four_at_most_are_shown_and_the_others_counted(compare, land):
    found = compare(*(one.code for one in land.epci[:6]))

    assert 4 == len(found.portraits)
    assert ("CC n° 5", "CC n° 6") == found.left_out


def test_criteria_change_who_is_offered(compare, land):
    found = compare(land.number(5).code, critere="population")

    assert ["population"] == [one.code for one in found.criteria if one.is_chosen]
    assert "CC n° 6" in [one.name for one in found.candidates]


def test_a_code_of_no_territory_is_named(client, land):
    query = {"avec": [land.number(1).code, "24999"]}

    page = client.get(reverse("diagnosis:compare"), query, headers=FRENCH)

    assert "Aucun territoire n’a le code 24999" in page.content.decode()


def test_nothing_is_shown_to_a_visitor_who_chose_nothing(compare, land):
    assert compare().sheet is None
    assert compare("inconnu").sheet is None


def test_a_member_starts_from_the_territory_of_the_team(client, compare, land):
    officer = make_user()
    make_space(territory=land.number(2), owner=officer)
    client.force_login(officer)

    assert "CC n° 2" == names(compare())[0]


def test_a_territory_is_added_by_its_name(client, land):
    url = reverse("diagnosis:compare")

    page = client.get(url, {"avec": land.number(1).code, "q": "zzz"})

    assert "zzz" in page.content.decode()
