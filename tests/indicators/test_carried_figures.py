"""The figures that come with the project, and what the crossings expect of them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from jalons.analysis.context import (
    INSEE_EPCI_CLASSES,
    density_class,
    terciles,
    vulnerability_class,
)
from jalons.indicators.figures import inhabitants_by_level, latest, observations
from jalons.indicators.models import Indicator, Release
from jalons.indicators.operations import load_figures
from jalons.territories.models import Territory

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

needs_shared_data = pytest.mark.skipif(
    not SHARED.exists(), reason="../shared/data is not there to compare with"
)


@pytest.fixture(autouse=True)
def figures(epci_75):
    return load_figures()


def test_rule_10_the_four_density_classes_count_6_23_110_and_15_epci():
    levels = inhabitants_by_level(Territory.objects.epci())

    classes = Counter(density_class(row) for row in levels.values())

    assert classes == {"very_dense": 6, "dense": 23, "sparse": 110, "very_sparse": 15}


def test_rule_10_the_three_levels_of_insee_count_3_22_and_129_epci():
    labels = latest("density_label", Territory.objects.epci())

    classes = Counter(
        INSEE_EPCI_CLASSES[f"{figure.value:.0f}"] for figure in labels.values()
    )

    assert classes == {"dense": 3, "intermediate": 22, "rural": 129}


def test_rule_11_the_thirds_of_income_are_cut_at_21180_and_22380_euros():
    incomes = {
        code: figure.value
        for code, figure in latest("median_income", Territory.objects.epci()).items()
    }

    thirds = terciles(incomes)

    assert (thirds.low, thirds.high) == (21_180, 22_380)
    classes = Counter(vulnerability_class(each, thirds) for each in incomes.values())
    assert sum(classes.values()) == 154
    assert max(classes.values()) - min(classes.values()) <= 3


def test_rule_12_no_dense_epci_is_among_the_most_vulnerable_third():
    levels = inhabitants_by_level(Territory.objects.epci())
    incomes = latest("median_income", Territory.objects.epci())
    thirds = terciles({code: figure.value for code, figure in incomes.items()})

    dense = [code for code, row in levels.items() if density_class(row) == "very_dense"]

    for code in dense:
        assert vulnerability_class(incomes[code].value, thirds) != "high"


def test_the_seven_levels_add_up_to_the_population(epci_75):
    levels = inhabitants_by_level(epci_75)

    assert {epci.code: epci.population for epci in epci_75} == {
        code: sum(row) for code, row in levels.items()
    }


def test_every_epci_has_every_figure(epci_75):
    carried = Indicator.objects.filter(observations__isnull=False).distinct()

    found = observations(carried.values_list("code", flat=True), epci_75)

    assert len(found) == 15
    for figures_by_code in found.values():
        assert len(figures_by_code) == 154
        assert {figure.status for figure in figures_by_code.values()} == {"published"}


def test_a_figure_says_its_unit_its_vintage_and_its_source():
    figure = latest("median_income", ["243300316"])["243300316"]

    assert (figure.value, figure.unit, figure.vintage) == (24_360, "euros", "2021")
    assert "Filosofi" in figure.source
    assert "INSEE" in figure.source


def test_every_definition_has_its_texts_its_licence_and_no_invented_reviewer():
    for indicator in Indicator.objects.select_related("source"):
        for text in (indicator.title, indicator.question, indicator.limits):
            assert {"fr", "en"} <= set(text)
        # What is computed here has the licence of the lists it comes from.
        is_ours = indicator.source_id == "places"
        assert is_ours or indicator.source.licence == "Licence Ouverte 2.0"
        assert indicator.source.url
        assert not indicator.is_reviewed
        assert indicator.author


def test_every_file_of_figures_has_its_release():
    folder = Path(__file__).resolve().parents[2] / "data" / "figures"

    files = {path.name for path in folder.glob("*.csv")}

    assert files == set(Release.objects.values_list("file", flat=True))


@needs_shared_data
@pytest.mark.parametrize(
    ("indicator", "column"),
    [("median_income", "rev_med_21"), ("unemployment", "soc_txchom_1564_22")],
)
def test_figures_agree_with_the_tidy_copy_of_insee(indicator, column):
    path = SHARED / "epci_indicateurs_2026.csv"
    with path.open(encoding="utf-8") as stream:
        theirs = {row["siren_epci"]: row[column] for row in csv.DictReader(stream)}

    ours = latest(indicator, Territory.objects.epci())

    assert {code: figure.value for code, figure in ours.items()} == {
        code: float(theirs[code]) for code in ours
    }
