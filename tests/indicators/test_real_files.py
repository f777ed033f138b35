"""The official figures themselves, with their real defects; skipped when absent."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from jalons.indicators.figures import latest
from jalons.indicators.loading import load
from jalons.indicators.models import Observation
from jalons.indicators.operations import load_figures
from jalons.indicators.orders import Order
from jalons.territories.models import Territory
from jalons.territories.operations import load_reference
from tests.indicators.places import one

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("france", "db"),
    pytest.mark.skipif(
        not SHARED.exists(), reason="../shared/data is not there to be loaded"
    ),
]


@pytest.fixture(scope="module")
def france(module_rows):
    """The whole geography and the carried figures, once for the module."""
    load_reference()
    load_figures()


def rows(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def renamed(name: str, columns: dict[str, str], fill: str) -> io.BytesIO:
    """A tidy table under the producer's names of columns, `;` and decimal commas."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns.values()), delimiter=";")
    writer.writeheader()
    for row in rows(name):
        cells = {theirs: row[ours] for ours, theirs in columns.items()}
        writer.writerow({k: v.replace(".", ",") or fill for k, v in cells.items()})
    return io.BytesIO(text.getvalue().encode())


def value(code: str, indicator: str) -> float | None:
    return latest(indicator, [code])[code].value


def test_incomes_of_2021_with_their_secrets_and_113_codes_that_ceased():
    file = renamed(
        "filosofi_2021_communes.csv",
        {
            "code_insee": "CODGEO",
            "nb_personnes_menages_fiscaux_2021": "NBPERSMENFISC21",
            "niveau_vie_median_2021": "MED21",
            "taux_pauvrete_2021": "TP6021",
        },
        "s",
    )

    report = one(load(Order("filosofi", "filosofi.csv"), file, by=None))

    assert (report.state, report.rows, report.problem_count) == ("loaded", 34_909, 0)
    assert value("33063", "median_income") == 24_870
    assert value("33063", "poverty_rate") == 17
    # The quarters of Paris, Lyon and Marseille are in the file beside their commune.
    assert report.merged_count + len(report.split) <= 113
    secret = Observation.objects.filter(indicator="poverty_rate", status="secret")
    assert secret.filter(territory__kind="commune").count() > 30_000


def test_the_density_grid_gives_each_epci_the_inhabitants_of_its_levels():
    with (SHARED / "grille_densite_7_niveaux_2022.csv").open("rb") as file:
        report = one(load(Order("density_grid", "g.csv", "2022"), file, by=None))

    assert (report.state, report.rows, report.merged_count) == ("loaded", 34_955, 92)
    assert sorted(report.split) == ["15141", "60054", "85084"]
    for level in range(1, 8):
        code = f"density_{level}"
        loaded = Observation.objects.filter(
            indicator=code, release__name="g.csv", territory__kind="epci"
        )
        carried = Observation.objects.filter(
            indicator=code, release__file="epci_75_density.csv"
        )
        ours = dict(loaded.values_list("territory", "value"))
        theirs = dict(carried.values_list("territory", "value"))
        # Carried figures are rounded to whole inhabitants.
        assert {c: ours[c] for c in theirs} == pytest.approx(theirs, abs=0.51)


def test_exclusive_classes_of_2019_give_the_published_share_at_30_mbits():
    with (SHARED / "arcep_debits_communes_2019T3.csv").open("rb") as file:
        report = one(load(Order("arcep_fixed", "arcep.csv"), file, by=None))

    assert (report.state, report.vintage) == ("loaded", "2019-09-30")
    assert report.merged_count == 493
    assert sorted(report.ambiguous) == ["15141", "60054", "85084"]
    known = latest("no_thd", Territory.objects.communes().current())
    published = {
        row["code_insee"]: float(row["pct_thd30plus"])
        for row in rows("arcep_debits_communes_2019T3.csv")
        if row["pct_thd30plus"]
    }
    assert 100 - known["33063"].value == pytest.approx(published["33063"], abs=0.1)


def test_france_services_of_the_region_are_348():
    with (SHARED / "france_services_2024-08.csv").open("rb") as file:
        report = one(load(Order("france_services", "fs.csv", "2024"), file, by=None))

    assert (report.state, report.rows) == ("loaded", 2_845)
    assert value("R75", "france_services") == 348


def test_programmes_and_districts_are_counted_in_their_territories():
    with (SHARED / "anct_programmes_2024.csv").open("rb") as file:
        programmes = one(load(Order("anct_programmes", "p.csv", "2024"), file, by=None))
    with (SHARED / "qpv_2015_demographie_2020.csv").open("rb") as file:
        districts = one(load(Order("qpv", "q.csv", "2020"), file, by=None))

    assert programmes.state == districts.state == "loaded"
    assert value("R75", "qpv") == 81
    small = {
        row["code_geo"]
        for row in rows("anct_programmes_2024.csv")
        if row["programme"] == "pvd" and row["code_geo"].startswith("24")
    }
    assert value("24", "programme_pvd") == len(small)
