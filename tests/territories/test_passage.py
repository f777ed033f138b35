from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jalons.territories import passage
from jalons.territories.passage import Fate, Heir

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
codes_of_today = passage.read().today


def test_a_code_of_today_is_itself():
    assert passage.read().of("24322").heirs == (Heir("24322"),)


def test_an_absorbed_commune_leads_to_the_one_that_absorbed_it():
    passed = passage.read().of("01033", 2021)

    assert (passed.fate, passed.heirs) == (Fate.SAME, (Heir("01033"),))
    passed = passage.read().of("01018", 2021)
    assert (passed.fate, passed.heirs) == (Fate.MERGED, (Heir("01033"),))


def test_a_commune_split_in_2024_gives_its_parts_their_shares_of_inhabitants():
    passed = passage.read().of("85084", 2023)

    total = 6_835 + 1_264 + 1_338
    assert passed.fate == Fate.SPLIT
    assert {heir.code: heir.share for heir in passed.heirs} == {
        "85084": 6_835 / total,
        "85165": 1_264 / total,
        "85212": 1_338 / total,
    }


def test_after_its_split_the_same_code_is_the_commune_that_went_on():
    passed = passage.read().of("85084", 2024)

    assert (passed.fate, passed.heirs) == (Fate.SAME, (Heir("85084"),))


def test_before_the_first_vintage_a_split_code_is_ambiguous():
    assert passage.read().of("85084", 2015).fate == Fate.AMBIGUOUS


def test_an_epci_that_ceased_is_shared_among_those_of_its_communes():
    agen = passage.read().of("200035459", 2021)
    morbihan = passage.read().of("200067221", 2021)

    assert agen.heirs == (Heir("200096956"),)
    assert {heir.code for heir in morbihan.heirs} == {"200096675", "200096683"}
    assert sum(heir.share for heir in morbihan.heirs) == pytest.approx(1)


def test_a_code_that_never_was_is_unknown_and_reported():
    report = passage.read().report(["24322", "01018", "99999"], 2021)

    assert report.same == 1
    assert report.merged == {"01018": "01033"}
    assert report.unknown == ("99999",)


@pytest.mark.parametrize("year", range(2021, 2027))
def test_every_heir_exists_and_shares_sum_to_one(year):
    known = passage.read()

    for code in [*known.became, *known.splits]:
        heirs = known.of(code, year).heirs
        assert {heir.code for heir in heirs} <= known.today
        assert sum(heir.share for heir in heirs) == pytest.approx(1)


@pytest.mark.parametrize(
    ("file", "column", "year", "merged"),
    [
        # Numbers of codes that ceased, counted in each table when it was prepared.
        ("filosofi_2021_communes.csv", "code_insee", 2021, 113),
        ("grille_densite_7_niveaux_2022.csv", "code_insee", 2022, 92),
        ("communes_rp2022_agrege_iris.csv", "code_insee", 2022, 45),
        ("arcep_debits_communes_2019T3.csv", "code_insee", 2019, 493),
        ("composantes_ifn_d4g_2020_communes.csv", "code_insee", 2020, 149),
    ],
)
def test_no_code_of_the_published_tables_is_lost(file, column, year, merged):
    path = SHARED / file
    if not path.exists():
        pytest.skip("../shared/data is not there to compare with")
    with path.open(encoding="utf-8") as stream:
        codes = {row[column] for row in csv.DictReader(stream)}

    report = passage.read().report(codes, year)

    absent = {code for code in codes if code not in codes_of_today}
    assert len(absent) == merged
    assert absent <= {*report.merged, *report.split, *report.unknown}
    # Quarters of Paris, Lyon and Marseille, and collectivities of the Pacific.
    lost = [
        code
        for code in report.unknown
        if not code.startswith(("751", "693", "132", "98"))
    ]  # noqa: E501  fmt: skip
    assert lost == []
