from __future__ import annotations

import numpy as np
import pytest

from jalons.analysis.composite import normalised, score
from jalons.analysis.index import (
    Group,
    Index,
    Indicator,
    indicators_of,
    reweighted,
    shares,
    ticked,
)
from jalons.analysis.normalisation import Scale
from jalons.analysis.observations import Figures
from tests.analysis.indices import ENDS, PLAIN, TWO_AXES, figures


def scores(index: Index, text: str, reference: str = ENDS) -> dict[str, float | None]:
    """Scores of a table, rounded, None where the index is not computable."""
    found = score(index, figures(text), figures(reference))
    values = {code: found.of(code) for code in found.codes}
    return {code: None if v is None else round(v, 3) for code, v in values.items()}


def test_an_index_is_the_mean_of_its_axes():
    text = """
        code | population | age | diploma | poverty
        a    | 500        | 20  | 40      | 60
        b    | 500        | 100 | 0       | 10
    """

    assert {"a": 4.5, "b": 3.0} == scores(TWO_AXES, text)


def test_what_is_missing_is_left_out_of_its_mean_and_never_zero():
    text = """
        code    | population | age | diploma | poverty
        known   | 500        | 80  | 40      | 60
        missing | 500        | 80  |         | 60
        zero    | 500        | 80  | 0       | 60
    """

    assert {"known": 6.0, "missing": 7.0, "zero": 5.0} == scores(TWO_AXES, text)


def test_a_score_needs_an_indicator_in_each_axis_and_three_quarters_of_the_weight():
    text = """
        code     | population | age | diploma | poverty
        whole    | 500        | 20  | 20      | 20
        just     | 500        | 20  |         | 20
        no_axis  | 500        | 20  | 20      |
        nothing  | 500        |     |         |
    """
    thin = reweighted(TWO_AXES, {"age": 1, "diploma": 2})

    found = score(TWO_AXES, figures(text), figures(ENDS))
    below = score(thin, figures(text), figures(ENDS))

    assert (None, None, "axis", "axis") == found.reasons
    assert [1.0, 0.75, 0.5, 0.0] == found.known_share.tolist()
    assert (None, "weight", "axis", "axis") == below.reasons
    assert [2.0] == found.parts["skills"][[2]].tolist()
    assert found.of("no_axis") is None


def test_a_geometric_mean_lets_a_strength_make_up_less_for_a_weakness():
    scale = Scale("min_max", low=1, high=10, trim=None)
    axes = TWO_AXES.axes
    text = """
        code   | population | age | diploma | poverty
        even   | 500        | 50  | 50      | 50
        uneven | 500        | 100 | 100     | 0
    """

    arithmetic = scores(Index("i", axes, scale), text)
    geometric = scores(Index("i", axes, scale, "geometric"), text)

    assert {"even": 5.5, "uneven": 5.5} == arithmetic
    # √(10 × 1)
    assert {"even": 5.5, "uneven": 3.162} == geometric


def test_a_geometric_mean_refuses_a_scale_that_reaches_zero():
    index = Index("i", TWO_AXES.axes, PLAIN, "geometric")

    with pytest.raises(ValueError, match="above zero"):
        score(index, figures(ENDS), figures(ENDS))


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        # Positions 0.05, 0.3, 0.75 among 1 000 inhabitants; 0.167, 0.5, 0.833 of 3.
        (Scale("percentile", trim=None), [1.45, 3.7, 7.75]),
        (Scale("percentile", trim=None, weighted_by="territories"), [2.5, 5.5, 8.5]),
        (Scale("min_max", 0, 10, trim=None), [0, 2.5, 10]),
        # Mean (10 × 100 + 20 × 400 + 50 × 500) / 1 000 = 34.
        (Scale("reference_100", trim=None), [29.412, 58.824, 147.059]),
        # Deviation √(0.1 × 24² + 0.4 × 14² + 0.5 × 16²) = √264.
        (Scale("z_score", trim=None), [-1.477, -0.862, 0.985]),
        (Scale("steps", -10, 10, None, "territories"), [-6.667, 0, 6.667]),
    ],
)
def test_scales_read_against_a_reference_counted_by_hand(scale, expected):
    text = """
        code | population | age
        a    | 100        | 10
        b    | 400        | 20
        c    | 500        | 50
    """
    index = Index("i", (Group("axis", (Indicator("age"),)),), scale)

    found = normalised(index, figures(text), figures(text))

    assert expected == found[:, 0].round(3).tolist()


def test_low_values_raise_the_index_when_its_definition_says_so():
    text = """
        code | population | income
        poor | 500        | 15
        rich | 500        | 25
    """
    income = (Group("axis", (Indicator("income", raised_by="lower"),)),)

    by_scale = {
        scale.formula: scores(Index("i", income, scale), text, text)
        for scale in (PLAIN, Scale("reference_100", trim=None))
    }

    assert {"poor": 10.0, "rich": 0.0} == by_scale["min_max"]
    assert {"poor": 125.0, "rich": 75.0} == by_scale["reference_100"]


def test_an_extreme_value_is_brought_back_to_the_percentile():
    rows = "\n".join(f"t{i} | 10 | {i}" for i in range(100)) + "\nfar | 10 | 10000"
    text = f"code | population | age\n{rows}"
    index = Index("i", (Group("axis", (Indicator("age"),)),), Scale("min_max", 0, 10))

    found = scores(index, text, text)

    assert found["far"] == 10
    assert 4.9 < found["t50"] < 5.1


def test_a_reference_that_is_the_same_everywhere_tells_nobody_apart():
    flat = """
        code | population | age
        a    | 500        | 7
        b    | 500        | 7
    """
    one = (Group("axis", (Indicator("age"),)),)

    assert {"a": 5.0, "b": 5.0} == scores(Index("i", one, PLAIN), flat, flat)
    assert {"a": 5.5, "b": 5.5} == scores(Index("i", one), flat, flat)


def test_the_share_that_rests_on_inherited_values_goes_with_the_score():
    values, inhabitants = [[50, 50, 50], [50, np.nan, 50]], [10, 10]
    inherited = [[False, True, False], [False, True, True]]
    some = Figures(
        ("a", "b"), ("age", "diploma", "poverty"), values, inhabitants, inherited
    )

    found = score(TWO_AXES, some, figures(ENDS))

    # Weights ¼ ¼ ½: b knows ¾ of them, ½ by inheritance.
    assert [0.25, round(0.5 / 0.75, 9)] == found.imputed_share.round(9).tolist()


def test_population_weighted_mean_of_reference_100_is_100():
    text = """
        code | population | age | diploma | poverty
        a    | 120        | 12  | 31      | 9
        b    | 7000       | 25  | 44      | 14
        c    | 430        | 38  | 52      | 21
    """
    index = Index("i", TWO_AXES.axes, Scale("reference_100", trim=None))

    found = score(index, figures(text), figures(text))

    assert np.average(found.values, weights=[120, 7000, 430]) == pytest.approx(100)


def test_unticked_parts_take_no_part_and_the_index_is_no_longer_the_preset():
    text = """
        code | population | age | diploma | poverty
        a    | 500        | 20  | 40      |
    """
    own = reweighted(TWO_AXES, {"access": 0, "age": 3})

    assert {"a": 2.5} == scores(own, text)
    assert [0.75, 0.25] == shares(ticked(own)).tolist()
    assert ["age", "diploma"] == [one.code for one in indicators_of(ticked(own))]
    assert own != TWO_AXES
    assert reweighted(TWO_AXES, {"age": 1}) == TWO_AXES


@pytest.mark.parametrize("weight", [-1, 11, 2.5])
def test_a_weight_is_an_integer_from_0_to_10(weight):
    with pytest.raises(ValueError, match="integer from 0 to 10"):
        reweighted(TWO_AXES, {"age": weight})


def test_definitions_that_do_not_hold_are_refused():
    with pytest.raises(ValueError, match="no part"):
        reweighted(TWO_AXES, {"unknown": 1})
    with pytest.raises(ValueError, match="not zero"):
        reweighted(TWO_AXES, {"skills": 0, "access": 0})
    with pytest.raises(ValueError, match="same code"):
        Index("i", (Group("axis", (Indicator("axis"),)),))
    with pytest.raises(ValueError, match="low end"):
        Scale(low=10, high=1)


def test_an_indicator_that_is_not_loaded_is_missing_everywhere():
    text = """
        code | population | age | diploma
        a    | 500        | 20  | 40
    """

    found = score(TWO_AXES, figures(text), figures(ENDS))

    assert ("axis",) == found.reasons
    assert [0.5] == found.known_share.tolist()
