"""Several hands at once: one row per key, and no answer lost between two doors.

SQLite queues its writers one after the other, which `tests/faults` tries on a served
file; here are the locks of a database that lets them in together.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from jalons.surveys import operations
from jalons.surveys.models import Response, Score
from tests.factories import make_campaign, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"
    ),
]
HANDS = 6


def _together(*works: Callable[[], object]) -> list[object]:
    """Run works at the same instant; what each gave, or the error it raised."""
    gate, results = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        gate.wait()
        try:
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _complete_draft(campaign):
    response, _secret = operations.open_draft(campaign, key=uuid.uuid4())
    section = campaign.version.read().section("respondent")
    given = {
        "territory": campaign.territories.get().pk,
        "profile": "decision_maker",
    }
    operations.save_section(response, section, given, language="fr")
    return response


def test_one_form_started_by_many_hands_is_one_row_and_one_link():
    campaign, key = make_campaign(), uuid.uuid4()

    started = _together(*[lambda: operations.open_draft(campaign, key=key)] * HANDS)

    assert 1 == len({secret for _response, secret in started})
    assert 1 == Response.objects.count()


def test_one_answer_sent_by_many_hands_keeps_one_date():
    response = _complete_draft(make_campaign())

    sent = _together(*[lambda: operations.submit_response(response)] * HANDS)

    assert 1 == len({one.submitted_at for one in sent})
    assert 1 == Response.objects.submitted().count()


def test_an_answer_sent_while_closing_is_scored_or_refused():
    campaign, user = make_campaign(), make_user()
    drafts = [_complete_draft(campaign) for _ in range(HANDS)]
    sending = [lambda one=one: operations.submit_response(one) for one in drafts]

    results = _together(*sending, lambda: operations.close_campaign(campaign, by=user))

    sent = [one for one in results if isinstance(one, Response)]
    refused = [one for one in results if isinstance(one, operations.NotOpen)]
    scored = sum(Score.objects.values_list("respondent_count", flat=True))
    assert HANDS == len(sent) + len(refused)
    assert len(sent) == scored == Response.objects.submitted().count()


def test_two_pages_saved_at_once_are_both_kept():
    campaign = make_campaign()
    response = _complete_draft(campaign)
    section = campaign.version.read().section

    _together(
        lambda: operations.save_section(
            response, section("political"), {"P1a": "regular"}, language="fr"
        ),
        lambda: operations.save_section(
            response, section("resources"), {"R1": "yes"}, language="fr"
        ),
    )

    response.refresh_from_db()
    assert ("regular", "yes") == (response.answers["P1a"], response.answers["R1"])


def test_a_survey_closed_by_two_hands_is_closed_once():
    campaign, user = make_campaign(), make_user()

    results = _together(*[lambda: operations.close_campaign(campaign, by=user)] * 2)

    assert 1 == sum(isinstance(one, operations.AlreadyClosed) for one in results)
