"""What changed between two versions, and which answers still compare: by hand."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from jalons.questionnaires import drafting
from jalons.questionnaires.comparison import compare
from jalons.questionnaires.schema import Option, ShowIf, Text
from tests.questionnaires.kinds import kinds
from tests.questionnaires.samples import sample

BEFORE = sample()


def said(words: str) -> Text:
    return Text(fr=words, en=words)


def changed(code: str, **update):
    """The sample with one question changed."""
    question = BEFORE.question(code).model_copy(update=update)
    return drafting.replace_question(BEFORE, question)


def of(after, code):
    """What is said of one question: its changes, and whether its answers compare."""
    pair = next(p for p in compare(BEFORE, after).pairs if p.after.code == code)
    return set(pair.changes), pair.comparable


def repointed(code: str, option: str, points: int):
    options = tuple(
        o.model_copy(update={"points": points}) if o.code == option else o
        for o in BEFORE.question(code).options
    )
    return changed(code, options=options)


def test_nothing_changes_between_a_version_and_itself():
    found = compare(BEFORE, BEFORE)

    assert found.is_empty
    assert found.are_scores_comparable
    assert len(BEFORE.questions) == found.unchanged_count


P2 = BEFORE.question("P2")
NEW = Option(code="other", text=said("Autre"))

# (what changes, what is said of it, whether answers compare)
CASES = {
    "points": (repointed("P2", "weak", 2), {"points"}, "same"),
    "help": (changed("P2", help=said("Aide")), {"help"}, "same"),
    "required": (changed("P2", required=True), {"required"}, "same"),
    "words": (changed("P2", text=said("Défendu ?")), {"reworded"}, "with_care"),
    "an answer more": (
        changed("P2", options=(*P2.options, NEW.model_copy(update={"points": 0}))),
        {"options_added", "points"},
        "with_care",
    ),
    "an answer less": (
        changed("P2", options=P2.options[1:]),
        {"options_removed", "points"},
        "with_care",
    ),
    "words of an answer": (
        changed(
            "P2",
            options=(
                P2.options[0].model_copy(update={"text": said("Nul")}),
                *P2.options[1:],
            ),
        ),
        {"options_reworded"},
        "with_care",
    ),
    "who is asked": (
        changed("P2", show_if=ShowIf(question="profile", any_of=("staff",))),
        {"condition"},
        "with_care",
    ),
    "meaning": (changed("P2", meaning="essai.P2.2"), {"meaning"}, "no"),
    "kind of answer": (changed("P2", type="scale"), {"type", "scale"}, "no"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_named_and_judged(name):
    after, changes, comparable = CASES[name]

    assert (changes, comparable) == of(after, "P2")


def test_answers_added_and_removed_are_named():
    new = NEW.model_copy(update={"points": 0})
    after = changed("P2", options=(*P2.options[1:], new))

    (pair,) = compare(BEFORE, after).changed

    assert [new.code] == [one.code for one in pair.options_added]
    assert [P2.options[0].code] == [one.code for one in pair.options_removed]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("help", True), ("words", True), ("points", False), ("who is asked", False)],
)
def test_totals_compare_only_with_the_same_points_asked_of_the_same(name, expected):
    assert expected == compare(BEFORE, CASES[name][0]).are_scores_comparable


def test_totals_do_not_compare_when_classes_move():
    grid = BEFORE.grid
    low, high = grid.classes
    moved = (
        low.model_copy(update={"high": 2.0}),
        high.model_copy(update={"low": 2.0}),
    )
    after = BEFORE.model_copy(
        update={"grid": grid.model_copy(update={"classes": moved})}
    )

    assert not compare(BEFORE, after).are_scores_comparable


def test_a_reworded_question_is_told_once_not_twice_otherwise():
    page, after = "questionnaires/_comparison.html", changed("P2", text=said("Oui ?"))
    reworded, unchanged = (
        render_to_string(page, {"comparison": compare(BEFORE, one)})
        for one in (after, BEFORE)
    )

    assert "avec prudence" in reworded
    assert "mêmes questions" not in reworded
    assert "mêmes questions" in unchanged


def test_questions_added_and_removed_are_listed():
    without = drafting.remove_question(BEFORE, "fte")
    added = BEFORE.question("fte").model_copy(update={"code": "staff", "meaning": "x"})
    after = drafting.add_question(without, "rest", added)

    found = compare(BEFORE, after)

    assert ["staff"] == [q.code for q in found.added]
    assert ["fte"] == [q.code for q in found.removed]


def test_a_question_is_known_by_its_meaning_even_under_another_code():
    renamed = BEFORE.question("fte").model_copy(
        update={"code": "staff", "meaning": "essai.fte"}
    )
    after = drafting.add_question(
        drafting.remove_question(BEFORE, "fte"), "rest", renamed
    )

    found = compare(BEFORE, after)

    assert () == found.added == found.removed
    (pair,) = [p for p in found.pairs if p.after.code == "staff"]
    assert ("fte", "same") == (pair.before.code, pair.comparable)


def test_only_the_question_that_moved_is_said_to_move():
    after = drafting.put_question(BEFORE, "email", "who", 0)

    moved = [p.after.code for p in compare(BEFORE, after).pairs if "moved" in p.changes]

    assert ["email"] == moved


def test_other_limits_classes_and_profiles_are_told():
    before = kinds()
    people, order = before.question("people"), before.question("order")
    first, *rest = order.options
    offered = first.model_copy(update={"profiles": ("staff",)})
    after = drafting.replace_question(
        before, people.model_copy(update={"class_limits": (2.0,), "maximum": 50.0})
    )
    after = drafting.replace_question(
        after, order.model_copy(update={"options": (offered, *rest)})
    )

    found = {one.after.code: one for one in compare(before, after).changed}

    assert ("limits", "classes") == found["people"].changes
    assert ("offered",) == found["order"].changes
    assert "with_care" == found["order"].comparable
