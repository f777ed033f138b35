from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.grid import ScoreClass
from jalons.analysis.robustness import ABSOLUTE_COUNTS
from jalons.analysis.scoring import (
    DONT_KNOW,
    NONE,
    Grid,
    Item,
    Points,
    Range,
    Score,
    Single,
    UnknownAnswer,
    class_positions,
    classify,
    classify_in,
    combine,
    encode,
    rescaled_without,
    score,
    score_matrix,
    stability,
    weighted_median,
)
from tests.analysis.grids import CLASSES, LISTS, MATURITY, answers
from tests.analysis.tables import table

FULL = answers(
    table("""
    P1a     | P1b     | P2  | P3                              | R1   | R2a
    regular | regular | yes | named+vice_president+voted+budget | full | a+b+c+d+e
    """)[0]
    | table("""
    R2b  | R3 | S1 | S2        | S3  | S4
    acts | 4+ | 1+ | committee | yes | written+voted+planned+followed
    """)[0]
)


def total(low, high=None):
    return Score(low, low if high is None else high, {}, ())


def test_each_answer_gives_the_points_of_the_grid():
    rows = table("""
        question | answer            | points
        P1a      | no                | 0
        P1a      | regular           | 2
        P2       | yes               | 3
        R1       | informal          | 1
        R1       | full              | 4
        R2a      | none              | 0
        R2a      | a                 | 1
        R2a      | a+b               | 1
        R2a      | a+b+c             | 2
        R2a      | a+b+c+d           | 2
        R2a      | a+b+c+d+e         | 3
        R2a      | a+b+c+d+e+f+g+h   | 3
        R3       | 2-3.9             | 3
        S2       | many              | 1
        S3       | draft             | 1
    """)

    for row in rows:
        given_answer = answers({row["question"]: row["answer"]})
        lines = score(MATURITY, given_answer).lines
        line = next(line for line in lines if line.code == row["question"])
        assert (line.low, line.high) == (int(row["points"]), int(row["points"])), row


def test_the_best_answers_make_37_points_in_three_dimensions():
    found = score(MATURITY, FULL)

    assert (found.low, found.high) == (37, 37)
    assert found.by_dimension == {
        "political": Range(11, 11),
        "resources": Range(13, 13),
        "steering": Range(13, 13),
    }


def test_a_blank_answer_and_ne_sait_pas_are_missing_not_zero():
    for missing in ({}, {"R3": ""}, {"R3": DONT_KNOW}):
        found = score(MATURITY, {k: v for k, v in FULL.items() if k != "R3"} | missing)

        assert (found.low, found.high) == (33, 37)
        assert Points("R3", 0, 4, "missing", "resources", 4) in found.lines


def test_ne_sait_pas_beside_ticked_boxes_makes_the_answer_missing():
    found = score(MATURITY, FULL | {"R2a": ["a", "b", DONT_KNOW]})

    assert (found.low, found.high) == (34, 37)


def test_an_empty_list_is_missing_and_none_of_these_is_zero():
    empty = score(MATURITY, FULL | {"S4": []})
    none = score(MATURITY, FULL | {"S4": [NONE]})

    assert (empty.low, empty.high) == (33, 37)
    assert (none.low, none.high) == (33, 33)


def test_a_choice_named_none_is_a_choice():
    item = Item("Q", "d", 1, Single({NONE: 0, "one": 1}))
    grid = Grid([item], (ScoreClass("all", 0, 1),), total=1)

    fast = score_matrix(grid, encode(grid, [{"Q": NONE}, {"Q": "one"}, {}]))

    assert score(grid, {"Q": NONE}).lines[0].state == "asked"
    assert (fast.low.tolist(), fast.high.tolist()) == ([0, 1, 0], [0, 1, 1])


def test_a_conditional_question_is_zero_when_not_asked_missing_when_nobody_knows():
    rows = table("""
        P2        | P3     | low | high | state
        no        |        | 0   | 0    | not_asked
        no        | voted  | 0   | 0    | not_asked
        yes       | voted  | 1   | 1    | asked
        yes       |        | 0   | 4    | missing
        dont_know |        | 0   | 4    | missing
        dont_know | voted  | 0   | 4    | missing
                  |        | 0   | 4    | missing
    """)

    for row in rows:
        line = score(MATURITY, answers(row)).lines[3]
        found = (line.code, line.low, line.high, line.state)
        assert found == ("P3", int(row["low"]), int(row["high"]), row["state"]), row


def test_an_answer_the_grid_does_not_know_is_refused():
    with pytest.raises(UnknownAnswer, match="P2: no points are defined for 'maybe'"):
        score(MATURITY, {"P2": "maybe"})
    with pytest.raises(UnknownAnswer, match="P2"):
        score(MATURITY, {"P2": ["yes", "no"]})
    for wrong in ({"P2": "maybe"}, {"P2": ["yes", "no"]}, {"R1": NONE}):
        with pytest.raises(UnknownAnswer):
            encode(MATURITY, [wrong])


def test_class_limits():
    rows = table("""
        total | class         | between two published classes
        0     | early         |
        5     | early         |
        5.5   | early         | yes
        6     | middle        |
        6.5   | middle        |
        14    | middle        |
        14.5  | middle        | yes
        15    | advanced      |
        21    | advanced      |
        21.5  | advanced      | yes
        22    | very_advanced |
        36.5  | very_advanced |
        37    | very_advanced |
    """)

    for row in rows:
        value = float(row["total"])
        found = classify(MATURITY, value, value)
        borderline = "between two published classes" in row
        assert (found.code, found.is_borderline) == (row["class"], borderline), row
        assert not found.is_uncertain


def test_the_class_uses_the_low_bound_and_says_when_missing_answers_could_change_it():
    rows = table("""
        low | high | class    | uncertain
        3   | 5    | early    |
        3   | 5.5  | early    |
        3   | 6    | early    | yes
        14  | 15   | middle   | yes
        15  | 21.5 | advanced |
        15  | 37   | advanced | yes
    """)

    for row in rows:
        found = classify(MATURITY, float(row["low"]), float(row["high"]))
        assert (found.code, found.is_uncertain) == (row["class"], "uncertain" in row), (
            row
        )


@pytest.mark.parametrize("value", [-0.5, 37.5])
def test_a_total_outside_the_grid_has_no_class(value):
    with pytest.raises(ValueError, match="outside the classes"):
        classify(MATURITY, value, value)


def test_political_resources_have_three_levels_of_their_own():
    levels = (
        ScoreClass("low", 0, 4),
        ScoreClass("mid", 4, 8),
        ScoreClass("high", 8, 11),
    )

    found = [classify_in(levels, value, value).code for value in (0, 3, 4, 7, 8, 11)]

    assert found == ["low", "low", "mid", "mid", "high", "high"]


def test_two_respondents_give_a_half_point():
    found = combine([total(5), total(6)])

    assert (found.low, found.high, found.minimum, found.maximum) == (5.5, 5.5, 5, 6)
    assert classify(MATURITY, found.low, found.high).is_borderline


def test_the_median_is_taken_on_each_bound():
    found = combine([total(4, 9), total(10), total(2, 20)])

    assert (found.low, found.high) == (4, 10)
    assert (found.minimum, found.maximum, found.n) == (2, 20, 3)


def test_the_validated_answer_of_the_institution_replaces_the_others():
    validated = score(MATURITY, FULL)
    technician = score(MATURITY, FULL | {"S2": "no"})

    found = combine([technician, technician], "consensus", validated=validated)

    assert (found.low, found.minimum, found.n) == (37, 34, 2)
    assert found.by_dimension["steering"] == Range(13, 13)


def test_consensus_without_a_validated_answer_is_refused():
    with pytest.raises(ValueError, match="validated by the institution"):
        combine([total(3)], "consensus")


def test_the_maximum_per_indicator_may_exceed_every_respondent():
    one = score(MATURITY, FULL | {"S2": "no"})
    other = score(MATURITY, FULL | {"R3": "0"})

    found = combine([one, other], "maximum")

    assert (one.low, other.low, found.low) == (34, 33, 37)


def test_a_territory_without_answer_has_no_score():
    with pytest.raises(ValueError, match="no respondent"):
        combine([])


def test_dropping_a_question_rescales_the_rest():
    found = rescaled_without(MATURITY, score(MATURITY, FULL | {"R3": "0"}), {"R3"})

    assert found == Range(37.0, 37.0)


def test_a_large_territory_without_what_its_size_gives():
    large = table("""
        P1a  | P1b  | P2 | R1 | R2a       | R2b   | R3 | S1 | S2 | S3
        some | some | no | no | a+b+c+d+e | talks | 4+ | 1+ | yes| no
    """)[0]
    whole = score(MATURITY, answers(large))

    left = rescaled_without(MATURITY, whole, ABSOLUTE_COUNTS)

    # 15 points, 10 of them for R2a, R3 and S1; 5 × 37/27 = 6.85.
    assert (15, 6.85) == (whole.low, round(left.low, 2))
    assert "middle" == classify(MATURITY, left.low, left.high).code


def test_stability_names_the_questions_that_would_change_the_class():
    rows = table("""
        P1a     | P1b     | P2  | P3    | R1   | R2a | R2b  | R3 | S1 | S2 | S3 | points
        regular | regular | yes | voted | full | a   | talks| 0  | 0  | no | no | 14
    """)
    answer = score(MATURITY, answers(rows[0]))

    dropped = {one.code: one.class_code for one in stability(MATURITY, answer)}

    # Without R3 or S4 (4 points, none earned) 14 becomes 14 × 37/33 = 15.7; without S1,
    # S2 or S3 (3 points) 14 × 37/34 = 15.2; R1 earned 4, without it 10 × 37/33 = 11.2.
    assert answer.low == 14
    moved = {code for code, found in dropped.items() if found != "middle"}
    assert moved == {"R3", "S1", "S2", "S3", "S4"}
    assert {dropped[code] for code in moved} == {"advanced"}


def test_stability_of_several_respondents_follows_their_median():
    low = score(MATURITY, FULL | {"P2": "no", "S3": "no", "R1": "no", "R2b": "no"})
    high = score(MATURITY, FULL)

    one_by_one = stability(MATURITY, low, high, high)

    assert {one.class_code for one in one_by_one} == {"very_advanced"}


def an_answer(item):
    if item.code in LISTS:
        names = ["a", "b", "c", "d", "e", "f"]
        options = names if item.code == "R2a" else list(item.rule.points)
        ticks = st.lists(st.sampled_from([*options, NONE, DONT_KNOW]), max_size=8)
        return ticks
    return st.sampled_from([*item.rule.points, DONT_KNOW, ""])


ANSWERS = st.fixed_dictionaries(
    {}, optional={item.code: an_answer(item) for item in MATURITY.items}
)


@given(st.lists(ANSWERS, max_size=8))
def test_the_fast_scores_equal_the_plain_ones(many):
    plain = [score(MATURITY, one) for one in many]

    fast = score_matrix(MATURITY, encode(MATURITY, many))

    assert fast.low.tolist() == [one.low for one in plain]
    assert fast.high.tolist() == [one.high for one in plain]
    for at, dimension in enumerate(fast.dimensions):
        parts = [one.by_dimension[dimension] for one in plain]
        assert fast.dimension_low[at].tolist() == [part.low for part in parts]
        assert fast.dimension_high[at].tolist() == [part.high for part in parts]


def test_the_classes_of_many_totals_are_those_of_each():
    totals = np.arange(38, dtype=np.int16)

    positions = class_positions(CLASSES, totals)

    plain = [classify(MATURITY, total, total).code for total in range(38)]
    assert [CLASSES[at].code for at in positions] == plain


def test_answers_encoded_for_another_grid_are_refused():
    codes = encode(MATURITY, [FULL])

    with pytest.raises(ValueError, match="another grid"):
        score_matrix(replace(MATURITY, items=MATURITY.items[:3]), codes)


@given(ANSWERS)
def test_knowing_more_only_narrows_the_range(one):
    before = score(MATURITY, one)

    after = score(MATURITY, one | {"R3": "1-1.9"})

    assert 0 <= before.low <= before.high <= MATURITY.total
    if before.lines[7].state == "missing":
        assert (after.low, after.high) == (before.low + 2, before.high - 2)


@given(st.lists(ANSWERS, min_size=1, max_size=5))
def test_the_median_lies_between_the_extremes(many):
    found = combine([score(MATURITY, one) for one in many])

    assert found.minimum <= found.low <= found.high <= found.maximum
    assert 2 * found.low == int(2 * found.low)
    assert classify(MATURITY, found.low, found.high).code in {c.code for c in CLASSES}


@pytest.mark.parametrize(
    ("values", "weights", "expected"),
    [
        # Equal weights: the ordinary median, half-points included.
        ([3, 8, 20], [1, 1, 1], 8),
        ([3, 8], [2, 2], 5.5),
        # 20 carries 3 of 5: more than half.
        ([3, 8, 20], [1, 1, 3], 20),
        # Half of the weight (2 of 4) is reached exactly at 8.
        ([3, 8, 20], [1, 1, 2], 14),
        # A profile of weight zero is not heard.
        ([3, 8, 20], [0, 1, 0], 8),
    ],
)
def test_a_weighted_median_leaves_half_of_the_weight_on_either_side(
    values, weights, expected
):
    assert weighted_median(values, weights) == expected


@pytest.mark.parametrize("weights", [[0, 0], [1, -1]])
def test_weights_that_weigh_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="positive"):
        weighted_median([3, 8], weights)


def test_respondents_may_count_by_the_weight_of_their_profile():
    heard = [total(4), total(10, 12), total(20)]

    found = combine(heard, "weighted", weights=[1, 3, 1])

    assert (found.low, found.high, found.method) == (10, 12, "weighted")
    assert (found.minimum, found.maximum) == (4, 20)
    assert combine(heard).low == combine(heard, "weighted").low == 10
