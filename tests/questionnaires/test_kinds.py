"""Scales, rankings, matrices and dates: written, asked, cleaned, read again."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils import translation

from jalons.questionnaires.answers import clean_answers, in_words, progress
from jalons.questionnaires.columns import columns_of
from jalons.questionnaires.definitions import content_of, restore
from jalons.questionnaires.forms import section_form
from tests.questionnaires.kinds import KINDS, kinds
from tests.questionnaires.samples import line_holding, problems_of
from tests.questionnaires.test_forms import Page

# (passage, what replaces it, key, word of the mend)
MISTAKES = {
    "options that a date lacks": (
        "earliest = 2020-01-01",
        'options = [{ code = "a", text = { fr = "A", en = "A" } }]',
        "sections[1].questions[3].options",
        "no options",
    ),
    "lines of a scale": (
        "allows_not_concerned = true\n",
        'rows = [{ code = "a", text = { fr = "A", en = "A" } }]\n',
        "sections[1].questions[0].rows",
        "Only a matrix",
    ),
    "a matrix without lines": (
        """rows = [
  { code = "mail", text = { fr = "Écrire un message", en = "Write a message" } },
  { code = "buy", text = { fr = "Acheter", en = "Buy" } },
]
""",
        "",
        "sections[1].questions[2].rows",
        "at least one line",
    ),
    "a line written twice": (
        'code = "buy"',
        'code = "mail"',
        "sections[1].questions[2].rows[1].code",
        "already used",
    ),
    "two degrees of the same words": (
        'fr = "Un peu", en = "A little"',
        'fr = " pas du  tout", en = "A little"',
        "sections[1].questions[0].options[1].text.fr",
        "Answers 1 and 2 both say “pas du  tout” in French",
    ),
    "two lines of the same words": (
        'fr = "Acheter", en = "Buy"',
        'fr = "Acheter", en = "Write a message"',
        "sections[1].questions[2].rows[1].text.en",
        "Lines 1 and 2 both say “Write a message” in English",
    ),
    "a scale that turns back": (
        "value = 2",
        "value = 0",
        "sections[1].questions[0].options[2].value",
        "one way",
    ),
    "a degree without its value": (
        'code = "some", value = 1',
        'code = "some"',
        "sections[1].questions[0].options[1].value",
        "or to none",
    ),
    "a value that is not a degree": (
        'code = "money",',
        'code = "money", value = 1,',
        "sections[1].questions[1].options[0].value",
        "Only a degree",
    ),
    "not concerned, in a ranking": (
        "max_choices = 2",
        "allows_not_concerned = true",
        "sections[1].questions[1].allows_not_concerned",
        "Only a scale",
    ),
    "not concerned, written as an option": (
        'code = "never"',
        'code = "not_concerned"',
        "sections[1].questions[0].options[0].code",
        "allows_not_concerned",
    ),
    "do not know, in a ranking": (
        "max_choices = 2",
        "allows_dont_know = true",
        "sections[1].questions[1].allows_dont_know",
        "does not offer",
    ),
    "more ranks than answers": (
        "max_choices = 2",
        "max_choices = 4",
        "sections[1].questions[1].max_choices",
        "exceeds",
    ),
    "dates in disorder": (
        "earliest = 2020-01-01",
        "earliest = 2027-01-01",
        "sections[1].questions[3].earliest",
        "later",
    ),
    "a condition on a ranking": (
        'question = "ease", any_of = ["never"]',
        'question = "order", any_of = ["money"]',
        "sections[1].questions[4].show_if.any_of",
        "scale",
    ),
    "a degree for some profiles only": (
        'code = "never",',
        'code = "never", profiles = ["staff"],',
        "sections[1].questions[0].options[0].profiles",
        "same for everyone",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line_its_key_and_its_mend(name):
    old, new, key, mend = MISTAKES[name]
    assert old in KINDS

    with translation.override("en"):
        problems = problems_of(KINDS.replace(old, new, 1))

    told = [(p.key, p.message) for p in problems]
    assert any(key == where and mend in message for where, message in told), told
    assert all(p.line > line_holding(KINDS, 'code = "ease"') - 1 for p in problems)


def test_the_whole_is_stored_and_read_back():
    assert kinds() == restore(content_of(kinds()))


def test_degrees_are_worth_their_value_or_their_place():
    plain = kinds()

    assert {"never": 0, "some": 1, "full": 2} == plain.question("ease").degrees
    assert {"alone": 1, "helped": 2} == plain.question("grid").degrees
    assert {} == plain.question("order").degrees


def cleaned(**raw):
    return clean_answers(kinds(), raw)


def test_good_answers_are_kept_in_their_plain_form():
    answers, problems = cleaned(
        ease="not_concerned",
        order=["time", "money"],
        grid={"buy": "helped", "mail": "dont_know"},
        since="31/03/2026",
    )

    assert () == problems
    assert {
        "ease": "not_concerned",
        "order": ["time", "money"],
        "grid": {"mail": "dont_know", "buy": "helped"},
        "since": "2026-03-31",
    } == answers


def test_cleaning_twice_changes_nothing():
    once, _problems = cleaned(order={"money": "3", "time": "1"}, since="2026-03-31")
    twice, problems = clean_answers(kinds(), once)

    assert (once, ()) == (twice, problems)
    assert ["time", "money"] == once["order"]


@pytest.mark.parametrize(
    ("question", "value", "mend"),
    [
        ("ease", "dont_know", "accepts"),
        ("order", ["time", "time"], "ranked twice"),
        ("order", {"time": "1", "money": "1"}, "rank 1"),
        ("order", {"time": "premier"}, "not a rank"),
        ("order", {"time": "0"}, "not a rank"),
        ("order", ["time", "money", "staff"], "at most"),
        ("order", ["nothing"], "accepts"),
        ("grid", {"sing": "alone"}, "no line"),
        ("grid", {"mail": "nothing"}, "accepts"),
        ("grid", "alone", "One answer a line"),
        ("since", "hier", "not a date"),
        ("since", "31/02/2026", "not a date"),
        ("since", "2019-12-31", "from"),
        ("since", "2027-01-01", "up to"),
    ],
)
def test_a_wrong_answer_is_refused_and_told(question, value, mend):
    with translation.override("en"):
        answers, (problem,) = cleaned(**{question: value})

    assert question not in answers
    assert mend in problem.message


@pytest.mark.parametrize("value", ["", [], {}, None, {"mail": ""}])
def test_what_is_left_blank_is_missing(value):
    for question in ("order", "grid"):
        if question == "grid" and value == []:
            continue
        assert ({}, ()) == cleaned(**{question: value})


def test_a_matrix_is_answered_when_every_line_is():
    half = progress(kinds(), {"territory": "x", "grid": {"mail": "alone"}})
    whole = progress(
        kinds(), {"territory": "x", "grid": {"mail": "alone", "buy": "alone"}}
    )

    assert ("grid",) == half.missing
    assert () == whole.missing


def form_of(answers=None, posted=None):
    definition = kinds()
    return section_form(
        definition,
        definition.section("kinds"),
        answers or {},
        language="fr",
        data=QueryDict(posted) if posted is not None else None,
    )


def test_each_line_is_a_native_control_with_its_own_label():
    page = Page(form_of({"order": ["time"], "grid": {"mail": "alone"}}))

    controls = [a for t, a in page.tags if t in ("input", "select")]
    labelled = {attrs["for"] for attrs in page.all("label")}
    assert {attrs["id"] for attrs in controls} == labelled
    assert 3 == len(page.all("select"))
    assert 3 == len(page.all("input", type="radio", name="grid.mail"))
    assert 4 == len(page.all("input", type="radio", name="ease"))
    assert page.all("input", type="date", name="since", min="2020-01-01")
    assert page.all("input", id="q-grid.mail_0", checked=None)
    assert len(page.all("fieldset")) == len(page.all("legend"))


def test_what_is_posted_line_by_line_is_read():
    form = form_of(
        posted="ease=full&order.money=2&order.time=1&order.staff="
        "&grid.mail=alone&grid.buy=helped&since=2026-03-31"
    )

    assert form.is_valid()
    assert ["time", "money"] == form.answers["order"]
    assert {"mail": "alone", "buy": "helped"} == form.answers["grid"]


def test_a_line_left_blank_is_asked_for_and_the_others_are_kept():
    form = form_of(posted="grid.mail=alone&order.money=1&order.time=1")

    assert not form.is_valid()
    assert {"mail": "alone"} == form.answers["grid"]
    assert {"grid", "order"} == set(form.errors)
    page = Page(form)
    assert 2 == len([a for a in page.all("option", value="1") if "selected" in a])


def test_answers_are_read_again_in_words():
    definition = kinds()
    say = {
        code: in_words(definition.question(code), answer, language="fr")
        for code, answer in {
            "ease": "not_concerned",
            "order": ["time", "money"],
            "grid": {"mail": "alone", "buy": "dont_know"},
            "since": "2026-03-31",
        }.items()
    }

    assert "1. Temps · 2. Argent" == say["order"]
    assert "31 mars 2026" == say["since"]
    assert say["grid"].startswith("Écrire un message")
    assert "Seul · Acheter" in say["grid"]


def test_a_matrix_has_one_column_a_line_and_a_ranking_one_an_option():
    definition = kinds()
    answers = {"order": ["time", "money"], "grid": {"mail": "alone"}}
    found = {
        column.code: column.coded(answers)
        for code in ("order", "grid")
        for column in columns_of(definition.question(code))
    }

    assert {
        "order.money": 2,
        "order.time": 1,
        "order.staff": None,
        "grid.mail": "alone",
        "grid.buy": None,
    } == found
