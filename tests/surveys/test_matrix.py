"""Answers encoded once, and read again only where they change."""

from __future__ import annotations

import random
from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jalons.surveys.figures import territory_scores
from jalons.surveys.matrix import LATE, matrix_of, read
from jalons.surveys.models import Campaign, Reconciliation, Response
from tests.factories import make_campaign, make_response, make_territory

pytestmark = pytest.mark.django_db


def _answered(territories: int = 4, responses: int = 20) -> Campaign:
    """Answers sent long ago, one after the other."""
    draw = random.Random(3)
    campaign = make_campaign(*(make_territory() for _ in range(territories)))
    places = list(campaign.territories.order_by("pk"))
    for _ in range(responses):
        place = draw.choice(places)
        profile = draw.choice(["decision_maker", "local_operator"])
        themes = draw.sample(["inclusion", "security", "education"], 2)
        given = {"P2": draw.choice(["yes", "no"]), "R1": "yes", "themes": themes}
        make_response(campaign, place, profile=profile, **given)
    for number, one in enumerate(campaign.responses.order_by("pk")):
        sent = timezone.now() - (responses - number) * 2 * LATE
        campaign.responses.filter(pk=one.pk).update(updated_at=sent)
    return campaign


def _as_lists(matrix) -> object:
    return [
        matrix.pks.tolist(),
        matrix.territories.names,
        matrix.territories.positions.tolist(),
        matrix.profiles.names,
        matrix.profiles.positions.tolist(),
        matrix.points.matrix.tolist(),
        {code: one.ticked.tolist() for code, one in matrix.ticks.items()},
        {code: np.nan_to_num(one).tolist() for code, one in matrix.numbers.items()},
    ]


def _change(campaign: Campaign, draw: random.Random) -> None:
    """One thing that happens to a survey while it is open."""
    one = draw.choice(list(campaign.responses.all()))
    place = draw.choice(list(campaign.territories.all()))
    match draw.choice(["sent", "changed", "moved", "erased", "late"]):
        case "sent":
            make_response(campaign, place, P2="yes", themes=["inclusion"])
        case "changed":
            one.answers |= {"P2": draw.choice(["yes", "no", "dont_know"])}
            one.updated_at = timezone.now()
            one.save()
        case "moved":
            one.territory, one.updated_at = place, timezone.now()
            one.save()
        case "erased":
            one.delete()
        case "late":
            late = make_response(campaign, place, P2="no")
            late.updated_at = timezone.now() - timedelta(days=900)
            late.save()


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_always_what_would_be_read_anew(seed):
    draw, campaign = random.Random(seed), _answered()
    matrix_of(campaign)

    for _ in range(12):
        _change(campaign, draw)

        assert _as_lists(read(campaign)) == _as_lists(matrix_of(campaign))


def test_a_new_answer_does_not_open_those_already_read():
    campaign = _answered()
    matrix_of(campaign)
    # Changed behind the back of the house: opened again, they would be found out.
    Response.objects.update(answers={})

    make_response(campaign, campaign.territories.first(), P2="yes")

    # Two boxes ticked by each, but for the last one of the same territory, which might
    # have been written late and is opened with the new one.
    assert 2 * 19 == matrix_of(campaign).ticks["themes"].ticked.sum()


@pytest.mark.parametrize("responses", [5, 60])
def test_a_change_costs_as_many_queries_whatever_the_number_of_answers(responses):
    campaign = _answered(responses=responses)
    territory_scores(campaign)
    make_response(campaign, campaign.territories.first())

    with CaptureQueriesContext(connection) as queries:
        territory_scores(campaign)

    # How answers are reconciled, twice; what changed, for the whole survey and by
    # territory; the answers that did.
    told = [query["sql"] for query in queries]
    assert 5 == len([sql for sql in told if 'FROM "surveys_' in sql])


def test_the_answers_of_a_survey_all_erased_leave_nothing():
    campaign = _answered(responses=3)
    matrix_of(campaign)

    campaign.responses.all().delete()

    assert 0 == len(matrix_of(campaign))
    assert {} == territory_scores(campaign)


@pytest.mark.parametrize("method", ["weighted", "maximum", "consensus"])
def test_every_way_of_choosing_follows_a_new_answer(method):
    campaign = make_campaign()
    place = campaign.territories.get()
    make_response(campaign, P2="no", profile="decision_maker")
    Reconciliation.objects.create(
        campaign=campaign,
        method=method,
        weights={"decision_maker": 1, "local_operator": 3},
        reason="Réunion",
        decided_at=timezone.now(),
    )
    campaign.validations.create(
        territory=place, validated_at=timezone.now(), sheet={"P2": "yes"}
    )
    before = territory_scores(campaign)[place.pk]

    make_response(campaign, P2="yes", profile="local_operator")

    after = territory_scores(campaign)[place.pk]
    expected = {"weighted": (0, 3), "maximum": (0, 3), "consensus": (3, 3)}
    assert expected[method] == (before.low, after.low)
    assert (method, 2) == (after.method, after.respondent_count)
