"""The score of a description, each number worked out by hand."""

from __future__ import annotations

import pytest

from jalons.analysis.place_quality import NEEDED, Described, quality_of


@pytest.mark.parametrize(
    ("said", "days", "hours", "position", "score"),
    [
        # 0.40 + 0.25 + 0.20 + 0.15
        (NEEDED, 0, "read", "given", 1.0),
        # 0.40 × 3/6 + 0.25 × (1 − 274/548) + 0.20 × 0.5 + 0.15 × 0.7
        (NEEDED[:3], 274, "words", "address", 0.2 + 0.125 + 0.1 + 0.105),
        ((), 548, "", "commune", 0.0),
        # Older than what counts is not less than zero.
        ((), 5_000, "read", "commune", 0.2),
        (NEEDED, None, "read", "given", 0.75),
    ],
)
def test_the_score_is_the_sum_of_four_parts(said, days, hours, position, score):
    found = quality_of(Described(said, days, hours, position))

    assert found.score == pytest.approx(score)


def test_what_lacks_is_told_the_most_useful_first():
    found = quality_of(Described(("contact",), 600, "words", "commune"))

    assert found.lacks == (
        *("hours_unread", "address", "services", "access", "cost", "summary"),
        *("position", "old_check"),
    )


def test_nothing_lacks_from_a_whole_description():
    assert quality_of(Described(NEEDED, 548, "read", "address")).lacks == ()
