from __future__ import annotations

import csv

import pytest
from django.conf import settings
from django.core.cache import cache

from jalons.indicators.models import Indicator, Observation, Release, Source
from jalons.indicators.operations import load_figures
from jalons.indices import figures
from jalons.indices.operations import load_definitions, shipped_files
from jalons.territories.models import Membership, Territory

Kind = Territory.Kind
TEXT = {"fr": "Un titre", "en": "A title"}


@pytest.fixture(autouse=True)
def _nothing_kept(db):
    """What one test computed is no answer for the next."""
    cache.clear()
    figures._at_hand.clear()


@pytest.fixture
def region(db) -> Territory:
    """Nouvelle-Aquitaine: its 154 EPCI, their départements and their figures."""
    region = Territory.objects.create(
        code="R75", kind=Kind.REGION, name="Nouvelle-Aquitaine", population=6_000_000
    )
    path = settings.REFERENCE_DIR / "reference" / "epci.csv"
    with path.open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["region"] == "R75"]
    departements = Territory.objects.bulk_create(
        Territory(code=code, kind=Kind.DEPARTEMENT, name=f"Département {code}")
        for code in sorted({row["departement"] for row in rows})
    )
    epci = Territory.objects.bulk_create(
        Territory(
            code=row["code"],
            kind=Kind.EPCI,
            name=row["name"],
            population=int(row["population"]),
            area_km2=float(row["area_km2"]),
        )
        for row in rows
    )
    Membership.objects.bulk_create(
        [
            *(Membership(member=one, group=region, since=2026) for one in epci),
            *(Membership(member=one, group=region, since=2026) for one in departements),
            *(
                Membership(
                    member_id=row["code"], group_id=row["departement"], since=2026
                )
                for row in rows
            ),
        ]
    )
    load_figures()
    return region


@pytest.fixture
def shipped(db):
    """The indices that come with the project, loaded."""
    return load_definitions(shipped_files())


def observe(indicator: str, values: dict[str, float | None], vintage: str = "2022"):
    """Give an indicator its values by code; None is a secret."""
    source, _is_new = Source.objects.get_or_create(
        code="essai", defaults={"title": "Fichier d’essai", "producer": "Producteur"}
    )
    Indicator.objects.get_or_create(
        code=indicator,
        defaults={"source": source, "title": TEXT, "question": TEXT, "limits": TEXT},
    )
    release, _is_new = Release.objects.get_or_create(source=source, vintage=vintage)
    status = Observation.Status
    Observation.objects.bulk_create(
        Observation(
            territory_id=code,
            indicator_id=indicator,
            release=release,
            value=value,
            status=status.SECRET if value is None else status.PUBLISHED,
        )
        for code, value in values.items()
    )
