from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.actors.models import Actor
from jalons.actors.operations import open_table
from jalons.community.models import News
from jalons.events.operations import cancel_event
from jalons.front import gathered
from jalons.spaces.models import Space
from jalons.territories.models import Contour, Membership, Territory
from jalons.tours.models import Tour
from tests.actors.people import make_actor
from tests.community.network import tell
from tests.events.agenda import make_event
from tests.factories import make_space, make_user
from tests.tours.rounds import make_tour

pytestmark = pytest.mark.django_db


@pytest.fixture
def creuse():
    """A département of one EPCI with a square contour, in its région."""
    kind = Territory.Kind
    region = Territory.objects.create(code="R75", kind=kind.REGION, name="Région")
    departement = Territory.objects.create(
        code="23", kind=kind.DEPARTEMENT, name="Creuse"
    )
    epci = Territory.objects.create(
        code="200034825",
        kind=kind.EPCI,
        name="CA du Grand Guéret",
        population=27_500,
        area_km2=434.2,
    )
    for member, group in ((departement, region), (epci, departement), (epci, region)):
        Membership.objects.create(member=member, group=group, since=2026)
    Contour.objects.create(
        territory=epci,
        vintage=2026,
        frame="metropole",
        path="M0 0h10v10h-10z",
        min_x=0,
        min_y=0,
        max_x=10,
        max_y=10,
    )
    return departement


def _page(client, code: str) -> str:
    response = client.get(
        reverse("front:territory", args=[code]), headers={"accept-language": "fr"}
    )
    assert response.status_code == 200
    return response.content.decode()


def test_an_epci_states_its_population_and_area_with_their_source(client, creuse):
    page = _page(client, "200034825")

    assert "27\u202f500" in page or "27\xa0500" in page
    assert "434" in page
    assert "INSEE, DGCL, 2026" in page


def test_an_epci_is_placed_in_its_region_and_departement(client, creuse):
    page = _page(client, "200034825")

    assert page.index("Région") < page.index("Creuse") < page.index("<h1>")
    assert "Situation de CA du Grand Guéret" in page


def test_names_with_an_accent_stand_where_a_dictionary_puts_them(client):
    kind = Territory.Kind.REGION
    for code, name in (
        ("R84", "Occitanie"),
        ("R11", "Île-de-France"),
        ("R32", "Hauts"),
    ):
        Territory.objects.create(code=code, kind=kind, name=name)

    page = client.get(reverse("front:territories")).content.decode()

    assert page.index("Hauts") < page.index("Île-de-France") < page.index("Occitanie")


def test_a_departement_lists_its_epci(client, creuse):
    page = _page(client, "23")

    assert "CA du Grand Guéret" in page
    assert "1 territoire à l’intérieur" in page


def test_a_territory_without_population_says_nothing_rather_than_zero(client, creuse):
    page = _page(client, "23")

    assert "Habitants" not in page


def test_an_unknown_code_is_not_found(client, creuse):
    response = client.get(reverse("front:territory", args=["99999"]))

    assert response.status_code == 404


def _settles(page: str, *words: str) -> bool:
    return all(one in page for one in words)


def test_what_is_missing_says_what_to_do(client, creuse):
    page = _page(client, "200034825")

    assert _settles(
        page,
        "Aucune feuille de route adoptée ici n’est encore publique",
        "Aucune équipe n’a encore ouvert d’espace ici",
        "Aucune enquête publique ne l’a encore interrogé",
    )


def test_a_recognised_team_and_its_centre_are_said_and_another_is_not(client, creuse):
    epci = Territory.objects.get(code="200034825")
    make_space(territory=epci)
    waiting = make_space(territory=epci, is_recognised=False)
    Space.objects.filter(pk=waiting.pk).update(name="Équipe qui attend")
    centre = make_space(territory=Territory.objects.get(code="R75"))
    Space.objects.filter(pk=centre.pk).update(
        kind=Space.Kind.RESOURCE_CENTRE, name="Centre de la région"
    )

    page = _page(client, "200034825")

    assert _settles(page, "Équipe d’Exemple", "Centre de la région")
    assert "Équipe qui attend" not in page


def test_tours_and_news_made_public_stand_on_it_and_on_those_around(client, creuse):
    epci = Territory.objects.get(code="200034825")
    user = make_user("Ida Vannier")
    space = make_space(territory=epci, owner=user)
    tour = make_tour(make_actor(space, by=user), by=user)
    news = tell(space, "Un bus passe", by=user)
    Space.objects.filter(pk=space.pk).update(recognised_at=timezone.now())
    Tour.objects.update(published_at=timezone.now())
    News.objects.update(public_state=News.Public.PUBLISHED)

    page = _page(client, "200034825")
    assert _settles(page, tour.title, news.title)
    assert user.name not in page
    assert tour.title in _page(client, "R75")

    assert not gathered.holds_simulated(gathered.parts_of(epci))
    Actor.objects.update(is_simulated=True)
    assert gathered.holds_simulated(gathered.parts_of(epci))

    Tour.objects.update(published_at=None)
    News.objects.update(withdrawn_at=timezone.now())
    assert tour.title not in _page(client, "200034825")
    assert news.title not in _page(client, "200034825")


def test_each_block_of_a_territory_is_one_query(
    client, creuse, django_assert_num_queries
):
    epci = Territory.objects.get(code="200034825")
    region = Territory.objects.get(code="R75")

    with django_assert_num_queries(6):
        gathered.parts_of(epci)
    with django_assert_num_queries(8):
        gathered.parts_of(region)
    with django_assert_num_queries(1):
        gathered.around(epci, [region])


def test_the_page_of_a_region_asks_as_much_whatever_is_published_in_it(
    client, creuse, django_assert_num_queries
):
    epci = Territory.objects.get(code="200034825")
    _page(client, "R75")
    with django_assert_num_queries(20):
        _page(client, "R75")

    for _again in range(3):
        user = make_user()
        space = make_space(territory=epci, owner=user)
        make_actor(space, by=user)
        open_table(space, by=user)
        make_event(space, by=user)

    with django_assert_num_queries(20):
        page = _page(client, "R75")
    assert "3 acteurs" in page


def test_an_empty_block_says_what_to_do_and_who_may(client, creuse):
    page = client.get(reverse("front:territory", args=["200034825"]))

    blocks = [one for part in page.context["gathered"] for one in part.blocks]
    assert all(not one.items and one.empty and one.todo.text for one in blocks)
    assert {200} == {client.get(one.todo.url).status_code for one in blocks}


def test_an_event_stands_on_it_until_it_is_over_or_cancelled(client, creuse):
    epci = Territory.objects.get(code="200034825")
    user = make_user()
    space = make_space(territory=epci, owner=user)
    event = make_event(space, by=user)

    assert event.meeting.title in _page(client, "200034825")
    assert event.meeting.title in _page(client, "R75")

    cancel_event(event, reason="Salle fermée", by=user)
    assert event.meeting.title not in _page(client, "200034825")


def test_without_figures_the_index_says_what_to_do(client, creuse):
    page = _page(client, "200034825")

    assert "Aucun indice ne peut être calculé ici" in page
    assert reverse("indicators:show") in page


def test_a_collectivity_types_its_territory_once_for_five_answers(client, creuse):
    page = client.get(reverse("front:collectivity"), {"territoire": "200034825"})
    told = page.content.decode()

    assert 5 == len(page.context["questions"])
    links = [way.url for one in page.context["questions"] for way in one.ways]
    assert all("200034825" in one for one in links[:3])
    assert all(client.get(one).status_code in {200, 302} for one in links)
    assert _settles(told, "Par où commencer", "Quels outils mobiliser")


def test_an_unknown_collectivity_is_told_so(client, creuse):
    page = client.get(reverse("front:collectivity"), {"q": "xyzxyz"}).content.decode()

    assert "Rien ne ressemble" in page


def test_a_region_lists_its_epci_when_asked(client, creuse):
    assert "La liste des intercommunalités (EPCI) de la région" in _page(client, "R75")

    asked = client.get(reverse("front:territory", args=["R75"]), {"liste": "epci"})

    assert "CA du Grand Guéret" in asked.content.decode()
