"""Crossings of the small survey: counts by hand, margins, what may be said."""

from __future__ import annotations

import pytest

from jalons.analysis.intervals import wilson
from jalons.observatory import figures
from jalons.observatory.answer_results import TOTAL
from jalons.observatory.variables import neighbours
from jalons.surveys.models import Involvement
from jalons.territories.models import Territory


def counts(crossing):
    return {line.label: [c.count for c in line.cells] for line in crossing.lines}


def test_maturity_by_vulnerability_counts_every_territory_once(example):
    crossing = figures.team_figures(example.campaign).crossing(
        "maturity_by_vulnerability"
    )

    assert {
        "high": [3, 1, 0, 0],
        "middle": [0, 1, 2, 0],
        "low": [0, 0, 1, 2],
    } == counts(crossing)
    assert (0, 0, 0, 0) == crossing.without


def test_a_territory_without_context_is_counted_apart(example):
    crossing = figures.team_figures(example.campaign).crossing("maturity_by_density")

    assert {
        "very_dense": [0, 0, 0, 0],
        "dense": [0, 0, 0, 1],
        "sparse": [1, 1, 3, 0],
        "very_sparse": [2, 1, 0, 0],
    } == counts(crossing)
    # EPCI 12 has no density.
    assert (0, 0, 0, 1) == crossing.without
    assert 1 == crossing.without_count


@pytest.mark.parametrize("audience", ["team", "public"])
def test_margins_equal_the_headline_and_a_stated_number(example, audience):
    found = (
        figures.team_figures(example.campaign)
        if audience == "team"
        else figures.public_figures(example.campaign).figures
    )
    maturity = [one for one in found.crossings if one.column_variable == "maturity"]

    assert maturity
    for crossing in maturity:
        for at, headline in enumerate(found.distribution):
            inside = sum(line.cells[at].count for line in crossing.lines)
            assert headline.count == inside + crossing.without[at]
            assert headline.count == crossing.total.cells[at].count
        assert TOTAL == crossing.total.label


def test_intervals_know_how_many_territories_each_row_holds(example):
    crossing = figures.team_figures(example.campaign).crossing(
        "maturity_by_vulnerability"
    )
    middle = crossing.lines[1]

    # Three of the four EPCI of intermediate vulnerability answered.
    assert wilson(2, 3, 4) == middle.cells[2].interval


def test_the_reading_compares_two_groups_by_an_exact_test(example):
    crossing = figures.team_figures(example.campaign).crossing(
        "maturity_by_vulnerability"
    )
    finding = crossing.reading.finding

    assert (("low",), ("high",), ("low",)) == (
        crossing.reading.columns,
        crossing.reading.first_rows,
        crossing.reading.last_rows,
    )
    assert (3, 4, 0, 3) == (
        finding.first.count,
        finding.first.n,
        finding.last.count,
        finding.last.n,
    )
    # Fisher: 4/35 for this table, 1/35 for the one further out.
    assert 5 / 35 == pytest.approx(finding.p_value)
    assert "no_conclusion" == finding.kind
    assert finding.n_small


def test_density_is_read_by_rural_and_urban_leaning(example):
    crossing = figures.team_figures(example.campaign).crossing("maturity_by_density")
    finding = crossing.reading.finding

    assert (("sparse", "very_sparse"), ("very_dense", "dense")) == (
        crossing.reading.first_rows,
        crossing.reading.last_rows,
    )
    # Advanced or more: 3 of 8 rural-leaning, 1 of 1 urban-leaning.
    assert (3, 8, 1, 1) == (
        finding.first.count,
        finding.first.n,
        finding.last.count,
        finding.last.n,
    )


def test_p_is_adjusted_for_the_crossings_examined(example):
    found = figures.team_figures(example.campaign)
    findings = [one.reading.finding for one in found.crossings if one.reading]
    tested = [one for one in findings if one.p_value is not None]

    # Nobody has many political resources: that crossing cannot be tested.
    assert (3, 2) == (len(findings), len(tested))
    assert 2 == found.comparisons
    assert {2} == {one.comparisons for one in tested}
    assert all(one.p_adjusted >= one.p_value for one in tested)


def test_density_and_vulnerability_are_crossed_over_the_whole_perimeter(example):
    crossing = figures.team_figures(example.campaign).crossing(
        "density_by_vulnerability"
    )

    assert {
        "high": [0, 0, 1, 3],
        "middle": [0, 0, 4, 0],
        "low": [0, 2, 1, 0],
    } == counts(crossing)
    assert ("high", "dense") in crossing.empty
    assert crossing.reading is None
    assert crossing.lines[0].cells[0].interval is None


def test_political_resources_by_density(example):
    crossing = figures.team_figures(example.campaign).crossing("political_by_density")

    # Political points: 0 for the lowest, 4 for the intermediate, 7 beyond.
    assert {
        "very_dense": [0, 0, 0],
        "dense": [0, 1, 0],
        "sparse": [1, 4, 0],
        "very_sparse": [2, 1, 0],
    } == counts(crossing)
    assert () == crossing.checked


def test_the_involvement_of_the_departement_is_context_without_a_test(example):
    Involvement.objects.create(
        space=example.campaign.space,
        departement=Territory.objects.get(code="91"),
        level=Involvement.Level.SCHEME,
        source="Schéma départemental",
        stated_on="2026-01-01",
    )

    crossing = figures.team_figures(example.campaign).crossing(
        "maturity_by_involvement"
    )

    # 1, 3, 5, 7, 9 lie in 91; nothing is known of 92.
    assert [1, 2, 2, 0] == counts(crossing)["scheme"]
    assert 5 == crossing.without_count
    assert crossing.reading is None
    assert crossing.test is None


def test_variants_take_size_out_of_the_score(example):
    crossing = figures.team_figures(example.campaign).crossing(
        "maturity_by_vulnerability"
    )

    assert ("per_inhabitants", "without_counts") == crossing.checked
    assert () == crossing.variants


def test_small_neighbouring_rows_are_put_together():
    sizes = {"a": 3, "b": 20, "c": 4, "d": 5}

    assert [("a", "b"), ("c", "d")] == neighbours("abcd", sizes, least=9)
    assert [("a", "b", "c", "d")] == neighbours("abcd", sizes, least=30)


def test_links_cross_question_against_question(example):
    links = {
        (one.facilitator, one.outcome): one
        for one in figures.team_figures(example.campaign).links
    }

    # A body coordinates for 3, 5, 6, 7, 9, 10, 12; a strategy exists for 10 and 12.
    coordinated = links["R1", "S3"]
    assert (2, 7) == (coordinated.yes.count, coordinated.yes.n)
    assert (0, 3) == (coordinated.no.count, coordinated.no.n)
    # Sponsored: 6, 7, 9, 10, 12.
    sponsored = links["P2", "S4"]
    assert (2, 5) == (sponsored.yes.count, sponsored.yes.n)
    assert ("deliberation_in_both",) == sponsored.remarks
    assert {4} == {one.finding.comparisons for one in links.values()}
