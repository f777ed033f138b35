from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from jalons.territories.models import Membership, Territory

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
OFFICIAL = SHARED / "appartenance_communes_epci_2021_2026.parquet"
YEARS = range(2021, 2027)

pytestmark = pytest.mark.usefixtures("reference", "db")


def test_the_epci_of_the_region_were_155_in_2021_and_are_154_since():
    """Each EPCI in the région of most of its inhabitants that year."""
    counts = [Territory.objects.epci().within("R75", year).count() for year in YEARS]

    assert counts == [155, 154, 154, 154, 154, 154]


def test_the_communes_of_a_past_year_include_those_absorbed_since():
    then = Territory.objects.communes().within("R75", 2021)

    assert then.count() == 4_313
    assert then.exclude(until=None).count() == 20


def test_a_territory_that_ceased_is_not_of_today():
    agen = Territory.objects.get(code="200035459")

    assert (agen.name, agen.until) == ("CA d'Agen", 2021)
    assert not Territory.objects.epci().current().filter(code=agen.code).exists()
    assert not Territory.objects.containing(agen).exists()
    assert {"47", "R75"} == {
        group.code for group in Territory.objects.containing(agen, 2021)
    }


def test_a_commune_that_changed_its_epci_belongs_to_each_in_its_time():
    moved = Membership.objects.filter(
        member__kind="commune", group__kind="epci", until__isnull=False
    ).exclude(member__until__isnull=False)
    one = moved.order_by("member").first()

    then = Territory.objects.epci().containing(one.member, one.until).get()
    now = Territory.objects.epci().containing(one.member).get()
    assert then == one.group
    assert then != now


@pytest.mark.parametrize("year", YEARS)
def test_memberships_of_each_year_are_those_of_the_official_lists(year):
    polars = pytest.importorskip("polars", reason="the extra [bench] is not installed")
    if not OFFICIAL.exists():
        pytest.skip("../shared/data is not there to compare with")
    official = polars.read_parquet(OFFICIAL).filter(polars.col("millesime") == year)
    theirs = defaultdict(set)
    for commune, epci in official.select("code_insee", "siren_epci").iter_rows():
        if not commune.startswith("98"):
            theirs[epci].add(commune)

    ours = defaultdict(set)
    pairs = Membership.objects.in_year(year).filter(
        member__kind="commune", group__kind="epci"
    )
    for commune, epci in pairs.values_list("member", "group"):
        ours[epci].add(commune)
    assert ours == theirs
