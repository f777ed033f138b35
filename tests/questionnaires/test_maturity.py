"""The questionnaire that ships: its points are those of the published frame."""

from __future__ import annotations

import re

import pytest

from jalons.analysis.scoring import check, classify, classify_in, reachable, score
from jalons.questionnaires.answers import asked, clean_answers
from jalons.questionnaires.grids import NotScored, grid_of, levels_of
from tests.questionnaires.samples import MATURITY, maturity, sample

# Question, options in the order of the file with their points; domain, section 3.
POINTS = {
    "P1a": [0, 1, 2],
    "P1b": [0, 1, 2],
    "P2": [0, 3],
    "P3": [1, 1, 1, 1, 0],
    "R1": [0, 1, 3, 4],
    "R2a": [None] * 8 + [0],
    "R2b": [0, 1, 2],
    "R3": [0, 1, 2, 3, 4],
    "S1": [0, 1, 2, 3],
    "S2": [0, 1, 2, 3],
    "S3": [0, 1, 3],
    "S4": [1, 1, 1, 1, 0],
}
BEST = {
    "P1a": "regular",
    "P1b": "regular",
    "P2": "yes",
    "P3": ["delegate", "vice_president", "voted", "yearly_budget"],
    "R1": "yes_active",
    "R2a": ["library", "france_services", "association", "company", "school"],
    "R2b": "joint_actions",
    "R3": "from_4",
    "S1": "from_1",
    "S2": "yes_committee",
    "S3": "yes",
    "S4": ["document", "voted", "action_plan", "evaluation"],
}
WORST = {
    "P1a": "no",
    "P1b": "no",
    "P2": "no",
    "R1": "no",
    "R2a": ["none"],
    "R2b": "no",
    "R3": "zero",
    "S1": "zero",
    "S2": "no",
    "S3": "no",
}


def test_each_answer_gives_the_points_of_the_dossier():
    questions = [q for q in maturity().questions if q.scoring]

    found = {q.code: [option.points for option in q.options] for q in questions}

    assert found == POINTS
    assert [(s.at_least, s.points) for s in questions[5].scoring.steps] == [
        (1, 1),
        (3, 2),
        (5, 3),
    ]


def test_dimensions_are_eleven_thirteen_and_thirteen():
    grid = grid_of(maturity())

    assert grid.total == 37
    assert grid.dimensions == {"political": 11, "resources": 13, "steering": 13}
    assert check(grid) == ()


def test_every_total_from_0_to_37_is_reachable():
    assert reachable(grid_of(maturity())) == frozenset(range(38))


def test_classes_are_those_of_the_survey_half_points_included():
    grid = grid_of(maturity())
    totals = [0, 5, 5.5, 6, 14.5, 15, 21.5, 22, 37]

    found = [classify(grid, total, total).code for total in totals]

    assert found == [
        "low",
        "low",
        "low",
        "intermediate",
        "intermediate",
        "advanced",
        "advanced",
        "very_advanced",
        "very_advanced",
    ]


def test_political_resources_have_three_levels_said_to_be_our_choice():
    political = maturity().grid.dimensions[0]

    found = [classify_in(levels_of(political), n, n).code for n in (0, 3, 4, 7, 8, 11)]

    assert found == ["few", "few", "some", "some", "many", "many"]
    assert "notre choix" in political.levels_note.fr


def test_ten_indicators_are_published_and_cooperation_is_ours():
    indicators = maturity().indicators

    assert sum(indicators.values()) == 10
    assert [name for name, published in indicators.items() if not published] == [
        "cooperation"
    ]


@pytest.mark.parametrize(("answers", "total"), [(BEST, 37), (WORST, 0)])
def test_the_best_and_the_worst_answers_reach_the_ends(answers, total):
    definition = maturity()

    kept, problems = clean_answers(definition, answers)

    found = score(grid_of(definition), kept)
    assert problems == ()
    assert (found.low, found.high) == (total, total)


def test_a_question_not_asked_is_zero_but_an_answer_unknown_is_missing():
    definition = maturity()
    not_asked, _ = clean_answers(definition, {**BEST, "P2": "no"})
    unknown, _ = clean_answers(definition, {**BEST, "P2": "dont_know"})

    grid = grid_of(definition)
    zero, missing = score(grid, not_asked), score(grid, unknown)

    assert "P3" not in not_asked
    assert (zero.low, zero.high) == (30, 30)
    assert (missing.low, missing.high) == (30, 37)


def test_nothing_ticked_is_missing_but_none_ticked_is_zero():
    definition, grid = maturity(), grid_of(maturity())
    blank, _ = clean_answers(definition, {**BEST, "S4": []})
    none, _ = clean_answers(definition, {**BEST, "S4": ["none"]})

    assert (score(grid, blank).low, score(grid, blank).high) == (33, 37)
    assert (score(grid, none).low, score(grid, none).high) == (33, 33)


@pytest.mark.parametrize(
    ("profile", "own"),
    [
        ("decision_maker", {"funding", "public_awareness", "priorities_and_means"}),
        (
            "territorial_engineering",
            {"connecting_actors", "public_awareness", "elected_awareness"},
        ),
    ],
)
def test_difficulties_depend_on_the_profile(profile, own):
    question = maturity().with_role("difficulties")

    offered = {option.code for option in question.options_for(profile)}

    assert offered == own | {"time", "other", "none"}


def test_the_questions_that_the_platform_reads_are_there():
    definition = maturity()
    roles = {q.role for q in definition.questions if q.role}

    assert {"territory", "profile", "main_stake", "strategy", "themes"} <= roles
    assert {"sectors", "difficulties", "needs", "quote", "support"} <= roles
    assert definition.with_role("main_stake").options[0].code == "inequalities"


def test_contacts_are_personal_optional_and_agreed_to():
    contacts = [q for q in maturity().questions if q.is_personal]

    assert [q.code for q in contacts] == ["action_contact", "contact"]
    assert all(q.consent and not q.required for q in contacts)


def test_it_is_answered_in_nine_pages_and_about_thirty_questions():
    definition = maturity()

    everything = asked(definition, {**BEST, "support": ["learn"], "has_action": "yes"})

    assert len(definition.sections) == 9
    assert len(everything) <= 32


def test_it_says_that_it_is_a_reconstruction_read_by_nobody_yet():
    definition = maturity()

    assert definition.is_reconstruction
    assert definition.reviewer == ""
    assert definition.reviewed_on is None


def test_french_typography_is_kept():
    faulty = [
        (number, line)
        for number, line in enumerate(MATURITY.read_text(encoding="utf-8").splitlines())
        if re.search(r"\.(fr|fr_easy|en) = ", line)
        and (
            "'" in line
            or (
                re.search(r"\.fr(_easy)? = ", line)
                and re.search(r" [;!?%:»]|[^\u202f][;!?%]|« |[^\u00a0]:", line)
            )
        )
    ]

    assert faulty == []


def test_a_questionnaire_without_points_has_no_grid():
    definition = sample().model_copy(update={"grid": None})

    with pytest.raises(NotScored):
        grid_of(definition)
