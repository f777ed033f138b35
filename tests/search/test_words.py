from __future__ import annotations

import pytest

from jalons.search.words import alphabetical, likeness, trigrams, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’Haÿ-les-Roses", ["l", "hay", "les", "roses"]),
        ("Œting", ["oeting"]),
        ("St-Émilion", ["saint", "emilion"]),
        ("  CC  du Pays (CCPA) ", ["cc", "du", "pays", "ccpa"]),
        ("…", []),
    ],
)
def test_words_lose_accents_capitals_and_signs(text, words):
    assert words_of(text) == words


def test_names_are_sorted_as_in_a_dictionary():
    names = ["Vitré", "Étampes", "La Tour-du-Pin", "Evron", "La Tourette", "Zuani"]

    assert [
        *("Étampes", "Evron", "La Tour-du-Pin", "La Tourette", "Vitré", "Zuani")
    ] == sorted(names, key=alphabetical)


def test_trigrams_are_told_once_in_order():
    assert trigrams("banane") == ["ban", "ana", "nan", "ane"]


def test_likeness_is_the_share_of_common_trigrams():
    # perigeux: 9 trigrams, perigueux: 10, of which 7 are common.
    assert likeness("perigeux", "perigueux") == pytest.approx(14 / 19)
    assert likeness("pau", "pau") == 1.0
    assert likeness("pau", "dax") == 0.0
