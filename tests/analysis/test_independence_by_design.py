"""The test of two answers, with weights or several answers about one EPCI."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.analysis.independence import many_independence
from jalons.analysis.independence_by_design import independence_by_design

SAMPLES = 400


def masks(positions, size):
    return np.asarray(positions) == np.arange(size)[:, None]


def plain(rows, columns, clusters, weights):
    """X and Σλ, one respondent, one cell and one EPCI at a time."""
    whole = sum(weights)
    people = list(zip(rows, columns, clusters, weights, strict=True))
    share = {(i, j): 0.0 for i in set(rows) for j in set(columns)}
    for r, c, _at, w in people:
        share[r, c] += w / whole
    of_row = {i: sum(share[i, j] for j in set(columns)) for i in set(rows)}
    of_column = {j: sum(share[i, j] for i in set(rows)) for j in set(columns)}
    found = total = 0.0
    m = len(set(clusters))
    for (i, j), p in share.items():
        chance = of_row[i] * of_column[j]
        found += (p - chance) ** 2 / chance
        for cluster in set(clusters):
            brought = sum(
                w / whole * ((r == i) - of_row[i]) * ((c == j) - of_column[j])
                for r, c, at, w in people
                if at == cluster
            )
            total += m / (m - 1) * brought**2 / chance
    return found, total


def test_twenty_people_a_row_by_hand():
    # Shares 3/8, 1/8, 1/8, 3/8: X = 4 × (1/8)² / (1/4) = 1/4. Each of 40 people brings
    # 1/40 × 1/2 × 1/2 to each of four cells: Σλ = 40/39 × 40 × 4 × (1/160)² / (1/4).
    # F(1, 39) = 0.25 / Σλ = 9.75: p = 0.0034.
    rows = [0] * 20 + [1] * 20
    columns = [0] * 15 + [1] * 5 + [0] * 5 + [1] * 15

    found = independence_by_design(masks(rows, 2), masks(columns, 2), np.arange(40))

    assert 9.75 == pytest.approx(found.statistic)
    assert 0.003373 == pytest.approx(found.p_value, abs=1e-6)  # t = √9.75
    assert 0.5 == pytest.approx(found.cramers_v)
    assert ("design", 1, 40) == (found.name, found.degrees, found.n)


def test_the_same_people_twice_prove_no_more_than_once():
    rows, columns = [0, 0, 0, 0, 1, 1, 1, 1] * 3, [0, 0, 0, 1, 1, 1, 1, 0] * 3
    once = independence_by_design(masks(rows, 2), masks(columns, 2), np.arange(24))

    twice = independence_by_design(
        masks(rows * 2, 2), masks(columns * 2, 2), np.tile(np.arange(24), 2)
    )

    assert once.p_value == pytest.approx(twice.p_value)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.integers(0, 2),
            st.integers(0, 5),
            st.sampled_from((0.5, 1.0, 3.0)),
        ),
        min_size=4,
        max_size=30,
    )
)
def test_it_is_the_plain_sum(people):
    rows, columns, clusters, weights = zip(*people, strict=True)

    found = independence_by_design(
        np.repeat(masks(rows, 3), 20, axis=1),
        np.repeat(masks(columns, 3), 20, axis=1),
        np.repeat(clusters, 20),
        np.repeat(weights, 20),
    )

    if len(set(rows)) < 2 or len(set(columns)) < 2 or len(set(clusters)) < 2:
        assert found is None
        return
    gap, total = plain(rows, columns, clusters, weights)
    if found is not None:
        smallest = min(len(set(rows)), len(set(columns))) - 1
        assert gap / total * found.degrees == pytest.approx(found.statistic)
        assert np.sqrt(min(gap / smallest, 1)) == pytest.approx(found.cramers_v)


def rejected(draw, seed):
    rng = np.random.default_rng(seed)
    found = [independence_by_design(*draw(rng)) for _sample in range(SAMPLES)]
    return np.mean([one.p_value < 0.05 for one in found if one])


def alike(size, each):
    """EPCI whose people resemble each other, and rows that are those of the EPCI."""

    def draw(rng):
        clusters = np.repeat(np.arange(size), each)
        chances = rng.beta(0.7, 1.63, size)[clusters]  # 0.3 on average, alike by 0.3
        rows = rng.integers(0, 2, size)[clusters]
        yes = rng.random(size * each) < chances
        return masks(rows, 2), np.stack([yes, ~yes]), clusters

    return draw


def unequal(rng):
    """Nine hundred people who weigh 0.6 together, one hundred who weigh 0.4."""
    rows = np.repeat([0, 1], [900, 100])
    yes = rng.random(1000) < 0.3
    weights = np.repeat([0.6 / 900, 0.4 / 100], [900, 100])
    return masks(rows, 2), np.stack([yes, ~yes]), np.arange(1000), weights


@pytest.mark.parametrize(
    "draw",
    [alike(12, 4), alike(30, 3), alike(30, 6), unequal],
    ids=["12 by 4", "30 by 3", "30 by 6", "weights"],
)
def test_where_nothing_is_linked_one_sample_in_twenty_says_otherwise(draw):
    # Of 400 samples, 8.5 % would be three standard errors above 5 %.
    assert rejected(draw, seed=5) <= 0.085


@pytest.mark.parametrize("draw", [alike(12, 4), alike(30, 3), alike(30, 6)])
def test_where_people_of_one_epci_are_alike_chi2_sees_links_that_are_not_there(draw):
    rng = np.random.default_rng(5)
    tables = []
    for _sample in range(SAMPLES):
        rows, columns, _epci = draw(rng)
        tables.append(rows.astype(int) @ columns.T)

    found = many_independence(tables)

    assert np.mean(found.p_value[found.degrees > 0] < 0.05) > 0.085


def test_a_link_is_found_all_the_same():
    def linked(rng):
        rows = np.arange(100) % 2
        yes = rng.random(100) < np.where(rows, 0.25, 0.6)
        weights = rng.choice([0.5, 1, 2.5], 100)
        return masks(rows, 2), np.stack([yes, ~yes]), np.arange(100), weights

    assert rejected(linked, seed=5) > 0.7


def test_a_weighted_row_of_nineteen_people_is_not_tested():
    rows, columns = masks([0] * 19 + [1] * 30, 2), masks([0, 1] * 24 + [0], 2)

    assert independence_by_design(rows, columns, np.arange(49), np.ones(49)) is None
    assert independence_by_design(rows, columns, np.arange(49))


def test_one_epci_or_one_answer_cannot_be_tested():
    rows, columns = masks([0, 1] * 20, 2), masks([0, 0, 1, 1] * 10, 2)

    assert independence_by_design(rows, columns, np.zeros(40, int)) is None
    assert independence_by_design(rows, columns[:1], np.arange(40)) is None
