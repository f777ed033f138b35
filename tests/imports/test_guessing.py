"""Proposals: what they read, how sure they say they are, and when they say nothing."""

from __future__ import annotations

import doctest

import pytest

from jalons.imports import cells, guessing, shapes, words
from jalons.imports.guessing import (
    LIKELY,
    SURE,
    Asked,
    Choice,
    cuts_cleanly,
    guess_option,
    guess_question,
    guess_separator,
    part_of,
    resemblance,
)
from tests.imports.foreign import SHAPES

YES_NO = (Choice("yes", ("Oui, un élu", "Yes, one")), Choice("no", ("Non", "No")))
P2 = Asked(Choice("P2", ("Un élu est-il chargé du numérique ?",)), YES_NO)
P3 = Asked(
    Choice("P3", ("Comment les élus sont-ils engagés ?",)),
    (
        Choice("delegate", ("Une délégation au numérique",)),
        Choice("voted", ("Une délibération votée",)),
    ),
)
S1 = Asked(Choice("S1", ("Combien de personnes coordonnent ?",)))
QUESTIONS = (P2, P3, S1)


@pytest.mark.parametrize("module", [cells, guessing, shapes, words])
def test_the_examples_of_the_documentation_are_true(module):
    assert 0 == doctest.testmod(module).failed


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("P2", "P2"),
        ("p2", "P2"),
        ("P2. Élu ?", "P2"),
        ("P3[SQ002]", "P3"),
        ("P3_1", "P3"),
        ("S1 - personnes", "S1"),
    ],
)
def test_a_column_that_bears_a_code_is_almost_certain(name, code):
    guess = guess_question(name, [], QUESTIONS)

    assert (code, "sure") == (guess.code, guess.level)


def test_a_code_is_not_seen_inside_another_one():
    assert "" == guess_question("P20", [], QUESTIONS).code
    assert "" == guess_question("SP2", [], QUESTIONS).code


def test_words_count_without_accents_capitals_or_little_words():
    # Three telling words on each side, all in common: 2 × 3 / (3 + 3) = 1.
    assert 1.0 == resemblance("UN ELU CHARGE DU NUMERIQUE", "Un élu chargé numérique")
    # elu, charge in common; numerique / sports differ: 2 × 2 / (3 + 3).
    assert pytest.approx(2 / 3) == resemblance(
        "élu chargé numérique", "élu chargé sports"
    )
    assert 0.0 == resemblance("", "élu")


def test_a_question_written_otherwise_is_likely_and_its_values_make_it_sure():
    said = "Y a-t-il un élu chargé du numérique dans votre intercommunalité ?"

    alone = guess_question(said, ["Peut-être", "Jamais"], QUESTIONS)
    with_values = guess_question(said, ["Oui, un élu", "Non"], QUESTIONS)

    assert "P2" == alone.code == with_values.code
    assert LIKELY <= alone.confidence < SURE
    assert alone.confidence < with_values.confidence


def test_values_alone_make_a_proposal_to_check():
    guess = guess_question("Colonne 12", ["Non", "Oui, un élu"], QUESTIONS)

    assert ("P2", "likely") == (guess.code, guess.level)


def test_nothing_is_proposed_without_a_clue():
    assert "" == guess_question("Météo", ["Pluie", "Soleil"], QUESTIONS).code
    assert "" == guess_question("Météo", [], []).code


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("non", "no", "sure"),
        ("OUI UN ÉLU", "yes", "sure"),
        ("O", "yes", "sure"),
        ("0", "no", "sure"),
        ("AO01", "yes", "likely"),
        ("2", "no", "likely"),
        ("A17", "", "none"),
        ("Peut-être", "", "none"),
    ],
)
def test_a_value_means_an_option_more_or_less_surely(text, code, level):
    guess = guess_option(text, YES_NO)

    assert (code, level) == (guess.code, guess.level)


def test_a_rank_is_never_almost_certain():
    """AO02 is the second answer of the form, which need not be ours."""
    assert guess_option("AO02", YES_NO).confidence < SURE


def test_the_box_is_read_at_the_end_of_the_name():
    assert (
        "voted" == guess_option(part_of("P3 [Une délibération votée]"), P3.options).code
    )
    assert "" == part_of("Un simple nom")


def test_a_separator_is_what_makes_parts_known():
    values = ["Une délégation au numérique | Une délibération votée"]

    assert "|" == guess_separator(values, P3.options)
    assert guess_separator(["Une délégation au numérique"], P3.options) is None


def test_answers_joined_as_our_own_exports_join_them_are_cut_first():
    values = ["Une délégation au numérique · Une délibération votée"]

    assert " · " == guess_separator(values, P3.options)
    assert cuts_cleanly(values, P3.options, " · ")
    assert ["a", "b·e"] == cells.cut_answers("a · b·e", " · ", {"a"}.__contains__)


@pytest.mark.parametrize(
    ("values", "level"),
    [
        (["Une délégation au numérique · Une délibération votée"], "sure"),
        (["Une délégation au numérique · Un vœu"], "likely"),
        (["Une délégation au numérique; Un vœu, ou deux"], "likely"),
        (["Un vœu | Un souhait"], "likely"),
        (["Une délibération votée", "Un vœu"], "sure"),
    ],
)
def test_a_column_cut_into_unknown_pieces_is_not_almost_certain(values, level):
    guess = guess_question("P3", values, QUESTIONS)

    assert ("P3", level) == (guess.code, guess.level)


def test_a_separator_that_an_answer_holds_is_not_almost_certain():
    joined = ["Oui, un élu, Non"]

    assert not cuts_cleanly(joined, YES_NO, ",")
    assert "likely" == guess_question("P2", joined, QUESTIONS).level
    assert "sure" == guess_question("P2", ["Oui, un élu", "Non"], QUESTIONS).level


def test_several_answers_are_cut_without_breaking_an_answer_that_holds_a_comma():
    known = {"Oui, un peu"}.__contains__

    assert ["Oui, un peu", "Autre"] == cells.cut_answers(
        "Oui, un peu, Autre", ",", known
    )
    assert ["a, b"] == cells.cut_answers("a, b", None, known)
    assert 100 == len(cells.cut_answers(",".join("abcde" * 20), ",", known))


@pytest.mark.parametrize("code", SHAPES)
def test_the_tool_of_a_file_is_recognised(code):
    lines = SHAPES[code].splitlines()
    header = next(
        line for line in lines if "epci," in line or "EPCI" in line or "Horo" in line
    )
    separator = ";" if ";" in header else ","

    shape, share = shapes.recognise(header.split(separator))

    assert (code, 1.0) == (shape.code, share)


def test_an_ordinary_table_is_not_taken_for_a_tool():
    assert "table" == shapes.recognise(["id", "EPCI", "Date", "P2"])[0].code
    assert "table" == shapes.recognise(["EPCI", "Horodateur"])[0].code


def test_a_day_that_may_be_a_month_is_told_both_ways():
    both = ["%d/%m/%Y", "%m/%d/%Y"]
    assert both == shapes.date_formats({"03/04/2022": 1, "01/02/2022": 1})
    assert ["%m/%d/%Y"] == shapes.date_formats({"03/04/2022": 1, "03/15/2022": 1})


def test_dates_are_judged_by_rows_and_not_by_different_texts():
    assert [shapes.ISO] == shapes.date_formats({"2026-11-26T11:00:00": 9, "hier": 1})
    assert [] == shapes.date_formats({"2026-11-26T11:00:00": 1, "hier": 1})
    assert [] == shapes.date_formats({"hier": 1})
    assert [] == shapes.date_formats({})


def test_the_line_of_headings_is_the_first_of_the_widest():
    lines = [
        (1, ["Enquête", "", ""]),
        (2, ["", "Vous", ""]),
        (3, ["SID", "EPCI", "P2"]),
        (4, ["1", "a", "b"]),
    ]

    assert 3 == shapes.header_line(lines)
    assert 1 == shapes.header_line([(1, ["id", "P2"]), (2, ["1", "x"])])


def test_the_own_code_of_a_question_comes_before_the_words_of_another():
    asked = [
        Asked(Choice("action_title", ("Quelle est cette action ?", "Which action?"))),
        Asked(Choice("action_theme", ("À quelle thématique se rattache-t-elle ?",))),
    ]

    assert "action_theme" == guess_question("action_theme", ["x"], asked).code
