from __future__ import annotations

from jalons.indicators.build import inhabitants_by_level, pass_codes


def grid(*rows: tuple[str, str, str]) -> list[dict[str, str]]:
    names = ("code_insee", "densite_7", "population_2019")
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_a_merged_commune_has_the_levels_of_those_that_made_it():
    rows = grid(("24001", "5", "300"), ("24002", "7", "100"), ("24003", "6", "50"))

    passage = pass_codes(rows, ["24001", "24003"], {"24002": "24001"})

    assert passage.levels == {"24001": {5: 0.75, 7: 0.25}, "24003": {6: 1.0}}
    assert passage.passed == {"24002": "24001"}


def test_a_code_that_leads_nowhere_is_reported_and_not_dropped_silently():
    passage = pass_codes(grid(("24009", "5", "300")), ["24001"], {})

    assert passage.unknown == ["24009"]
    assert passage.levels == {}


def test_a_commune_where_nobody_lived_is_shared_in_equal_parts():
    rows = grid(("55039", "7", "0"), ("55040", "6", "0"))

    passage = pass_codes(rows, ["55039"], {"55040": "55039"})

    assert passage.levels == {"55039": {7: 0.5, 6: 0.5}}


def test_inhabitants_are_summed_over_the_communes_of_an_epci():
    communes = [
        {"code": "24001", "epci": "200000001", "population": "400"},
        {"code": "24002", "epci": "200000001", "population": "100"},
    ]

    sums = inhabitants_by_level(
        communes, {"24001": {5: 0.75, 7: 0.25}, "24002": {1: 1}}
    )

    assert sums == {"200000001": [100, 0, 0, 0, 300, 0, 100]}
