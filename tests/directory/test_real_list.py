"""A real partial list of Nouvelle-Aquitaine, not in the national schema at all."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from jalons.directory.models import Place
from jalons.directory.operations import Order, import_places
from jalons.directory.records import open_records
from jalons.territories.models import Territory

FILE = Path("../shared/data/lieux_mediation_nouvelle_aquitaine_partiel.csv")
ORDER = Order("Nouvelle-Aquitaine", makes_ids=True)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.exists(), reason=f"{FILE} is not there to be read"),
]


@pytest.fixture(autouse=True)
def _communes():
    path = settings.REFERENCE_DIR / "reference" / "communes.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["region"] == "R75"]
    Territory.objects.bulk_create(
        Territory(
            code=row["code"],
            kind=Territory.Kind.COMMUNE,
            name=row["name"],
            area_km2=float(row["area_km2"]),
            longitude=float(row["longitude"]),
            latitude=float(row["latitude"]),
        )
        for row in rows
    )


def test_984_rows_are_read_and_every_one_is_accounted_for():
    report = import_places(open_records(FILE), ORDER, by=None)

    assert (report.rows, report.created, len(report.refused)) == (984, 975, 9)
    # Six rows repeat the name and address of another; three have no known commune.
    assert Counter(one.column for one in report.refused) == {"id": 6, "commune": 3}
    centres = Place.objects.filter(position=Place.Position.COMMUNE)
    assert centres.count() == 6
    assert set(report.unknown_columns) == {
        *("itinerant", "siren_epci", "nom_epci", "code_departement"),
    }


def test_once_more_it_changes_nothing():
    import_places(open_records(FILE), ORDER, by=None)

    again = import_places(open_records(FILE), ORDER, by=None)

    assert (again.created, again.updated, again.unchanged) == (0, 0, 975)
