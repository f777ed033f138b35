from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from jalons.library.finding import answers_to
from jalons.library.models import Sheet
from jalons.library.operations import withdraw_sheet

QUESTIONS = tomllib.loads(
    Path(__file__).with_name("questions.toml").read_text(encoding="utf-8")
)["question"]
LEAST = 0.8


def codes(question: str) -> list[str]:
    return [one.sheet.code for one in answers_to(question)]


def ranks() -> dict[str, float]:
    """For each question, one over the place of the first sheet expected."""
    found = {}
    for one in QUESTIONS:
        places = [n for n, code in enumerate(codes(one["asked"]), 1)
                  if code in one["expected"]]  # fmt: skip
        found[one["asked"]] = 1 / places[0] if places else 0.0
    return found


def test_sixty_real_questions_are_answered(library):
    found = ranks()

    assert len(found) == 60
    mean = sum(found.values()) / len(found)
    assert mean >= LEAST, sorted(found.items(), key=lambda one: one[1])[:15]


def test_every_expected_sheet_is_there(library):
    known = set(Sheet.objects.public().values_list("code", flat=True))

    assert {code for one in QUESTIONS for code in one["expected"]} <= known


@pytest.mark.parametrize(
    "asked", ["Aidants Connect", "aidant conect", "AIDANTS-CONNECT", "aidants connct"]
)
def test_slips_capitals_and_hyphens_lead_to_the_same_sheet(library, asked):
    assert codes(asked)[0] == "dispositif-aidants-connect"


def test_a_synonym_leads_where_the_word_does(library):
    assert "chiffre-14-millions" in codes("e-exclusion")
    assert "recit-sicoval" in codes("fracture senior campagne")


@pytest.mark.parametrize("asked", ["", "   ", "de la des", "%_'\"*()", "xqzwvk"])
def test_a_question_that_says_nothing_has_no_answer(library, asked):
    assert codes(asked) == []


@pytest.mark.parametrize("asked", ['"', "a OR b", "NEAR(", "| & !", "x" * 5000])
def test_marks_of_the_databases_are_only_letters(library, asked):
    assert isinstance(codes(asked), list)


@pytest.mark.parametrize("asked", ["½", "a½b", "⑴", "½ ordinateur"])
def test_a_sign_that_unfolds_into_several_words_is_no_error(library, asked):
    assert isinstance(codes(asked), list)


def test_a_withdrawn_sheet_is_not_found(library):
    sheet = Sheet.objects.get(code="dispositif-aidants-connect")
    withdraw_sheet(sheet, by=None)

    assert "dispositif-aidants-connect" not in codes("aidants connect")


def test_finding_takes_a_few_queries(library, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        answers_to("aidants conect pour les persones agées")
