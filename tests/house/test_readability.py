"""The measure of how easily French is read; test_templates.py reads pages with it."""

from __future__ import annotations

import pytest

from tests.house.readability import EASY, Prose, ease, sentences, syllables


def test_a_law_is_hard_and_a_plain_sentence_is_not():
    law = (
        "Les autorités administratives compétentes mettent en œuvre, conformément aux "
        "dispositions réglementaires applicables, la dématérialisation des procédures."
    )
    plain = "Vous pouvez venir sans rendez-vous. Une personne vous aide."

    assert ease(sentences(law)) < 30 < EASY < ease(sentences(plain))


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("le", 1),
        ("aide", 1),
        ("commune", 2),
        ("réalité", 4),
        ("données", 2),
        ("numérique", 3),
    ],
)
def test_syllables_are_counted_as_heard(word, heard):
    assert heard == syllables(word)


def test_only_what_is_read_as_sentences_is_measured():
    prose = Prose(
        "<nav><p>Ce menu ne se lit pas.</p></nav><main><h1>Un titre de quatre mots</h1>"
        "<p>Une phrase de <em>cinq</em> mots. Court.</p></main>"
    )

    assert ["Une phrase de cinq mots"] == [one.text for one in prose.sentences]
