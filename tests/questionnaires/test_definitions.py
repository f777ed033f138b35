"""A file that is wrong says its line, its key and its mend."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from jalons.questionnaires.definitions import (
    InvalidDefinition,
    checksum_of,
    content_of,
    parse,
    read_file,
    restore,
)
from tests.questionnaires.samples import (
    SAMPLE,
    broken,
    line_holding,
    maturity,
    problems_of,
    sample,
)


def test_a_right_file_is_read():
    definition = sample()

    assert definition.code == "essai"
    assert [q.code for q in definition.questions][:3] == ["profile", "P2", "P3"]
    assert definition.with_role("profile").required


# (passage of the sample, what replaces it, key, word of the mend)
MISTAKES = {
    "wrong type": ("minutes = 1", "minutes = '1'", "minutes", "whole number"),
    "a number for a text": (
        'author = "Projet Jalons"',
        "author = 3",
        "author",
        "quotes",
    ),
    "a text for a list": (
        'any_of = ["weak", "yes"]',
        'any_of = "yes"',
        "sections[1].questions[1].show_if.any_of",
        "list",
    ),
    "a text for a table": (
        'title = { fr = "Vous", en = "You" }',
        'title = "Vous"',
        "sections[0].title",
        "fr, en, fr_easy",
    ),
    "missing French": (
        'title = { fr = "Vous", en = "You" }',
        'title = { en = "You" }',
        "sections[0].title.fr",
        "add it",
    ),
    "empty English": ('en = "You" }', 'en = " " }', "sections[0].title.en", "write it"),
    "unknown key": ("maximum = 2\n", "maximun = 2\n", "maximun", "maximum"),
    "unknown key, nothing near": (
        "minutes = 1",
        "zzz = 1\nminutes = 1",
        "zzz",
        "author",
    ),
    "unknown type": ('type = "number"', 'type = "numeric"', "type", "single"),
    "a code with a space": ('code = "fte"', 'code = "f t e"', "code", "letters"),
    "a control character": ('fr = "Vous"', 'fr = "Vo\\u0000us"', "fr", "control"),
    "not a boolean": ("required = true", 'required = "oui"', "required", "true"),
    "points not whole": ("points = 3", "points = 2.5", "points", "whole number"),
    "negative points": ("points = 0", "points = -1", "points", "at least 0"),
    "infinite bound": ("maximum = 100", "maximum = inf", "maximum", "finite"),
    "not a date": (
        'licence = "MIT"',
        'licence = "MIT"\nreviewer = "X"\nreviewed_on = "hier"',
        "reviewed_on",
        "2026-03-31",
    ),
    "a question twice": ('code = "P3"', 'code = "P2"', "questions[1].code", "another"),
    "a section twice": ('code = "rest"', 'code = "who"', "sections[2].code", "another"),
    "an option twice": (
        'code = "budget"',
        'code = "delegate"',
        "options[1].code",
        "used",
    ),
    "a reserved option": ('code = "weak"', 'code = "dont_know"', "code", "allows_dont"),
    "a reserved ending": ('code = "fte"', 'code = "fte_consent"', "code", "_consent"),
    "a role twice": (
        'code = "P2"\n',
        'code = "P2"\nrole = "profile"\n',
        "questions[0].role",
        "Another",
    ),
    "a role of another type": (
        'code = "fte"',
        'code = "fte"\nrole = "strategy"',
        "role",
        "single",
    ),
    "a condition on a later question": (
        'show_if = { question = "P2"',
        'show_if = { question = "fte"',
        "show_if.question",
        "before",
    ),
    "a condition on an unknown option": (
        'any_of = ["weak", "yes"]',
        'any_of = ["maybe"]',
        "any_of[0]",
        "no, weak, yes, dont_know",
    ),
    "an unknown profile": ('["staff"]', '["mayor"]', "profiles", "mayor"),
    "too many choices": ("max_choices = 2", "max_choices = 9", "max_choices", "number"),
    "bounds upside down": ("minimum = 0", "minimum = 200", "minimum", "maximum"),
    "a unit on a text": (
        'code = "place"',
        'code = "place"\nunit = { fr = "m", en = "m" }',
        "unit",
        "remove",
    ),
    "a contact without consent": (
        'consent = { fr = "Gardez-la.", en = "Keep it." }',
        "",
        "consent",
        "agrees",
    ),
    "an obligatory contact": (
        "is_personal = true",
        "is_personal = true\nrequired = true",
        "required",
        "Nobody",
    ),
    "a contact among the answers": (
        "is_personal = true",
        "",
        "is_personal",
        "who the person is",
    ),
    "none that excludes nothing": ("is_exclusive = true\n", "", "is_exclusive", "true"),
    "a reconstruction without note": (
        "is_reconstruction = false",
        "is_reconstruction = true",
        "reconstruction_note",
        "note",
    ),
    "a reviewer without date": (
        'licence = "MIT"',
        'licence = "MIT"\nreviewer = "Un réseau"',
        "reviewed_on",
        "date",
    ),
    "points over the maximum": ("points = 3", "points = 4", "points", "maximum"),
    "a maximum nobody reaches": (
        "maximum = 3",
        "maximum = 4",
        "sections[1].questions[0].scoring.maximum",
        "at most 3 points, not 4",
    ),
    "points forgotten": ("points = 1\n", "", "options[1].points", "0 if none"),
    "points without scoring": (
        '{ code = "time", text',
        '{ code = "time", points = 1, text',
        "options[2].points",
        "no scoring",
    ),
    "a dimension total": ("maximum = 5", "maximum = 6", "dimensions[0].maximum", "5"),
    "a total": ("total = 5", "total = 6", "grid.total", "6"),
    "a gap between classes": ("low = 3\n", "low = 4\n", "classes[1]", "ends at 3"),
    "an overlap of classes": ("low = 3\n", "low = 2\n", "classes[1]", "ends at 3"),
    "classes that stop early": ("high = 5", "high = 4", "classes[1]", "total"),
    "a class twice": ('code = "high"', 'code = "low"', "classes[1].code", "another"),
    "an unknown dimension": (
        'dimension = "political"',
        'dimension = "social"',
        "scoring.dimension",
        "political",
    ),
    "a rule of another type": (
        'rule = "single"',
        'rule = "counted"',
        "rule",
        "multiple",
    ),
    "no option worth zero": (
        '[[sections.questions.options]]\ncode = "none"\nis_exclusive = true\n'
        'text = { fr = "Rien", en = "None" }\n',
        "",
        "options",
        "worth zero",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line_its_key_and_its_mend(name):
    old, new, key, mend = MISTAKES[name]
    text = broken(old=old, new=new)

    with translation.override("en"):
        problems = problems_of(text)

    assert problems, "read without a word"
    told = [p for p in problems if p.key.endswith(key) and mend in p.message]
    assert told, problems
    assert told[0].file == "essai.toml"
    changed = line_holding(SAMPLE, old)
    assert changed - 8 <= told[0].line <= changed + 8


def test_the_line_is_that_of_the_key():
    text = broken(old="minutes = 1", new="minutes = 'dix'")

    (problem,) = problems_of(text)

    assert problem.line == line_holding(text, "minutes = 'dix'")


def test_all_mistakes_of_a_kind_are_told_at_once():
    text = broken(old="minutes = 1", new="minutes = '1'").replace(
        "low = 3", "low = '3'"
    )

    assert {"minutes", "grid.classes[1].low"} == {p.key for p in problems_of(text)}


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ("", 1, "empty"),
        (" \n\n", 1, "empty"),
        ('code = "essai\ntitle = 3', 1, "quote"),
        ("code = [\n1,\n2", 3, "bracket"),
        ('code = "a"\ncode = "b"', 2, "twice"),
        ("[" * 5000, 1, "bracket"),
        ("x" * 1_000_001, 1, "too large"),
        ('code = "essai"\ntitle = "é"'.encode("latin-1"), 2, "UTF-8"),
        (b"\xff\xfe\x00", 1, "UTF-8"),
    ],
)
def test_an_unreadable_file_says_where_and_why(text, line, mend):
    with translation.override("en"):
        (problem,) = problems_of(text)

    assert problem.line == line
    assert mend in problem.message


def test_problems_are_told_in_french_by_default():
    text = broken(old='title = { fr = "Vous", en', new="title = { en")
    line = line_holding(text, "title = { en")

    with pytest.raises(InvalidDefinition) as refusal:
        parse(text, "essai.toml")

    key = "sections[0].title.fr"
    expected = (
        f"essai.toml, ligne {line}, {key}\u00a0: Cette clé manque\u00a0: ajoutez-la."
    )
    assert str(refusal.value) == expected


def test_a_windows_file_with_a_mark_at_its_head_is_read():
    content = SAMPLE.replace("\n", "\r\n").encode("utf-8-sig")

    assert parse(content, "essai.toml") == sample()


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InvalidDefinition, match="absent.toml"):
        read_file(tmp_path / "absent.toml")


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_content_is_read_or_refused_in_words(content):
    for problem in problems_of(content):
        assert problem.message
        assert problem.line >= 1


@settings(deadline=None)
@given(st.integers(0, len(SAMPLE)), st.integers(0, 40))
def test_a_file_cut_anywhere_is_read_or_refused_in_words(start, length):
    for problem in problems_of(SAMPLE[:start] + SAMPLE[start + length :]):
        assert 1 <= problem.line <= SAMPLE.count("\n") + 1


def test_a_stored_definition_comes_back_equal():
    for definition in (sample(), maturity()):
        assert restore(content_of(definition)) == definition


def test_the_checksum_ignores_comments_and_layout_but_not_words():
    same = parse("# Relu.\n" + SAMPLE.replace(" = 1\n", "   =   1\n"), "a")
    other = sample(old="Un essai.", new="Un autre.")

    assert checksum_of(same) == checksum_of(sample())
    assert checksum_of(other) != checksum_of(sample())


def test_a_text_is_read_in_three_wordings():
    title = sample().title

    assert title.in_language("fr") == "Essai"
    assert title.in_language("fr", easy=True) == "Pour voir"
    assert title.in_language("en-gb", easy=True) == "Trial"
    assert sample().description.in_language("fr", easy=True) == "Un essai."
