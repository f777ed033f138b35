"""What a reader sees of an IRIS: the way to it, its portrait, its index."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.indices.operations import load_definitions as load_indices
from jalons.indices.operations import shipped_files
from tests.indicators.places import load_definitions, load_text, make_places
from tests.indicators.test_iris import CENSUS, INCOMES, load_table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground(settings, tmp_path):
    make_places()
    load_definitions(settings.REFERENCE_DIR, tmp_path / "definitions")
    load_table()


def page_of(client, name: str, *args: str, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_a_commune_leads_to_its_iris_and_back(client):
    assert "I243220102" in page_of(client, "front:territory", "24322")

    inner = page_of(client, "front:territory", "I243220102")

    assert "Périgueux, Toulon" in inner
    assert reverse("front:territory", args=["24322"]) in inner


def test_the_portrait_of_an_iris_tells_its_figures_and_those_of_its_commune(client):
    load_text("census", CENSUS)
    load_text("filosofi", INCOMES)
    load_text("census", "CODGEO;P22_ACT1564;P22_CHOM1564\n24322;12000;2400\n",
              is_part=True)  # fmt: skip

    page = page_of(client, "diagnosis:show", "I243220101")

    assert "17\N{NARROW NO-BREAK SPACE}850" in page or "17\N{NO-BREAK SPACE}850" in page
    assert "valeur de la commune" in page
    assert "environ 600" in page
    assert "il n’y a pas de carte" in page
    assert "chargé sous la commune" not in page
    assert "Lire le portrait de la commune, Périgueux" in page
    assert reverse("diagnosis:show", args=["I243220101"]) in page_of(
        client, "diagnosis:show", "24322"
    )


def test_an_iris_without_figures_is_described_by_its_commune(client):
    load_text("census", "CODGEO;P22_POP;P22_POP65P\n24322;30000;6000\n", is_part=True)

    page = page_of(client, "diagnosis:show", "I243220101")

    assert "Aucun chiffre n’est chargé pour l’IRIS Périgueux, Centre-Ville" in page
    assert "Périgueux" in page


def test_an_index_is_offered_by_iris_once_they_are_loaded(client):
    load_indices(shipped_files())
    load_text("census", CENSUS)
    load_text("filosofi", INCOMES)

    assert 'value="iris"' in page_of(client, "indices:tune", "quatre-axes")

    page = page_of(client, "indices:show", "quatre-axes", query="?niveau=iris")
    assert "IRIS" in page
