"""The demonstration of help: invented places, slips that say so, nothing twice."""

from __future__ import annotations

import csv

import pytest
from django.conf import settings

from jalons.demo.helping import FILE, SLIPS, invent_help
from jalons.directory.models import Place
from jalons.orientation.models import Slip
from jalons.territories.models import CURRENT_YEAR, Membership, Territory
from tests.factories import make_space, make_territory, make_user

pytestmark = pytest.mark.django_db


def test_every_place_is_an_example_and_slips_count_once():
    officer, epci = make_user(), make_territory("CA d’Exemple")
    space = make_space(territory=epci, owner=officer)
    path = settings.REFERENCE_DIR / "demo" / FILE
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        commune, _is_new = Territory.objects.get_or_create(
            code=row["code_insee"],
            defaults={
                "kind": Territory.Kind.COMMUNE,
                "name": row["commune"],
                "longitude": float(row["longitude"]),
                "latitude": float(row["latitude"]),
                "area_km2": 50.0,
            },
        )
        Membership.objects.get_or_create(member=commune, group=epci, since=CURRENT_YEAR)

    first = invent_help(space, officer)
    second = invent_help(space, officer)

    assert (len(rows), len(rows)) == (first, second)
    assert all("(exemple)" in one.name for one in Place.objects.all())
    assert all(one.place_list.is_simulated for one in Place.objects.all())
    assert 2 * SLIPS == Slip.objects.count()
    assert Slip.objects.filter(state=Slip.State.CAME).exists()
