"""How alike the territory of an initiative is to that of the reader."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.documents.words import number
from jalons.indicators.models import Indicator, Observation, Release, Source
from jalons.library.likeness import likenesses, my_territory, nearest_first
from jalons.search.operations import Entry, index
from jalons.territories.models import Membership, Territory
from tests.factories import make_space, make_territory, make_user
from tests.library.test_pages import make_sheet

pytestmark = pytest.mark.django_db
TEXT = {"fr": "Un titre", "en": "A title"}
# Inhabitants, km², median income, share aged 65 or more.
PLACES = {
    "CC Ici": (10_000, 100, 20_000, 20),
    "CC Pareille": (11_000, 110, 20_100, 20.5),
    "CC Riche": (10_000, 100, 30_000, 20),
    "CC Ville": (200_000, 100, 24_000, 15),
    "CC Inconnue": (10_000, 100, None, None),
}
LIST = reverse("library:list")


@pytest.fixture
def places() -> dict[str, Territory]:
    release = Release.objects.create(
        source=Source.objects.create(code="essai"), vintage="2022"
    )
    for code in ("median_income", "share_65_plus"):
        Indicator.objects.create(
            code=code, source_id="essai", title=TEXT, question=TEXT, limits=TEXT
        )
    found = {}
    for name, (people, area, income, age) in PLACES.items():
        found[name] = one = make_territory(name)
        one.population, one.area_km2 = people, area
        one.save()
        index([Entry("epci", one.code, name)])
        for code, value in (("median_income", income), ("share_65_plus", age)):
            if value is not None:
                Observation.objects.create(
                    territory=one,
                    indicator_id=code,
                    release=release,
                    value=value,
                    status="published",
                )
    return found


@pytest.fixture
def sheets(places):
    """Told in the order of their titles: that of the list when nothing is asked."""
    village = make_territory("Village", Territory.Kind.COMMUNE)
    Membership.objects.create(member=village, group=places["CC Pareille"], since=2021)
    at = {
        "A riche": places["CC Riche"],
        "B inconnue": places["CC Inconnue"],
        "C sans lieu": None,
        "D pareille": village,
        "E ici": places["CC Ici"],
        "F département": make_territory("Vienne", Territory.Kind.DEPARTEMENT, "86"),
    }
    return [
        make_sheet(title=title, territory=one.code if one else "")
        for title, one in at.items()
    ]


def titles(page) -> list[str]:
    return [sheet.title for sheet, _likeness in page.context["rows"]]


def test_an_officer_reads_how_alike_each_territory_is_and_sorts_by_it(
    client, places, sheets
):
    officer = make_user()
    make_space(territory=places["CC Ici"], owner=officer)
    client.force_login(officer)

    usual = client.get(LIST, {"genre": "initiative"})
    sorted_page = client.get(LIST, {"genre": "initiative", "tri": "ressemblance"})

    assert titles(usual) == sorted(titles(usual))
    assert [title[0] for title in titles(sorted_page)] == list("EDABCF")
    words = sorted_page.content.decode()
    assert "C’est votre territoire." in words
    assert "Aucune des 3 intercommunalités" in words
    assert "Ressemblance inconnue" in words


def test_a_visitor_chooses_a_territory_by_its_name_and_reads_what_it_rests_on(
    client, places, sheets
):
    show = reverse("library:show", args=[sheets[0].code])

    page = client.get(show, {"pour": "cc ici"})
    empty = client.get(show)

    words = page.content.decode()
    assert f"<td>{number(30_000)}\u202f€</td><td>{number(20_000)}\u202f€</td>" in words
    assert "Diffère par le revenu" in words
    assert "<table>" not in empty.content.decode()
    assert 'name="pour"' in empty.content.decode()


def test_what_is_not_known_is_said_and_never_guessed(client, places, sheets):
    show = reverse("library:show", args=[sheets[1].code])

    words = client.get(show, {"pour": places["CC Ici"].code}).content.decode()

    assert "Ressemblance inconnue" in words
    assert "on ne sait pas" in words


def test_a_name_that_nobody_bears_offers_those_near_it(client, places, sheets):
    page = client.get(LIST, {"genre": "initiative", "pour": "cc pareile"})
    nowhere = client.get(LIST, {"genre": "initiative", "pour": "<b>zzzz"})

    assert f"pour={places['CC Pareille'].code}" in page.content.decode()
    assert page.context["mine"].compared is None
    assert "<b>zzzz" not in nowhere.content.decode()
    assert nowhere.status_code == 200


def test_nothing_is_compared_without_a_territory(client, places, sheets):
    page = client.get(LIST, {"tri": "ressemblance"})

    assert likenesses(sheets, my_territory("", make_user())) == {}
    assert nearest_first(sheets, {}) == sheets
    assert "Indiquez votre territoire" in page.content.decode()


def test_the_list_asks_the_same_number_of_questions_for_many_sheets(
    client, places, sheets, django_assert_max_num_queries
):
    asked = {"tri": "ressemblance", "pour": places["CC Ici"].code}
    client.get(LIST, asked)
    for n in range(10):
        make_sheet(title=f"Autre {n}", territory=places["CC Riche"].code)

    with django_assert_max_num_queries(8):
        client.get(LIST, asked)
