"""Questions taken up keep their meaning and lose what ties them elsewhere."""

from __future__ import annotations

import pytest

from jalons.questionnaires import library
from jalons.questionnaires.checks import check, empty_texts
from tests.factories import make_version
from tests.questionnaires.centre import make_centre
from tests.questionnaires.samples import sample

pytestmark = pytest.mark.django_db


def found(meaning):
    space = make_centre()
    return next(q for q in library.library_of(space) if q.meaning == meaning)


def test_the_library_holds_the_maturity_and_the_twenty_field_questions():
    make_version()

    meanings = {one.meaning for one in library.library_of(make_centre())}

    assert {"maturite-numerique.P2", "field_devices", "field_transport"} <= meanings
    assert 22 == len([one for one in meanings if one.startswith("field_")])


def test_every_field_question_reads_in_its_three_wordings():
    definition = next(d for d in library.shipped() if d.code == "enquete-terrain")
    asked = [
        q for q in definition.questions if definition.meaning_of(q)[:6] == "field_"
    ]

    assert () == check(definition)
    assert 22 == len(asked)
    assert all(question.text.fr_easy for question in asked)


def test_a_question_taken_up_is_sound_where_it_arrives():
    make_version()
    taken = library.taken_up(found("maturite-numerique.P3"), sample())

    assert "P3_2" == taken.code
    assert "maturite-numerique.P3" == taken.meaning
    assert (None, None) == (taken.show_if, taken.scoring)
    assert {None} == {option.points for option in taken.options}


@pytest.mark.parametrize("words", ["reglement", "imprimer", "IMPRIMER acces"])
def test_words_are_found_without_accents(words):
    hits = [
        one.meaning
        for one in library.library_of(make_centre())
        if one.holds(words) and one.meaning.startswith("field_")
    ]

    assert ([] if words == "reglement" else ["field_access_limits"]) == hits


def test_an_empty_text_says_its_language_and_of_which_answer():
    question = make_version().read().question("P3")
    first, second, *others = question.options
    bare = second.model_copy(update={"text": second.text.model_copy(update={"en": ""})})
    untold = question.model_copy(update={"options": (first, bare, *others)})

    (finding,) = empty_texts(untold)

    assert "La réponse 2 n’a pas de texte en anglais\u00a0: écrivez-le." == (
        finding.on_screen
    )
