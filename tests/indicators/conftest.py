from __future__ import annotations

import csv

import pytest
from django.conf import settings

from jalons.territories.models import Territory


@pytest.fixture
def epci_75(db) -> list[Territory]:
    """The 154 EPCI of Nouvelle-Aquitaine, without the rest of France."""
    path = settings.REFERENCE_DIR / "reference" / "epci.csv"
    with path.open(encoding="utf-8") as stream:
        return Territory.objects.bulk_create(
            Territory(
                code=row["code"],
                kind=Territory.Kind.EPCI,
                name=row["name"],
                population=int(row["population"]),
            )
            for row in csv.DictReader(stream)
            if row["region"] == "R75"
        )
