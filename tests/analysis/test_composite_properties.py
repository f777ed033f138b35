from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.composite import score
from jalons.analysis.index import Index, reweighted
from jalons.analysis.normalisation import Scale
from tests.analysis.indices import AXES, LOOSE, ROW, TABLES, figures_of

SCALES = st.sampled_from(
    [
        Scale("percentile"),
        Scale("percentile", trim=None, weighted_by="territories"),
        Scale("min_max"),
        Scale("z_score"),
        Scale("reference_100"),
        Scale("steps", -10, 10, None, "territories"),
    ]
)


def index(scale: Scale) -> Index:
    return Index("i", AXES, scale, "arithmetic", LOOSE)


@given(TABLES, SCALES, st.sampled_from([0.25, 2, 1024]))
def test_units_change_nothing(rows, scale, factor):
    some = figures_of(rows)
    other = replace(some, values=some.values * factor)

    assert score(index(scale), other, other).values == pytest.approx(
        score(index(scale), some, some).values, nan_ok=True
    )


@given(TABLES, SCALES, st.randoms())
def test_the_order_of_rows_changes_nothing(rows, scale, random):
    some = figures_of(rows)
    codes = list(some.codes)
    random.shuffle(codes)

    shuffled = some.only(codes)

    found = score(index(scale), shuffled, shuffled).values
    expected = score(index(scale), some, some).values[[int(c[1:]) for c in codes]]
    assert found == pytest.approx(expected, nan_ok=True)


@given(TABLES, SCALES, st.integers(0, 2), st.integers(1, 40))
def test_a_score_never_falls_when_an_indicator_worsens(rows, scale, at, more):
    some = figures_of(rows)
    sign = (1, -1, 1)[at]
    worse = replace(some, values=some.values + sign * more * (np.arange(3) == at))

    before = score(index(scale), some, some).values
    after = score(index(scale), worse, some).values

    assert not (after < before - 1e-9).any()


@given(TABLES, SCALES, ROW)
def test_a_territory_more_changes_nothing_when_the_reference_is_fixed(rows, scale, row):
    some = figures_of(rows)
    more = figures_of([*rows, (row, 10)])

    found = score(index(scale), more, some).values[:-1]

    assert np.array_equal(score(index(scale), some, some).values, found, equal_nan=True)


@given(TABLES, SCALES)
def test_a_missing_value_weighs_nothing_and_is_not_a_zero(rows, scale):
    some = figures_of(rows)
    unknown = replace(some, values=np.where(np.arange(3) == 2, np.nan, some.values))
    without_c = reweighted(index(scale), {"c": 0})

    found = score(index(scale), unknown, some)

    assert found.values == pytest.approx(
        score(without_c, some, some).values, nan_ok=True
    )
    assert np.isnan(found.parts["two"]).all()


@given(TABLES, SCALES, st.integers(2, 3))
def test_weights_times_a_constant_change_nothing(rows, scale, times):
    some = figures_of(rows)
    weights = {"one": 1, "two": 2, "a": 2, "b": 1, "c": 3}

    scaled = reweighted(index(scale), {c: times * w for c, w in weights.items()})

    assert score(scaled, some, some).values == pytest.approx(
        score(index(scale), some, some).values, nan_ok=True
    )


@given(TABLES)
def test_a_score_stays_on_its_scale(rows):
    found = score(index(Scale()), figures_of(rows), figures_of(rows)).values

    assert ((found >= 1) & (found <= 10) | np.isnan(found)).all()
