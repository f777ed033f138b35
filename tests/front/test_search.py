"""The page that finds a territory: what was typed, then what only looks alike."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.search.operations import Entry, index

pytestmark = pytest.mark.django_db
NAMES = {"24520": "Sarlat-la-Canéda", "09000": "Sarrat", "02000": "Sarlet"}


@pytest.fixture
def search(client):
    index(Entry("commune", code, name) for code, name in NAMES.items())

    def ask(words: str) -> str:
        address = reverse("front:search")
        answer = client.get(address, {"q": words}, headers={"Accept-Language": "fr"})
        return answer.content.decode()

    return ask


def test_names_that_only_look_alike_stand_apart_and_are_not_counted(search):
    page = search("Sarlat")

    assert "1 résultat pour" in page
    apart = page.index("Des noms proches")
    assert page.index("Sarlat-la-Canéda") < apart < page.index("Sarlet")


def test_a_slip_finds_names_that_look_like_it_and_says_that_it_is_none(search):
    page = search("Sarlatt")

    assert "Aucun territoire ne s’appelle" in page
    assert "Sarlat-la-Canéda" in page
    assert "résultat pour" not in page
