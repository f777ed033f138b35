"""A team's own percentage: of what it is a share, and what that allows to add up.

Grand Périgueux here: Périgueux 30 000 inhabitants, Boulazac 10 000, Trélissac 7 000.
"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jalons.demo.own_figures import invent_figure
from jalons.indicators.models import Indicator, Load, Observation
from jalons.indicators.producers.own import Mapping
from jalons.territories.models import Territory
from tests.factories import make_space, make_user
from tests.indicators.places import (
    figure,
    load_definitions,
    load_text,
    make_places,
    one,
    reasons,
)

pytestmark = pytest.mark.django_db

RATES = (
    "insee;part;foyers\n"
    "24322;10;8000\n24053;20;3000\n24557;40;1000\n"
    "24037;30;5000\n24520;50;2000\n"
)
EPCI = "200040392"


@pytest.fixture(autouse=True)
def _ground(settings, tmp_path):
    make_places()
    load_definitions(settings.REFERENCE_DIR, tmp_path / "definitions")


def given_as(rate_of: str, base: str = "", text: str = RATES):
    mapping = Mapping("arcep_mobile", "no_4g", "insee", "part", base, rate_of=rate_of)
    return load_text("arcep_mobile", text, vintage="2024", mapping=mapping)


def test_a_rate_of_what_a_column_counts_is_added_up_from_numerators_and_bases():
    report = given_as("column", "foyers")

    assert one(report).state == "loaded", reasons(report)
    commune, epci = figure("24053", "no_4g"), figure(EPCI, "no_4g")
    assert (commune.value, commune.numerator, commune.base) == (20.0, 600.0, 3000.0)
    # (10 % of 8 000 + 20 % of 3 000 + 40 % of 1 000) of 12 000: not (10 + 20 + 40) / 3.
    assert (epci.value, epci.numerator, epci.base) == (15.0, 1800.0, 12000.0)
    # (1 800 + 1 500 + 1 000) of 19 000.
    assert figure("24", "no_4g").value == pytest.approx(22.6316, abs=1e-4)


def test_a_rate_of_inhabitants_is_added_up_by_inhabitants():
    given_as("inhabitants")

    # (10 % of 30 000 + 20 % of 10 000 + 40 % of 7 000) of 47 000.
    epci = figure(EPCI, "no_4g")
    assert (epci.numerator, epci.base) == (7800.0, 47000.0)
    assert epci.value == pytest.approx(16.5957, abs=1e-4)


def test_a_rate_of_households_takes_those_of_the_census_or_is_refused():
    assert "Chargez d’abord les ménages" in reasons(given_as("households"))
    load_text(
        "census",
        "CODGEO;C22_MEN;C22_MENPSEUL\n24322;16000;8000\n24053;4000;1000\n"
        "24557;3000;600\n24037;13000;5000\n24520;4500;1500\n",
    )

    given_as("households")

    # (1 600 + 800 + 1 200) of 23 000, and not of 47 000 inhabitants.
    epci = figure(EPCI, "no_4g")
    assert (epci.numerator, epci.base) == (3600.0, 23000.0)


def test_a_rate_of_something_unknown_is_not_added_up_and_the_report_says_so():
    report = given_as("")

    assert any("il n’est pas additionné" in line for line in one(report).remarks)
    assert figure("24322", "no_4g").value == 10
    assert not Observation.objects.filter(territory__kind="epci").exists()


def test_a_territory_whose_base_is_missing_keeps_its_rate_and_lowers_what_is_known():
    given_as("column", "foyers", RATES.replace("24322;10;8000", "24322;10;"))

    assert figure("24322", "no_4g").value == 10
    epci = figure(EPCI, "no_4g")
    # Périgueux is 30 000 of 47 000 inhabitants: under three quarters are known.
    assert (epci.value, epci.status) == (None, "missing")


def test_a_base_that_passes_the_inhabitants_is_asked_about_and_a_negative_one_refused():
    report = given_as("column", "foyers", RATES.replace(";1000\n", ";9000\n"))
    assert any("(24557)" in line and "foyers" in line for line in one(report).remarks)

    report = given_as("column", "foyers", RATES.replace(";1000\n", ";-1000\n"))
    assert "ne peut pas être négatif" in reasons(report)


def test_a_percentage_is_read_with_its_sign():
    signed = RATES.replace("24322;10;", "24322;12,5\u202f%;")
    report = given_as("column", "foyers", signed.replace(";20;", ";20 %;"))

    assert one(report).state == "loaded", reasons(report)
    assert [figure(code, "no_4g").value for code in ("24322", "24053")] == [12.5, 20]


def test_euros_and_kilometres_are_read_with_their_sign_and_never_for_each_other():
    Indicator.objects.filter(pk="no_4g").update(unit="euros")
    cells = {
        "24322": "20\u202f500\u00a0€",
        "24053": "-1 200,50 EUR",
        "24557": "18 000 €",
    }
    rows = "".join(f"{code};{cell}\n" for code, cell in cells.items())

    report = given_as("", text=f"insee;part\n{rows}24520;20,5 k€\n")

    assert [figure(code, "no_4g").value for code in cells] == [20_500, -1_200.5, 18_000]
    (thousands,) = one(report).problems
    assert "n’est pas un nombre" in str(thousands)

    Indicator.objects.filter(pk="no_4g").update(unit="km")
    given_as("", text="insee;part\n24322;3,5 km\n24053;7\n")
    assert [figure(code, "no_4g").value for code in ("24322", "24053")] == [3.5, 7]


def test_a_cell_in_another_unit_refuses_the_file_rather_than_offer_the_rest():
    Indicator.objects.filter(pk="no_4g").update(unit="euros")

    report = given_as("", text="insee;part\n24322;20 500 €\n24053;12 %\n")

    assert "refused" == one(report).state
    assert "une autre unité (pour cent)" in reasons(report)
    assert "1 cellule de cette colonne" in reasons(report)
    assert not Observation.objects.filter(indicator="no_4g").exists()


def test_the_screen_asks_what_a_percentage_is_a_share_of(client):
    owner = make_user()
    space = make_space(owner=owner)
    client.force_login(owner)
    file = SimpleUploadedFile("foyers.csv", RATES.encode())
    client.post(reverse("indicators:add", args=[space.pk]), {"file": file})
    follow = reverse("indicators:follow", args=[Load.objects.get().pk])
    page = client.get(follow).content.decode()
    assert "de quoi est-ce une part" in page
    # Guessed from the file, and what it was guessed from.
    assert '<option value="part" selected>' in page
    assert '<option value="percent" selected>' in page
    assert "<td>24322</td><td>10</td><td>8000</td>" in page
    assert 'value="households"' not in page
    words = {
        "code_column": "insee",
        "value_column": "part",
        "title": "Foyers sans box",
        "unit": "percent",
        "vintage": "2024",
        "source_title": "Enquête",
        "producer": "Syndicat d’Exemple",
        "licence": "Usage interne",
    }

    for more, said in (
        ({}, "Dites de quoi le pourcentage est une part"),
        ({"rate_of": "column"}, "Choisissez la colonne qui les compte"),
        ({"rate_of": "column", "base_column": "part"}, "est déjà celle du code"),
    ):
        assert said in client.post(follow, {**words, **more}).content.decode()

    base = {"rate_of": "column", "base_column": "foyers"}
    client.post(follow, {**words, **base}, follow=True)
    client.post(follow)
    own = Indicator.objects.get(source__space=space)
    assert figure(EPCI, own.pk).value == 15.0


def test_the_columns_of_a_refused_file_are_named_again_without_sending_it(client):
    owner = make_user()
    space = make_space(owner=owner)
    client.force_login(owner)
    file = SimpleUploadedFile("foyers.csv", RATES.encode())
    client.post(reverse("indicators:add", args=[space.pk]), {"file": file})
    follow = reverse("indicators:follow", args=[Load.objects.get().pk])
    words = {
        "code_column": "foyers",
        "value_column": "part",
        "title": "Foyers sans box",
        "unit": "euros",
        "vintage": "2024",
        "source_title": "Enquête",
        "producer": "Syndicat d’Exemple",
        "licence": "Usage interne",
    }
    client.post(follow, words)
    assert Load.objects.get().state == Load.State.REFUSED

    page = client.post(follow, follow=True).content.decode()

    assert "Foyers sans box" in page
    client.post(follow, {**words, "code_column": "insee"})
    assert Load.objects.get().state == Load.State.READY


def test_the_figure_of_the_demonstration_is_counted_from_communes_and_marked():
    owner = make_user()
    space = make_space(owner=owner, territory=Territory.objects.get(pk=EPCI))

    invent_figure(space, owner)

    own = Indicator.objects.get(source__space=space)
    assert own.label.startswith("[SIMULÉ]")
    # (12 % of 500 + 19 % of 1 500 + 26 % of 350) of 2 350.
    assert figure(EPCI, own.pk).value == pytest.approx(18.5532, abs=1e-4)
