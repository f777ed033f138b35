"""Every commune at once says what the pages say one by one."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from jalons.coverage.figures import coverage_of
from jalons.coverage.nation import NATION, nation_of
from jalons.indicators.resemblance import resembling
from jalons.indices import figures
from jalons.indices.models import IndexDefinition
from jalons.indices.operations import load_definitions, shipped_files
from jalons.territories.models import Territory
from tests.coverage.ground import make_ground, put
from tests.indices.conftest import observe

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
CODES = ("24001", "24002", "24003", "24900")
SHARES = {
    "poverty_rate": (12, 18, 9, 22),
    "below_bac": (40, 55, 61, 35),
    "unemployment": (7, 9, 12, 15),
    "lone_parents": (10, 12, 8, 20),
    "share_65_plus": (30, 25, 35, 15),
    "one_person_households": (33, 36, 40, 45),
}


@pytest.fixture
def ground(db) -> Territory:
    """Four communes, three of them in an EPCI, with figures and two places."""
    cache.clear()
    figures._at_hand.clear()
    epci = make_ground()
    Territory.objects.communes().update(area_km2=20)
    load_definitions(shipped_files())
    put("Mairie", 0)
    put("Médiathèque", 14)
    return epci


@pytest.fixture
def known(ground) -> IndexDefinition:
    definition = IndexDefinition.objects.get(code="chiffres-embarques")
    for _axis, one in definition.read().parts:
        observe(one.id, dict(zip(CODES, SHARES.get(one.id, (1, 2, 3, 4)), strict=True)))
    return definition


def test_the_index_of_a_commune_is_that_of_its_page_read_against_france(known):
    found = nation_of(known)

    results = figures.results_of(known.read().index(), NATION)
    communes = [one for one in found.communes if one.code in CODES]
    assert 4 == len(communes)
    for one in communes:
        rank = results.rank_of(one.code)
        assert one.score == results.score_of(one.code) is not None
        assert one.ranks == (rank.rank, rank.low, rank.middle, rank.high)


def test_the_nearest_place_is_that_of_the_page_of_coverage(known, ground):
    found = {one.code: one for one in nation_of(known).communes}

    page = coverage_of(ground, TODAY)
    assert 3 == len(page.communes)
    for one in page.communes:
        assert one.way(page.period) == pytest.approx(found[one.code].nearest_km)


def test_peers_are_those_of_the_page(known):
    found = {one.code: one for one in nation_of(known).communes}

    for territory in Territory.objects.communes():
        page = resembling(territory)
        alone = [(one.code, pytest.approx(one.distance)) for one in page.peers]
        assert alone == list(found[territory.code].peers)


def test_without_figures_nor_places_everything_is_missing_and_said(db):
    make_ground()
    load_definitions(shipped_files())
    cache.clear()
    found = nation_of(IndexDefinition.objects.get(code="chiffres-embarques"))

    assert {None} == {one.score for one in found.communes}
    assert {None} == {one.nearest_km for one in found.communes}
    assert {"unloaded": 4} == found.report["index"]["without_score"]
    assert 0 == found.report["reach"]["places"]


def test_a_file_keeps_what_it_is_beside_it_and_a_dry_run_writes_nothing(
    known, tmp_path
):
    path, out = tmp_path / "communes.csv", StringIO()
    asked = {"index": "chiffres-embarques", "stdout": out}
    call_command("nation", path, dry_run=True, **asked)
    assert not path.exists()

    call_command("nation", path, index="chiffres-embarques", stdout=StringIO())

    rows = list(csv.DictReader(path.read_text().splitlines()))
    about = json.loads((tmp_path / "communes.about.json").read_text())
    assert set(CODES) < {row["code_insee"] for row in rows}
    assert len(rows) == about["communes"] == json.loads(out.getvalue())["communes"]
    with pytest.raises(CommandError):
        call_command("nation", tmp_path / "communes.xlsx", **asked)
