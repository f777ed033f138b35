from __future__ import annotations

import pytest

from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/compte/nom/"


def test_a_person_says_their_name_and_goes_on(client):
    user = make_user(name="")
    client.force_login(user)

    response = client.post(
        PAGE, {"name": "Camille Exemple", "next": "/espaces/nouveau/"}
    )
    assert "nom est enregistré" in client.get(response.url).content.decode()
    user.refresh_from_db()

    assert user.name == "Camille Exemple"
    assert response.url == "/espaces/nouveau/"


def test_the_name_may_stay_empty(client):
    user = make_user(name="Camille")
    client.force_login(user)

    page = client.post(PAGE, {"name": ""}, follow=True).content.decode()
    user.refresh_from_db()

    assert user.name == ""
    assert "nom est enregistré" not in page
    assert user.email == str(user)


@pytest.mark.parametrize(
    "name", ["Gagnez sur www.exemple.com", "https://exemple.com", "moi@exemple.fr"]
)
def test_a_name_carries_no_address_since_it_travels_in_mails(client, name):
    user = make_user(name="Camille")
    client.force_login(user)

    response = client.post(PAGE, {"name": name})
    user.refresh_from_db()

    assert response.status_code == 200
    assert user.name == "Camille"


def test_going_on_never_leads_to_another_site(client):
    client.force_login(make_user())

    response = client.post(PAGE, {"name": "Camille", "next": "https://pirate.example"})

    assert response.url == "/espaces/"
