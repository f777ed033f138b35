"""What the answers of a territory amount to, under the score and its variants."""

from __future__ import annotations

import pytest

from jalons.analysis.codes import encode
from jalons.analysis.grid import Grid
from jalons.analysis.scoring import Item, ScoreClass, Single
from jalons.observatory.loading import load
from jalons.observatory.standings import _without_counts, standings
from jalons.surveys.figures import territory_scores
from jalons.surveys.matrix import matrix_of
from tests.factories import make_campaign, make_response, make_territory
from tests.observatory.example import ADVANCED, INTERMEDIATE, LOW


def standing_of(campaign, territory, **populations):
    """The standings of a campaign, with populations by code."""
    found = standings(
        campaign.version.read(),
        matrix_of(campaign),
        territory_scores(campaign),
        populations,
        frozenset(),
    )
    return found[territory.code]


def test_political_resources_have_their_own_levels(example):
    found = load(example.campaign).standings

    # Political points: 0, then 2 + 2 = 4, then 4 + 3 = 7.
    levels = {n: found[example.code(n)].political for n in (1, 3, 6)}
    assert {1: "few", 3: "some", 6: "some"} == levels


def test_without_counts_the_total_is_brought_back_to_37(example):
    found = load(example.campaign).standings

    # 27 points less 3 for R3 and 3 for S1, out of 27: 21 × 37/27 = 28.8.
    assert "very_advanced" == found[example.code(10)].without_counts
    # 16 less 3: 13 × 37/27 = 17.8.
    assert "advanced" == found[example.code(6)].without_counts


def test_a_whole_result_stays_whole_once_brought_back():
    items = [
        Item("P1", "d", 13, Single({"no": 0, "all": 13})),
        Item("R3", "d", 14, Single({"no": 0, "all": 14})),
    ]
    grid = Grid(items, (ScoreClass("low", 0, 26), ScoreClass("high", 27, 27)), total=27)

    found = _without_counts(grid, encode(grid, [{"P1": "all", "R3": "all"}]))

    # 13 × 27/13; dividing first gives 27.000000000000004, above every class.
    assert [27.0] == found.tolist()


def test_a_score_made_of_counts_falls_without_them():
    campaign = make_campaign()
    counted = INTERMEDIATE | {"P1a": "no", "P1b": "no", "R1": "no", "R3": "from_4"}
    make_response(campaign, **(counted | {"S1": "from_1"}))
    territory = campaign.territories.get()

    standing = standing_of(campaign, territory)

    # 4 + 3 = 7 points, none of them outside R3 and S1.
    assert ("intermediate", "low") == (standing.class_code, standing.without_counts)


def test_posts_are_counted_again_by_inhabitant():
    large, small = make_territory(), make_territory()
    campaign = make_campaign(large, small)
    make_response(campaign, large, **(LOW | {"P1a": "regular", "R3": "from_4"}))
    make_response(campaign, small, **(LOW | {"P1a": "regular", "R3": "from_1"}))
    populations = {large.code: 400_000, small.code: 5_000}

    found = {
        place.code: standing_of(campaign, place, **populations)
        for place in (large, small)
    }

    # 6 and 4 points; per inhabitant, the 4 points go to the small one.
    assert ("intermediate", "low") == (
        found[large.code].class_code,
        found[large.code].per_inhabitants,
    )
    assert ("low", "intermediate") == (
        found[small.code].class_code,
        found[small.code].per_inhabitants,
    )


def test_without_population_posts_keep_their_points():
    campaign = make_campaign()
    make_response(campaign, **ADVANCED)

    standing = standing_of(campaign, campaign.territories.get())

    assert standing.class_code == standing.per_inhabitants


@pytest.mark.parametrize(
    ("second", "expected"), [("yes", True), ("no", None), ("dont_know", True)]
)
def test_respondents_who_disagree_leave_a_question_out(second, expected):
    campaign = make_campaign()
    make_response(campaign, **(LOW | {"P2": "yes", "P3": ["none"]}))
    given = {"P3": ["none"]} if second == "yes" else {}
    make_response(campaign, **(LOW | {"P2": second} | given))

    standing = standing_of(campaign, campaign.territories.get())

    assert standing.sides["P2"] is expected


def test_classes_remain_once_answers_are_erased(example):
    before = load(example.campaign).standings
    example.campaign.responses.all().delete()

    after = load(example.campaign).standings

    assert {code: one.class_code for code, one in before.items()} == {
        code: one.class_code for code, one in after.items()
    }
    assert {None} == {one.without_counts for one in after.values()}
    assert not after[example.code(1)].sides
