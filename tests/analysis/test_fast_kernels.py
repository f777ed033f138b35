"""Each kernel in C beside its plain way, and its reference where that is quick."""

from __future__ import annotations

import numpy as np
import pytest

from jalons.analysis import catchment, catchment_plain, codes, counting, fast, reach
from jalons.analysis.grid import Grid, Item, ScoreClass, Single
from jalons.analysis.weighting import Margin, rake

MANY = fast.WORTH + 7
PLACES_OF_EARTH = {
    "France": (-2.0, 6.8, 43.5, 49.7),
    "one town": (2.0, 2.1, 48.0, 48.1),
    "from Guadeloupe to La Réunion": (-62.0, 56.0, -21.0, 51.0),
    "across the 180th meridian, both poles": (-179.9, 179.9, -89.0, 89.0),
    "one meridian": (5.0, 5.0, 40.0, 45.0),
}


@pytest.fixture(scope="module", autouse=True)
def _built():
    if fast.build() is None:
        pytest.skip("no C compiler")
    fast._library.cache_clear()


@pytest.fixture
def plainly(monkeypatch):
    """A machine where nothing was built."""

    def run(work):
        with monkeypatch.context() as patch:
            patch.setattr(fast, "WORTH", float("inf"))
            return work()

    return run


def points(box: tuple[float, float, float, float], count: int, seed: int) -> np.ndarray:
    west, east, south, north = box
    rng = np.random.default_rng(seed)
    across, up = rng.uniform(west, east, count), rng.uniform(south, north, count)
    return np.column_stack([across, up])


@pytest.mark.parametrize("box", PLACES_OF_EARTH.values(), ids=PLACES_OF_EARTH)
def test_the_nearest_place_and_the_places_shared_are_those_of_the_whole_table(box):
    zones, places = points(box, 1_500, 1), points(box, 200, 2)
    places[5], zones[7] = places[3], places[3]
    rng = np.random.default_rng(3)
    people, capacity = rng.integers(0, 500, 1_500), rng.integers(1, 4, 200)

    nearest = catchment.nearest_places(zones, places)
    offer = catchment.catchment(zones, places, people, capacity)

    table = reach.km_between(zones, places)
    expected = reach.nearest(table)
    assert expected.index.tolist() == nearest.index.tolist()
    assert np.allclose(nearest.km, expected.km, rtol=1e-12, atol=1e-11)
    whole = reach.e2sfca(table, people, capacity)
    assert np.allclose(offer, whole, rtol=1e-12, atol=1e-15)


def test_more_rings_than_the_loop_knows_are_counted_plainly():
    box = PLACES_OF_EARTH["one town"]
    zones, places = points(box, 1_500, 1), points(box, 200, 2)
    rings = [reach.Ring(km, 1 / km) for km in (1, 2, 3, 4, 5)]
    given = (zones, places, np.ones(1_500), np.ones(200), rings)

    found = catchment.catchment(*given)

    assert np.array_equal(found, catchment_plain.catchment(*given))


def test_points_or_numbers_that_are_not_there_are_refused():
    box = PLACES_OF_EARTH["one town"]
    zones, places = points(box, 1_500, 1), points(box, 200, 2)
    holed = zones.copy()
    holed[9, 0] = np.nan

    with pytest.raises(ValueError, match="without coordinates"):
        catchment.nearest_places(holed, places)
    with pytest.raises(ValueError, match="one number"):
        catchment.catchment(zones, places, np.ones(1_499), np.ones(200))


def test_points_scores_and_classes_are_the_plain_ones(plainly):
    options = {f"o{at}": points for at, points in enumerate((0, 1, 1, 2))}
    items = [Item(f"q{n}", "ab"[n % 2], 2, Single(options)) for n in range(7)]
    classes = (ScoreClass("low", 0, 5), ScoreClass("high", 5, 14))
    grid = Grid(items, classes, 14)
    matrix = np.random.default_rng(4).integers(0, 6, (7, MANY), dtype=np.uint8)
    given = codes.Codes(tuple(item.code for item in items), matrix)

    def score():
        found = codes.score_matrix(grid, given)
        return found, codes.class_positions(classes, found.low)

    (found, placed), (expected, expected_classes) = score(), plainly(score)

    for name in ("low", "high", "dimension_low", "dimension_high"):
        assert np.array_equal(getattr(found, name), getattr(expected, name))
    assert np.array_equal(placed, expected_classes)


def test_a_total_beyond_the_classes_is_refused_by_both_ways(plainly):
    classes = (ScoreClass("low", 0, 5), ScoreClass("high", 5, 14))
    totals = np.full(MANY, 15, dtype=np.int16)

    for way in (plainly, lambda work: work()):
        with pytest.raises(IndexError):
            way(lambda: codes.class_positions(classes, totals))


def test_tables_of_many_answers_are_the_plain_ones(plainly):
    rng = np.random.default_rng(6)
    answers = rng.integers(0, 6, (5, MANY), dtype=np.uint8)
    contexts = np.stack([rng.integers(0, n, MANY, dtype=np.uint8) for n in (4, 3, 12)])

    def count():
        return counting.count_tables(answers, contexts, 6, 12)

    assert np.array_equal(count(), plainly(count))


def test_a_code_too_large_never_reaches_the_loop():
    answers = np.full((1, MANY), 6, dtype=np.uint8)

    with pytest.raises(ValueError, match="larger than announced"):
        counting.count_tables(answers, answers * 0, 6, 1)


def test_rows_of_several_lengths_never_reach_the_loops():
    long, short = np.zeros(MANY, dtype=np.uint8), np.zeros(9, dtype=np.uint8)
    margins = [
        Margin(name, ("a",), row.astype(np.int8), (1.0,))
        for name, row in (("one", long), ("other", short))
    ]

    with pytest.raises(ValueError, match="one length"):
        counting.count_tables([long, short], [long], 1, 1)
    with pytest.raises(ValueError, match="inhomogeneous|broadcast"):
        rake(margins)


@pytest.mark.parametrize("is_trimmed", [False, True])
def test_weights_of_many_answers_are_the_plain_ones(plainly, is_trimmed):
    rng = np.random.default_rng(8)
    margins = [
        Margin(
            name,
            tuple(map(str, range(size))),
            rng.choice(size, MANY, p=np.arange(1, size + 1) / sum(range(size + 1))),
            (1 / size,) * size,
        )
        for name, size in (("sex", 2), ("age", 7), ("commune", 12))
    ]
    small = [
        Margin(one.name, one.labels, one.positions.astype(np.int8), one.targets)
        for one in margins
    ]

    found = rake(small, is_trimmed=is_trimmed)

    expected = plainly(lambda: rake(margins, is_trimmed=is_trimmed))
    assert np.allclose(found.weights, expected.weights, rtol=1e-12)
    assert expected.trimmed == found.trimmed
    assert expected.converged == found.converged


def test_margins_out_of_reach_are_said_by_both_ways(plainly):
    positions = np.zeros(MANY, dtype=np.int8)
    margin = Margin("sex", ("f", "m"), positions, (0.5, 0.5))

    found, expected = rake([margin]), plainly(lambda: rake([margin]))

    assert [("nobody", "m")] == [(one.kind, one.label) for one in found.problems]
    assert expected.problems == found.problems
