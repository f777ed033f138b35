from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.indicators.inventory import inventory
from jalons.indicators.models import Indicator, Source
from jalons.indicators.operations import load_figures
from tests.factories import make_space, make_user

pytestmark = pytest.mark.usefixtures("epci_75")


def test_the_page_says_what_is_loaded_and_what_is_missing(client):
    load_figures()

    page = client.get(reverse("indicators:show")).content.decode()

    assert "epci_75_filosofi.csv" in page
    assert "livré avec Jalons" in page
    assert "Part des locaux non éligibles à 30 Mbit/s" in page
    assert "compte dans" in page


def test_an_indicator_without_figure_names_the_indices_that_wait_for_it():
    load_figures()

    waiting = {
        wanted.indicator.code: wanted.indices
        for stock in inventory().absent
        for wanted in stock.wanted
    }

    assert "Indice compatible IFN 2024" in waiting["no_thd"]
    assert waiting["qpv"] == []


def test_a_source_without_a_table_that_is_read_says_how_its_indicator_is_made(client):
    load_figures()

    page = client.get(reverse("indicators:show")).content.decode()
    definition = client.get(reverse("indicators:definition", args=["no_4g"]))

    mobile = page.split("Mon réseau mobile")[1].split("</section>")[0]
    assert "Aucun fichier de cette source n’est lu tel quel" in mobile
    fixed = page.split("Ma connexion internet")[1].split("</section>")[0]
    assert "n’est lu tel quel" not in fixed
    assert "sans table par commune" in definition.content.decode()


def test_a_release_says_how_many_figures_it_has():
    load_figures()

    loaded = {file.file: file for stock in inventory().loaded for file in stock.loaded}

    census = loaded["epci_75_census.csv"]
    assert (census.territories, census.valued, census.secret) == (154, 770, 0)


def test_a_definition_says_what_it_does_not_say(client):
    load_figures()

    page = client.get(reverse("indicators:definition", args=["median_income"]))

    assert "non relu" in page.content.decode()
    assert "Ménages fiscaux seulement" in page.content.decode()


def test_the_figure_of_a_team_is_unknown_to_everybody_else(client):
    owner, stranger = make_user(), make_user()
    space = make_space(owner=owner)
    source = Source.objects.create(
        code="own", title="Nous", producer="Nous", licence="LO", space=space
    )
    words = {"fr": "Le nôtre"}
    Indicator.objects.create(
        code="ours",
        source=source,
        title=words,
        question=words,
        limits=words,
        unit="percent",
        direction="neither",
        formula="published",
        author="Nous",
    )
    address = reverse("indicators:definition", args=["ours"])

    assert client.get(address).status_code == 404
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    client.force_login(owner)
    assert client.get(address).status_code == 200


def test_the_page_says_how_the_epci_are_counted(client):
    load_figures()

    page = client.get(reverse("indicators:show")).content.decode()

    assert "la région où vivent la plupart de ses habitants" in page
    assert "153 dans la liste de 2019" in page
