from __future__ import annotations

import numpy as np
import pytest

from jalons.analysis.observations import Figures, rates_of_parents
from tests.analysis.tables import table


def rates(text: str):
    rows = table(text)
    above, below = (
        [float(row.get(name, "nan")) for row in rows] for name in ("poor", "households")
    )
    return rates_of_parents([row["epci"] for row in rows], above, below)


def test_the_rate_of_an_epci_is_not_the_mean_of_the_rates_of_its_communes():
    found = rates("""
        epci | poor | households
        A    | 50   | 100
        A    | 90   | 900
        B    | 1    | 4
    """)

    # 140 / 1 000, where the mean of 50 % and 10 % would say 30 %.
    assert ("A", "B") == found.codes
    assert [0.14, 0.25] == found.rate.tolist()
    assert [1.0, 1.0] == found.known_share.tolist()


def test_a_secret_commune_is_left_out_of_both_sums_and_counted():
    found = rates("""
        epci | poor | households
        A    | 50   | 100
        A    |      | 300
        B    |      | 40
        C    | 3    |
    """)

    assert found.rate == pytest.approx([0.5, np.nan, np.nan], nan_ok=True)
    assert [0.25, 0.0, 0.0] == found.known_share.tolist()
    assert [100, 0, 0] == found.denominator.tolist()


def test_nobody_to_count_has_no_rate():
    found = rates("""
        epci | poor | households
        A    | 0    | 0
    """)

    assert np.isnan(found.rate).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"codes": ("a", "a")}, "territory is there twice"),
        ({"indicators": ("x", "x")}, "indicator is there twice"),
        ({"population": [1]}, "number of inhabitants"),
        ({"population": [1, np.nan]}, "number of inhabitants"),
        ({"values": [[1, 2]]}, "shape"),
    ],
)
def test_a_table_that_does_not_hold_is_refused(change, message):
    fair = {
        "codes": ("a", "b"),
        "indicators": ("x", "y"),
        "values": [[1, 2], [3, 4]],
        "population": [10, 20],
    }
    assert Figures(**fair).of("y").tolist() == [2, 4]

    with pytest.raises(ValueError, match=message):
        Figures(**(fair | change))
