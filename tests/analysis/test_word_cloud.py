"""A room of four people and the words they gave, counted by hand."""

from __future__ import annotations

import pytest

from jalons.analysis.word_cloud import LEAST, Said, count_words


def test_a_word_counts_people_once_and_is_written_as_most_wrote_it():
    found = count_words(
        [
            Said(1, "lien", "Lien"),
            Said(2, "lien", "lien"),
            Said(3, "lien", "lien"),
            Said(3, "lien", "LIEN"),
            Said(1, "peur", "Peur"),
            Said(4, "acces", "Accès"),
        ]
    )

    assert [("lien", 3, 1), ("Accès", 1, 2), ("Peur", 1, 2)] == [
        (one.text, one.people, one.rank) for one in found
    ]


def test_surface_and_not_height_is_in_proportion_to_people_down_to_what_is_read():
    nine = [Said(person, "a", "a") for person in range(9)]
    four = [Said(person, "b", "b") for person in range(4)]

    tall, middle, small = count_words([*nine, *four, Said(1, "c", "c")])

    # √(9/9), √(4/9), and √(1/9) which would be too small.
    assert (1.0, pytest.approx(2 / 3), LEAST) == (
        tall.height,
        middle.height,
        small.height,
    )


def test_words_that_nobody_signed_count_one_person_each_and_none_is_no_cloud():
    cards = [Said(None, "lien", "lien"), Said(None, "lien", "lien")]

    (one,) = count_words([*cards, Said(7, "lien", "lien")])

    assert 3 == one.people
    assert [] == count_words([])
