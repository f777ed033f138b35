"""A question that asks who one is says so, or is asked otherwise."""

from __future__ import annotations

import pytest

from jalons.questionnaires.person_checks import check_person
from jalons.questionnaires.schema import Question, Text


def remarks(words: str, kind: str = "short_text", **more) -> list[str]:
    """The keys of what is told of a question asked in these words."""
    text = Text(fr=words, en=more.pop("en", "Which one?"))
    question = Question(code="q", type=kind, text=text, **more)
    return [".".join(map(str, key)) for key, *_said in check_person(question)]


@pytest.mark.parametrize(
    "words",
    [
        "Votre nom ?",
        "Nom et prénom",
        "À quelle adresse ou à quel numéro ? Indiquez vos coordonnées.",
        "Votre numéro de téléphone, si l’on peut vous rappeler",
        "Quel est votre e-mail ?",
        "Numéro de sécurité sociale",
    ],
)
def test_a_question_that_asks_who_one_is_is_kept_apart_or_asked_otherwise(words):
    consent = Text(fr="Gardé à part.", en="Kept apart.")

    assert remarks(words) == ["is_personal"]
    assert remarks(words, is_personal=True, consent=consent) == []


@pytest.mark.parametrize(
    "words",
    [
        "Le nom de votre structure",
        "Comment s’appelle l’instance qui coordonne les acteurs ?",
        "À quelle adresse se trouve le lieu ?",
        "Où utilisez-vous un téléphone ?",
        "Quel est le nom de domaine de la commune ?",
    ],
)
def test_the_name_of_a_place_or_of_a_body_may_be_asked(words):
    assert remarks(words) == []


def test_words_in_english_and_the_form_of_an_address_are_seen_too():
    assert remarks("Lequel ?", en="Your full name?") == ["is_personal"]
    assert remarks("Lequel ?", format="email") == ["is_personal"]


def test_a_date_of_birth_is_asked_as_an_age_band():
    assert remarks("Date de naissance", "date") == ["text.fr"]
    assert remarks("Date de l’ouverture du lieu", "date") == []
    # Answers to choose tell of nobody: an age band is one of several.
    assert remarks("Votre adresse est-elle en ville ?", "single") == []
