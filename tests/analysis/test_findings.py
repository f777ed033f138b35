from __future__ import annotations

import pytest

from jalons.analysis.findings import (
    Clue,
    Proposal,
    Reach,
    about,
    is_old,
    proposals,
    scale_of,
)


def proposed(direction, band, *, is_known=True):
    return proposals([Clue("x", direction, band, is_known)])


@pytest.mark.parametrize(
    ("direction", "band", "kind", "is_marked"),
    [
        ("lower", "highest", "weakness", True),
        ("lower", "high", "weakness", False),
        ("lower", "low", "strength", False),
        ("lower", "lowest", "strength", True),
        ("higher", "highest", "strength", True),
        ("higher", "low", "weakness", False),
        ("neither", "high", "question", False),
        ("neither", "highest", "question", True),
    ],
)
def test_an_outer_figure_suggests_something(direction, band, kind, is_marked):
    assert [Proposal("x", kind, is_marked)] == proposed(direction, band)


@pytest.mark.parametrize("direction", ["lower", "higher", "neither"])
def test_the_middle_half_suggests_nothing(direction):
    assert [] == proposed(direction, "middle")


def test_few_people_concerned_is_neither_a_strength_nor_a_weak_point():
    assert [] == proposed("neither", "lowest")


def test_a_figure_that_is_not_known_is_a_question_never_a_weak_point():
    assert [Proposal("x", "question")] == proposed("lower", None, is_known=False)


def test_a_figure_that_cannot_be_placed_suggests_nothing():
    assert [] == proposed("lower", None)


@pytest.mark.parametrize("band", ["lowest", "highest"])
def test_an_old_figure_is_a_question_whichever_its_side(band):
    clue = Clue("x", "lower", band, True, is_old=True)

    assert [Proposal("x", "question", True, is_old=True)] == proposals([clue])
    assert [] == proposals([Clue("x", "lower", "middle", True, is_old=True)])


def test_a_figure_is_old_beyond_five_years():
    assert [True, False] == [is_old(2020, 2026), is_old(2021, 2026)]


def test_findings_keep_the_order_of_the_figures():
    clues = [
        Clue("b", "lower", "high", True),
        Clue("c", "lower", "middle", True),
        Clue("a", "lower", "low", True),
    ]

    assert ["b", "a"] == [one.indicator for one in proposals(clues)]


@pytest.mark.parametrize(
    ("bands", "reach"),
    [
        (["high", "highest", "middle", "low"], Reach("together", 4, ("0", "1"))),
        (["high", "middle", "middle"], Reach("some", 3, ("0",))),
        (["middle", "low"], Reach("alone", 2, ())),
        (["high", None, None], Reach("unknown", 1, ("0",))),
        ([], Reach("unknown", 0, ())),
    ],
)
def test_half_of_the_neighbours_make_a_problem_to_act_upon_together(bands, reach):
    neighbours = [(str(at), band) for at, band in enumerate(bands)]

    assert reach == scale_of("highest", "lower", neighbours)


def test_a_low_income_is_shared_by_those_whose_income_is_low():
    found = scale_of("low", "higher", [("a", "lowest"), ("b", "highest")])

    assert ("a",) == found.sharing


def test_a_strength_has_no_scale_to_act_at():
    with pytest.raises(ValueError, match="strength"):
        scale_of("low", "lower", [])


def test_persons_are_counted_to_three_figures():
    assert [26_600, 1_230, 999, 12, 0] == [
        about(n) for n in (26_599, 1_234, 999.4, 12.2, 0.3)
    ]
