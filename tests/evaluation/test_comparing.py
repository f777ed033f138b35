"""Before and after as it is typed: a plain sentence, and nothing is kept."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.analysis.intervals import Interval
from jalons.evaluation.comparing import Unreadable, compare, interval_told, signed
from jalons.evaluation.values import HUNDREDTH, rounded

SLEEP = """
1 0,7 1,9
2 -1.6 0.8
3 -0.2 1.1
4 -1.2 0.1
5 -0.1 -0.1
6 3.4 4.4
7 3.7 5.5
8 0.8 1.6
9 0.0 4.6
10 2.0 3.4
11 1 -
"""


def test_the_same_people_twice_give_a_sentence_an_interval_and_a_size():
    told = compare("paired", SLEEP)

    assert "plus élevé après" in told.sentence
    assert "d’autres choses se sont passées" in told.sentence
    assert ("+1,58", "de +0,70 à +2,46") == (told.difference, told.interval)
    # Hedges' g_av: 1.58 ÷ 1.899 × (1 - 3 ÷ 35) = 0.76.
    assert told.effect.startswith("0,76")
    assert 1 == told.found.alone


@pytest.mark.parametrize(
    ("n", "words"), [(5, "On ne peut pas conclure"), (6, "plus élevé après")]
)
def test_people_who_moved_alike_have_no_interval_and_it_is_said(n, words):
    told = compare("paired", "\n".join(f"{one} 1 2" for one in range(n)))

    assert told.interval == "–"
    assert "aucun intervalle ne peut être donné" in told.sentence
    assert words in told.sentence


def test_a_mean_is_rounded_as_the_measure_that_is_kept_of_it():
    # 11 of 88 moved by one: 0.125, that Python rounds to 0.12.
    told = compare("paired", "\n".join(f"{n} 1 {1 + (n < 11)}" for n in range(88)))

    assert "+0,13" == told.difference
    assert "+0,13" == signed(rounded(told.found.difference, HUNDREDTH))


def test_what_rounds_to_nothing_bears_no_sign():
    told = interval_told(Interval(-0.004, 0.004))

    assert "de 0,00 à 0,00" == told


def test_what_chance_could_give_does_not_let_one_conclude():
    told = compare("shares", "10 40\n14 40")

    assert "On ne peut pas conclure" in told.sentence
    assert ("25,0\u202f%", "35,0\u202f%", "+10,0") == (
        told.before,
        told.after,
        told.difference,
    )


def test_a_yes_or_no_asked_twice_says_who_changed():
    lines = "\n".join(f"{n} non oui" for n in range(7)) + "\na oui non\nb oui -"
    told = compare("answers", lines)

    assert (7, 1, 1) == (told.changed.gained, told.changed.lost, told.found.alone)
    # 2 × (1 + 8) ÷ 2⁸: what the interval sees, the exact test does not.
    assert 18 / 256 == told.changed.p
    assert "On ne peut pas conclure" in told.sentence
    assert ("12,5\u202f%", "87,5\u202f%", "+75,0") == (
        told.before,
        told.after,
        told.difference,
    )


def test_a_fall_is_said_and_a_few_people_conclude_nothing():
    fell = compare("unpaired", "8 9 8 9 8 9\n1 2 1 2 1 2")
    few = compare("unpaired", "8 9 8 9\n1 2 1 2 1 2")

    assert "plus bas après" in fell.sentence
    assert "Moins de 5 personnes" in few.sentence
    assert "–" == few.interval == few.effect


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("paired", "a 1", "Ligne 1"),
        ("paired", "a 1 2\na 1 2", "Ligne 2"),
        ("paired", "a 1 deux", "pas un nombre"),
        ("answers", "a oui bof", "ni oui ni non"),
        ("answers", "a oui", "Ligne 1"),
        ("unpaired", "1 2 3", "deux lignes"),
        ("shares", "5 4\n1 2", "Ligne 1"),
        ("shares", "1,5 4\n1 2", "Ligne 1"),
        ("unpaired", "1\n" * 501, "Plus de 500"),
    ],
)
def test_a_line_that_is_not_understood_is_named(kind, text, why):
    with pytest.raises(Unreadable, match=why):
        compare(kind, text)


def test_the_page_says_it_and_keeps_nothing(signed_in, roadmap, evaluation):
    page = reverse("evaluation:compare", args=[roadmap.pk])

    told = signed_in.post(page, {"kind": "paired", "lines": SLEEP}).content.decode()
    wrong = signed_in.post(page, {"kind": "paired", "lines": "a 1"}).content.decode()

    assert "plus élevé après" in told
    assert "Ligne 1" in wrong
