from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.composite import score
from jalons.analysis.contributions import explain, weights_of_known
from jalons.analysis.index import Index, shares, ticked
from jalons.analysis.normalisation import Scale
from jalons.analysis.observations import Figures
from tests.analysis.indices import (
    AXES,
    ENDS,
    LOOSE,
    TABLES,
    TWO_AXES,
    figures,
    figures_of,
)


def test_each_indicator_says_how_many_points_it_brings():
    text = """
        code | population | age | diploma | poverty
        a    | 500        | 20  | 40      | 60
    """

    found = explain(TWO_AXES, figures(text), figures(ENDS), "a")

    assert (4.5, 5.0, 0.0) == (found.score, found.reference, found.points_of_missing)
    # ¼ × (2 − 5), ¼ × (4 − 5), ½ × (6 − 5)
    assert [-0.75, -0.25, 0.5] == [line.points for line in found.lines]
    assert ["skills", "skills", "access"] == [line.axis for line in found.lines]
    assert [20, 40, 60] == [line.value for line in found.lines]


def test_what_is_missing_has_a_line_without_points():
    text = """
        code | population | age | diploma | poverty
        low  | 500        | 0   | 0       | 0
        high | 500        | 40  | 100     | 100
        mean | 500        | 20  | 20      | 50
        a    | 500        | 80  |         | 60
    """
    reference = figures(text).only(["low", "high", "mean"])

    found = explain(TWO_AXES, figures(text), reference, "a")

    age, diploma, poverty = found.lines
    assert (None, None, None) == (diploma.value, diploma.points, diploma.weight)
    assert (0.5, 0.5) == (age.weight, poverty.weight)
    # On the known ones the reference is (5 + 5) / 2; on all, (5 + 4)/4 + 5/2.
    assert (4.75, 0.25) == (found.reference, found.points_of_missing)
    assert found.score == pytest.approx(4.75 + 0.25 + age.points + poverty.points)


def test_a_territory_without_score_has_no_explanation():
    text = """
        code | population | age | diploma | poverty
        a    | 500        | 20  | 40      |
    """

    assert explain(TWO_AXES, figures(text), figures(ENDS), "a") is None


@given(TABLES, st.sampled_from(["arithmetic", "geometric"]))
def test_contributions_sum_to_the_distance_to_the_reference(rows, aggregation):
    some = figures_of(rows)
    index = Index("i", AXES, Scale(), aggregation, LOOSE)

    for code in some.codes:
        found = explain(index, some, some, code)

        if found:
            points = [line.points for line in found.lines if line.points is not None]
            explained = found.reference + sum(points) + found.points_of_missing
            assert found.score == pytest.approx(explained)


@given(TABLES)
def test_weights_of_what_is_known_give_the_score_itself(rows):
    some = figures_of(rows)
    index = Index("i", AXES, Scale(), coverage=LOOSE)
    whole = ticked(index)

    found = score(index, some, some)

    for values, expected in zip(found.normalised, found.values, strict=True):
        weights = weights_of_known(whole, ~np.isnan(values), shares(whole))
        if not np.isnan(expected):
            assert weights @ np.nan_to_num(values) == pytest.approx(expected)
        else:
            assert weights.sum() == 0


def test_an_inherited_value_is_named_as_such():
    one = Figures(
        ("a",), ("age", "diploma", "poverty"), [[1, 2, 3]], [10], [[False, True, False]]
    )

    found = explain(replace(TWO_AXES, coverage=LOOSE), one, figures(ENDS), "a")

    assert [False, True, False] == [line.is_imputed for line in found.lines]
