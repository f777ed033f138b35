"""Many territories at once: always what one territory at a time gives."""

from __future__ import annotations

import random

import numpy as np
import pytest

from jalons.analysis.codes import encode
from jalons.analysis.concordance import concordance, to_discuss
from jalons.analysis.grid import (
    DONT_KNOW,
    Condition,
    Counted,
    Cumulative,
    Grid,
    Item,
    ScoreClass,
    Single,
)
from jalons.analysis.respondents import Respondents, combined, deciding, discussed
from jalons.analysis.scoring import combine, score, stability, stands_for

GRID = Grid(
    items=(
        Item("P2", "political", 3, Single({"no": 0, "some": 1, "yes": 3})),
        Item("P3", "political", 4, Cumulative({"a": 2, "b": 1, "c": 1})),
        Item("R1", "resources", 4, Counted(((1, 1), (3, 4)))),
        Item(
            "R2",
            "resources",
            3,
            Single({"no": 0, "yes": 3}),
            asked_if=Condition("P2", ("some", "yes")),
        ),
    ),
    classes=(
        ScoreClass("low", 0, 4),
        ScoreClass("middle", 4, 9),
        ScoreClass("high", 9, 14),
    ),
    total=14,
)
WEIGHTS = (0.0, 0.1, 0.2, 0.7, 1.0, 2.5)


def _answer(draw: random.Random) -> dict[str, object]:
    given = {
        "P2": draw.choice(["no", "some", "yes", DONT_KNOW]),
        "P3": draw.sample(["a", "b", "c"], draw.randint(0, 3)),
        "R1": draw.sample(["d", "e", "f", "g"], draw.randint(0, 4)),
        "R2": draw.choice(["no", "yes"]),
    }
    return {code: one for code, one in given.items() if draw.random() > 0.2}


def _drawn(seed: int):
    """Sixty answers about seven territories, of which three hold one or two."""
    draw = random.Random(seed)
    answers = [_answer(draw) for _ in range(60)]
    places = [draw.choice([0, 2, 3, 9]) for _ in answers]
    places[:3] = [5, 7, 7]
    weights = [draw.choice(WEIGHTS) for _ in answers]
    given = Respondents(encode(GRID, answers), np.array(places), np.array(weights))
    by_place = {
        place: [at for at, one in enumerate(places) if one == place]
        for place in set(places)
    }
    scores = [score(GRID, one) for one in answers]
    return given, {
        place: ([scores[at] for at in rows], _usable([weights[at] for at in rows]))
        for place, rows in by_place.items()
    }


def _usable(weights: list[float]) -> list[float] | None:
    return weights if any(weights) else None


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("way", ["median", "weighted", "maximum"])
def test_many_territories_at_once_give_what_one_at_a_time_gives(seed, way):
    given, expected = _drawn(seed)

    found = combined(GRID, given, way)

    assert expected.keys() == found.keys()
    for place, (scores, weights) in expected.items():
        assert combine(scores, way, weights=weights) == found[place]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("way", ["median", "weighted", "maximum"])
def test_the_questions_that_decide_are_those_of_the_reference(seed, way):
    given, expected = _drawn(seed)

    found = deciding(GRID, given, way)

    for place, (scores, weights) in expected.items():
        one = stands_for(scores, way)
        lines = (
            stability(GRID, one)
            if one
            else stability(
                GRID, *scores, weights=weights if way == "weighted" else None
            )
        )
        assert tuple(line.code for line in lines if line.changes) == found[place]


@pytest.mark.parametrize("seed", range(20))
def test_questions_to_discuss_are_those_of_the_reference(seed):
    given, expected = _drawn(seed)

    found = discussed(GRID, given)

    for place, (scores, _weights) in expected.items():
        lines = concordance(GRID, scores)
        compared = sum(line.n > 1 for line in lines)
        assert (compared, len(to_discuss(lines))) == found[place]


def test_the_median_of_two_totals_is_a_half_point():
    # Territory 4: "yes" is 3 points, "no" is 0; what was not answered is worth 0 to
    # 4 + 4 points, and R2 3 more to whom it is asked.
    answers = [{"P2": "yes"}, {"P2": "no"}]
    given = Respondents(encode(GRID, answers), np.array([4, 4]))

    (found,) = combined(GRID, given, "median").values()

    assert (1.5, 11) == (found.low, found.high)
    assert (0, 14) == (found.minimum, found.maximum)
    assert 2 == found.n


def test_no_answer_is_no_territory():
    given = Respondents(encode(GRID, []), np.array([], dtype=int))

    assert {} == combined(GRID, given, "median")
    assert {} == deciding(GRID, given, "median")
    assert {} == discussed(GRID, given)
