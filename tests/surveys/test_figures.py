"""The points of territories: live, frozen, explained; the same number every time."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalons.analysis import scoring
from jalons.questionnaires.grids import grid_of
from jalons.surveys import figures, operations
from jalons.surveys.matrix import matrix_of, revision_of
from jalons.surveys.models import Response
from tests.factories import (
    make_campaign,
    make_response,
    make_territory,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db


def _random_answers(draw: random.Random) -> dict[str, object]:
    """An answer to the scored questions, some left blank."""
    answers: dict[str, object] = {}
    for question in make_version().read().questions:
        if question.scoring is None or draw.random() < 0.2:
            continue
        codes = [o.code for o in question.options if not o.is_exclusive]
        if question.type == "single":
            answers[question.code] = draw.choice(codes)
        else:
            answers[question.code] = draw.sample(codes, draw.randint(1, len(codes)))
    return answers


def _answered_campaign(territories: int, responses: int):
    draw = random.Random(7)
    places = [make_territory() for _ in range(territories)]
    campaign = make_campaign(*places)
    for _ in range(responses):
        make_response(campaign, draw.choice(places), **_random_answers(draw))
    return campaign


def test_two_respondents_give_the_median_of_their_totals():
    campaign = make_campaign()
    complete = {
        question.code: "none" if question.type == "multiple" else "no"
        for question in make_version().read().questions
        if question.scoring
    }
    complete |= {"R3": "zero", "S1": "zero", "P3": ["none"], "R2a": ["none"]}
    complete.pop("P3"), complete.pop("S4")
    make_response(campaign, **complete)
    make_response(campaign, **{**complete, "R1": "yes"})

    (score,) = figures.territory_scores(campaign).values()

    assert (1.5, 1.5) == (score.low, score.high)
    assert (0, 3) == (score.minimum, score.maximum)
    assert 2 == score.respondent_count
    assert "low" == score.class_code


def test_a_draft_gives_no_point_to_anyone():
    campaign = make_campaign()
    make_response(campaign, P2="yes")
    Response.objects.update(submitted_at=None)

    assert {} == figures.territory_scores(campaign)
    assert 0 == figures.responses_by_territory(campaign).total()


def test_scores_from_the_matrix_are_those_of_the_reference():
    campaign = _answered_campaign(territories=5, responses=40)
    grid = grid_of(campaign.version.read())

    live = figures.territory_scores(campaign)

    for code, found in live.items():
        answers = campaign.responses.filter(territory=code).values_list(
            "answers", flat=True
        )
        expected = scoring.combine([scoring.score(grid, one) for one in answers])
        assert (expected.low, expected.high) == (found.low, found.high)
        assert (expected.minimum, expected.maximum) == (found.minimum, found.maximum)
        assert expected.by_dimension == found.by_dimension


def test_frozen_scores_say_what_live_scores_said():
    campaign = _answered_campaign(territories=4, responses=20)
    live = figures.territory_scores(campaign)

    operations.close_campaign(campaign, by=make_user())
    campaign.refresh_from_db()

    assert live == figures.territory_scores(campaign)


def test_frozen_scores_do_not_move_with_the_answers():
    campaign = make_campaign()
    response = make_response(campaign, P2="yes")
    operations.close_campaign(campaign, by=make_user())
    campaign.refresh_from_db()
    frozen = figures.territory_scores(campaign)

    response.answers = {"P2": "no"}
    response.save()

    assert frozen == figures.territory_scores(campaign)


def test_a_new_answer_is_counted_at_once():
    campaign = make_campaign()
    make_response(campaign)
    before = revision_of(campaign)
    assert 1 == len(matrix_of(campaign))

    make_response(campaign)

    assert before != revision_of(campaign)
    assert 2 == len(matrix_of(campaign))


def test_an_erased_answer_is_no_longer_counted():
    campaign = make_campaign()
    make_response(campaign)
    make_response(campaign).delete()
    matrix_of(campaign)
    campaign.responses.first().delete()

    assert 0 == len(matrix_of(campaign))


def test_ticks_are_read_back_as_they_were_given():
    campaign = make_campaign()
    make_response(campaign, themes=["inclusion", "security"], profile="decision_maker")
    make_response(campaign, profile="digital_adviser")

    matrix = matrix_of(campaign)

    themes = matrix.ticks["themes"]
    ticked = dict(zip(themes.options, themes.ticked.tolist(), strict=True))
    assert [True, False] == ticked["inclusion"]
    assert [False, False] == ticked["education"]
    assert [False, True] == matrix.profiles.where("digital_adviser").tolist()
    assert [False, False] == matrix.profiles.where("local_operator").tolist()


@pytest.mark.parametrize("responses", [3, 60])
def test_scores_take_as_many_queries_whatever_the_number_of_answers(responses):
    campaign = _answered_campaign(territories=3, responses=responses)
    figures.territory_scores(campaign)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        figures.territory_scores(campaign)

    # The revision, the cache, and the two that say how answers are reconciled.
    assert 4 == len(queries)


def test_points_are_explained_line_by_line():
    response = make_response(make_campaign(), P2="yes", P3=["delegate", "voted"])

    lines = {line.code: line for line in figures.explain(response, language="fr")}

    assert (3, 3, "asked") == (lines["P2"].low, lines["P2"].high, lines["P2"].state)
    assert "Oui" in lines["P2"].answer
    assert 2 == lines["P3"].low
    assert (0, 4) == (lines["R1"].low, lines["R1"].high)
    assert "missing" == lines["R1"].state
    assert "" == lines["R1"].answer


def test_lines_of_points_add_up_to_the_total():
    campaign = _answered_campaign(territories=1, responses=1)
    response = campaign.responses.get()

    lines = figures.explain(response, language="fr")

    (score,) = figures.territory_scores(campaign).values()
    assert score.low == sum(line.low for line in lines)
    assert score.high == sum(line.high for line in lines)


def test_a_class_that_hangs_on_one_question_says_which():
    campaign = make_campaign()
    make_response(campaign, P2="yes", P3=["delegate", "voted", "vice_president"])

    deciding = figures.questions_deciding(campaign, campaign.territories.get().pk)

    assert "P2" in deciding
    assert "S1" not in deciding
