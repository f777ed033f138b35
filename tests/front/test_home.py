from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.directory.models import PlaceList

pytestmark = pytest.mark.django_db


def test_outside_the_demonstration_nothing_is_said_to_be_simulated(client):
    page = client.get(reverse("front:home")).content.decode()

    assert "SIMUL" not in page
    assert "noindex" not in page


def test_a_page_is_read_in_the_language_chosen(client):
    home = reverse("front:home")
    client.post(reverse("front:language"), {"language": "en", "next": home})

    page = client.get(home).content.decode()

    assert '<html lang="en">' in page
    assert "Where does your territory stand" in page


def test_french_comes_first(client):
    page = client.get(reverse("front:home")).content.decode()

    assert '<html lang="fr">' in page
    assert "Où en est votre territoire" in page


def test_the_language_switch_leads_nowhere_else(client):
    response = client.post(
        reverse("front:language"), {"language": "en", "next": "https://example.org/"}
    )

    assert response.headers["Location"] == "/"


def test_the_three_doors_are_there_with_or_without_a_list_of_places(client):
    door = "Trouver de l’aide près de chez moi"
    asked = "Aucun lieu n’est encore recensé ici"
    empty = client.get(reverse("front:home")).content.decode()

    PlaceList.objects.create(name="Gironde", is_simulated=False)
    filled = client.get(reverse("front:home")).content.decode()

    for page in (empty, filled):
        places = [
            page.index(one)
            for one in ("Comprendre mon territoire", "Répondre ou animer", door)
        ]
        assert places == sorted(places)
        assert places[-1] < page.index("Vous êtes une collectivité")
    assert asked in empty
    assert asked not in filled


def test_sources_are_told_in_the_language_of_the_reader(client):
    french = client.get(reverse("front:sources")).content.decode()
    english = client.get(
        reverse("front:sources"), headers={"accept-language": "en"}
    ).content.decode()

    assert "producteur non nommé par le paquet" in french
    assert "producer not named by the package" in english
    assert "non nommé" not in english
