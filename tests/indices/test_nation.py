"""The map of the communes of France: what it shows, and what it says is missing."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from jalons.indicators.models import Indicator, Observation, Release, Source
from jalons.territories.models import CURRENT_YEAR, Contour, Membership, Territory
from tests.factories import make_space, make_user

Kind = Territory.Kind
BOX = {"min_x": 0, "min_y": 0, "max_x": 9, "max_y": 9}
TEXT = {"fr": "Revenu de l’exemple", "en": "Income of the example"}


def make_place(code: str, kind: str, people: int | None, *, is_drawn=True) -> Territory:
    one = Territory.objects.create(
        code=code, kind=kind, name=f"Lieu {code}", population=people, area_km2=10.0
    )
    if is_drawn:
        path = "M0 0l9 0 0 9-9 0Z"
        Contour.objects.create(
            territory=one, vintage=CURRENT_YEAR, frame="metropole", path=path, **BOX
        )
    return one


@pytest.fixture
def france(db) -> Territory:
    """Two départements: five communes in one, of which one without inhabitants known;
    in the other one that has no contour."""
    inside = make_place("33", Kind.DEPARTEMENT, 1_000)
    other = make_place("24", Kind.DEPARTEMENT, 500)
    people = {"33001": 100, "33002": 200, "33003": 300, "33004": 400, "33005": None}
    for code, count in people.items():
        Membership.objects.create(
            member=make_place(code, Kind.COMMUNE, count),
            group=inside,
            since=CURRENT_YEAR,
        )
    alone = make_place("24001", Kind.COMMUNE, 50, is_drawn=False)
    Membership.objects.create(member=alone, group=other, since=CURRENT_YEAR)
    return inside


def make_income(values: dict[str, float | None], *, space=None) -> Indicator:
    """A figure of communes; None is under statistical secrecy."""
    source = Source.objects.create(
        code="exemple", title="Source d’exemple", producer="INSEE", space=space
    )
    found = Indicator.objects.create(
        code="revenu",
        source=source,
        title=TEXT,
        question=TEXT,
        limits=TEXT,
        unit=Indicator.Unit.EUROS,
        direction=Indicator.Direction.HIGHER_IS_BETTER,
    )
    release = Release.objects.create(source=source, vintage="2021", file="revenu")
    Observation.objects.bulk_create(
        Observation(
            indicator=found,
            release=release,
            territory_id=code,
            value=value,
            status="published" if value is not None else "secret",
        )
        for code, value in values.items()
    )
    return found


def page_of(client, name: str, *args: str, query: str = "") -> str:
    answer = client.get(f"{reverse(f'indices:{name}', args=args)}{query}")
    assert 200 == answer.status_code
    return answer.content.decode()


def values_of(client, code: str, query: str = "") -> dict:
    return client.get(
        f"{reverse('indices:departement_values', args=[code])}{query}"
    ).json()


def test_the_country_opens_each_departement_by_a_link_that_needs_no_script(
    client, france
):
    html = page_of(client, "nation")

    for code in ("33", "24"):
        address = reverse("indices:departement", args=[code])
        assert f'data-href="{address}"' in html
        assert f'<a href="{address}">Lieu {code}</a>' in html


def test_the_values_of_a_departement_say_quarter_year_and_what_is_missing(
    client, france
):
    told = values_of(client, "33")

    fills = {code: fill for code, (fill, _words) in told["communes"].items()}
    # Limits of 5, 10, 20, 30, 40 inhabitants for each km²: 10, 20 and 30.
    assert {
        "33001": "c1",
        "33002": "c2",
        "33003": "c3",
        "33004": "c3",
        "33005": "hatched",
    } == fills
    assert "Lieu 33001\u202f: 10,0\u202fhab./km² (2023)" == _spaces(
        told["communes"]["33001"][1]
    )
    assert "Lieu 33005\u202f: manquant" == _spaces(told["communes"]["33005"][1])
    assert 4 == told["n"]
    assert "INSEE" in told["source"]
    assert "2023" in told["source"]


def _spaces(text: str) -> str:
    """Any space before a colon is the same to a reader."""
    return re.sub(r"[\u00a0\u202f](?=:)", "\u202f", text)


def test_secrecy_is_not_absence_and_neither_is_zero(client, france):
    make_income({"33001": 20_000.0, "33002": 0.0, "33003": None})

    told = values_of(client, "33", "?indicateur=revenu")

    fills = {code: fill for code, (fill, _words) in told["communes"].items()}
    # Limits of 0 and 20 000: 5 000, 10 000 and 15 000.
    assert ["c3", "c0", "dotted", "hatched"] == [
        fills[code] for code in ("33001", "33002", "33003", "33004")
    ]
    html = page_of(client, "nation", query="?indicateur=revenu")
    assert "valeur connue pour 2, secret statistique pour 1" in _plain(html)
    assert "Source d’exemple" in html


def _plain(html: str) -> str:
    return re.sub(r"\s+", " ", html.replace("\u00a0", " ").replace("\u202f", " "))


def test_the_page_of_a_departement_draws_its_communes_and_says_the_same_in_a_table(
    client, france
):
    html = page_of(client, "departement", "33")

    assert 5 == html.count("data-label=")
    assert 5 == html.count('<th scope="row">')


def test_a_departement_without_contours_has_its_table(client, france):
    html = page_of(client, "departement", "24")

    assert "data-label=" not in html
    assert "Lieu 24001" in html


def test_the_table_of_the_country_is_by_name_and_never_by_value(client, france):
    html = page_of(client, "nation_table")

    assert html.index("Lieu 24") < html.index("Lieu 33")


def test_the_own_figure_of_a_team_is_on_no_map(client, france):
    space = make_space(owner=make_user("propriétaire"))
    make_income({"33001": 20_000.0}, space=space)

    address = reverse("indices:nation")

    assert 404 == client.get(f"{address}?indicateur=revenu").status_code
    assert TEXT["fr"] not in page_of(client, "nation")


def test_what_is_no_departement_and_what_is_no_figure_are_not_found(client, france):
    for address in (
        reverse("indices:departement", args=["33001"]),
        reverse("indices:departement_values", args=["99"]),
        f"{reverse('indices:nation')}?indicateur=inconnu",
    ):
        assert 404 == client.get(address).status_code


def test_the_queries_of_the_map_are_as_many_whatever_the_communes(
    client, france, django_assert_max_num_queries
):
    page_of(client, "nation")

    with django_assert_max_num_queries(12):
        page_of(client, "nation")
    with django_assert_max_num_queries(12):
        page_of(client, "departement", "33")
