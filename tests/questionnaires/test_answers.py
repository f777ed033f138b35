"""One set of rules cleans what a form posts and what a file holds."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.questionnaires.answers import (
    asked,
    clean_answers,
    how_many_pages,
    in_words,
    progress,
    sections_asked,
    split_personal,
)
from tests.questionnaires.samples import field, maturity, sample


def refused(question, value, **others):
    """The problem told about one value; fails when there is none."""
    answers, problems = clean_answers(sample(), {question: value, **others})
    (problem,) = problems
    assert problem.question == question
    assert question not in answers
    return problem


def kept(question, value, **others):
    answers, problems = clean_answers(sample(), {question: value, **others})
    assert problems == ()
    return answers.get(question)


def test_codes_are_kept_in_the_order_of_the_file_and_once():
    assert kept("P2", " yes ") == "yes"
    assert kept("difficulties", ["tools", "time", "tools"]) == ["time", "tools"]
    assert kept("difficulties", "time") == ["time"]


@pytest.mark.parametrize("blank", [None, "", "  ", [], [""]])
def test_a_blank_is_missing(blank):
    answers, problems = clean_answers(sample(), dict.fromkeys(["P2"], blank))

    assert "P2" not in answers
    assert problems == () or isinstance(blank, list)


def test_an_unknown_option_names_the_question_the_value_and_what_is_accepted():
    problem = refused("P2", "maybe")

    assert problem.value == "maybe"
    assert problem.allowed == ("no", "weak", "yes", "dont_know")
    for word in ("P2", "maybe", "no, weak, yes, dont_know"):
        assert word in problem.message


def test_an_unknown_question_is_told():
    _, problems = clean_answers(sample(), {"P9": "yes"})

    assert [problem.question for problem in problems] == ["P9"]


def test_i_do_not_know_is_accepted_only_where_it_is_offered():
    assert kept("P2", "dont_know") == "dont_know"
    assert "dont_know" not in refused("profile", "dont_know").allowed


def test_more_choices_than_allowed_are_refused():
    assert kept("difficulties", ["time", "tools"]) == ["time", "tools"]
    assert "3" in refused("difficulties", ["funding", "time", "tools"]).message


def test_an_exclusive_option_goes_alone():
    assert kept("P3", ["none"], P2="yes") == ["none"]

    _, problems = clean_answers(sample(), {"P2": "yes", "P3": ["none", "budget"]})

    assert "Rien" in problems[0].message


def test_the_answer_to_a_question_not_asked_is_dropped():
    answers, problems = clean_answers(sample(), {"P2": "no", "P3": ["budget"]})

    assert answers == {"P2": "no"}
    assert problems == ()


def test_a_wrong_answer_to_a_question_not_asked_is_dropped_too():
    _, problems = clean_answers(sample(), {"P2": "no", "P3": ["nonsense"]})

    assert problems == ()


def test_an_option_not_offered_to_the_profile_is_dropped():
    both = ["funding", "network"]

    assert kept("difficulties", both, profile="elected") == ["funding"]
    assert kept("difficulties", both, profile="staff") == ["network"]
    assert kept("difficulties", both) == both


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1,5", 1.5), ("1.5", 1.5), (" 2 ", 2), (3, 3), (0, 0), ("0", 0), (2.50, 2.5)],
)
def test_a_number_is_typed_with_a_comma_or_a_point(typed, number):
    found = kept("fte", typed)

    assert found == number
    assert isinstance(found, type(number))


@pytest.mark.parametrize(
    "typed", ["un", "1,5 ETP", "1.2.3", "١", True, math.nan, math.inf, [1], {}]
)
def test_what_is_not_a_number_is_refused(typed):
    assert "1,5" in refused("fte", typed).message


def test_numbers_keep_within_their_bounds():
    assert kept("fte", "100") == 100
    assert "100" in refused("fte", "100,5").message
    assert "0" in refused("fte", -1).message
    assert refused("fte", 10**400)


def test_texts_are_trimmed_and_bounded():
    assert kept("quote", "  Deux\r\nlignes\x00 ") == "Deux\nlignes"
    assert "2000" in refused("quote", "x" * 2001).message


def test_a_territory_is_one_of_the_survey():
    sure = {"place": "200067106"}

    assert clean_answers(sample(), sure)[0] == sure
    assert clean_answers(sample(), sure, territories={"200067106"})[0] == sure
    _, problems = clean_answers(sample(), sure, territories={"248000747"})
    assert "200067106" in problems[0].message


def test_a_contact_is_kept_only_with_consent():
    address = {"email": "camille@exemple.fr"}

    with_consent, problems = clean_answers(sample(), {**address, "email_consent": "on"})
    assert problems == ()
    assert with_consent == {**address, "email_consent": "yes"}

    without, problems = clean_answers(sample(), {**address, "email_consent": False})
    assert without == {}
    assert [problem.question for problem in problems] == ["email"]


def test_consent_without_a_contact_is_not_kept():
    assert clean_answers(sample(), {"email_consent": "yes"}) == ({}, ())


def test_a_quote_without_consent_is_kept_for_the_team_without_being_quotable():
    silent, _ = clean_answers(sample(), {"quote": "Merci"})
    quotable, _ = clean_answers(sample(), {"quote": "Merci", "quote_consent": "oui"})

    assert silent == {"quote": "Merci"}
    assert quotable == {"quote": "Merci", "quote_consent": "yes"}


@pytest.mark.parametrize("address", ["camille", "camille@", "a b@c.fr"])
def test_an_address_is_whole(address):
    assert "exemple" in refused("email", address, email_consent="yes").message


def test_contacts_are_set_apart_with_the_words_agreed_to():
    answers, _ = clean_answers(
        sample(), {"P2": "no", "email": "a@exemple.fr", "email_consent": True}
    )

    apart, contacts = split_personal(sample(), answers, language="en")

    assert apart == {"P2": "no"}
    assert [(c.question, c.value, c.consent) for c in contacts] == [
        ("email", "a@exemple.fr", "Keep it.")
    ]


def test_a_page_whose_condition_is_not_met_is_not_shown():
    definition = maturity()

    without = [s.code for s in sections_asked(definition, {"has_action": "no"})]
    shown = [s.code for s in sections_asked(definition, {"has_action": "yes"})]

    assert "action" not in without
    assert "action" in shown


@pytest.mark.parametrize(
    ("page", "answer", "fewest", "most"),
    [
        ("respondent", None, 8, 9),
        # What a page to come already says may still change.
        ("in_charge", "no", 8, 9),
        ("action", "yes", 9, 9),
        ("closing", "yes", 9, 9),
        ("closing", "no", 8, 8),
        ("closing", None, 8, 8),
    ],
)
def test_how_many_pages_there_are_is_known_of_those_that_are_passed(
    page, answer, fewest, most
):
    definition = maturity()
    answers = {"has_action": answer} if answer else {}

    found = how_many_pages(definition, answers, definition.section(page))

    assert (fewest, most) == found


@given(
    st.fixed_dictionaries(
        {
            "F5": st.sampled_from(["daily", "seldom", "never", None]),
            "F17": st.sampled_from(["soon", "no", None]),
        }
    )
)
def test_going_on_there_are_never_more_pages_than_were_told(answers):
    """Each page is told before what it asks, and those after it, are answered."""
    definition = field()
    pages = sections_asked(definition, answers)

    told = [how_many_pages(definition, answers, page) for page in pages]

    assert sorted(told, key=lambda each: -each[1]) == told
    assert sorted(each[0] for each in told) == [each[0] for each in told]
    assert all(fewest <= len(pages) <= most for fewest, most in told)


def test_a_chain_of_conditions_breaks_at_the_first_question_not_asked():
    definition = maturity()
    answers = {"S3": "no", "S4": ["document"], "R1": "dont_know"}

    codes = {question.code for question in asked(definition, answers)}

    assert not codes & {"S4", "body"}


def test_progress_counts_answers_and_names_required_questions():
    before = progress(sample(), {})
    after = progress(sample(), {"profile": "staff", "P2": "dont_know"})

    assert (before.answered, before.asked) == (0, 6)
    assert before.missing == ("profile",)
    assert (after.answered, after.is_complete) == (2, True)
    assert [(s.code, s.answered) for s in after.sections] == [
        ("who", 1),
        ("points", 1),
        ("rest", 0),
    ]


def test_an_answer_is_said_in_words():
    definition = sample()
    ways = definition.question("P3")

    assert in_words(ways, ["delegate", "budget"], language="fr") == "Délégué · Budget"
    assert in_words(ways, "dont_know", language="fr") == "Je ne sais pas"
    assert in_words(definition.question("fte"), 1.5, language="fr") == "1,5"
    assert in_words(definition.question("fte"), 1.5, language="en") == "1.5"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner)
    ),
    max_leaves=6,
)
DEFINITION = maturity()
SMALL = sample()
CODES = [q.code for q in DEFINITION.questions] + ["contact_consent", "quote_consent"]
OPTIONS = sorted({code for q in DEFINITION.questions for code in q.option_codes})
PLAUSIBLE = (
    st.sampled_from(OPTIONS)
    | st.lists(st.sampled_from(OPTIONS), max_size=5)
    | st.sampled_from(["1,5", "200067106", "a@b.fr", "yes", " é́ \u2028\ud800", 1e12])
)


@given(st.dictionaries(st.sampled_from(CODES) | st.text(max_size=5), JSON | PLAUSIBLE))
def test_cleaning_never_fails_and_cleaning_twice_changes_nothing(raw):
    for definition in (DEFINITION, SMALL):
        answers, problems = clean_answers(definition, raw)

        again, none_left = clean_answers(definition, answers)

        assert again == answers
        assert none_left == ()
        assert all(problem.message for problem in problems)
        assert "\\u0000" not in json.dumps(answers, allow_nan=False)
        assert json.dumps(answers, ensure_ascii=False).encode()
        assert {q.code for q in asked(definition, answers)} >= {
            code for code in answers if not code.endswith("_consent")
        }
