"""What telephones send: once each, in any order, refused with a reason."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from jalons.rounds.enrolment import revoke_device, revoke_surveyor
from jalons.rounds.models import Interview, Refusal
from jalons.rounds.operations import revoke_round
from jalons.rounds.reception import receive_interview, receive_refusal
from jalons.rounds.refused import Refused
from jalons.surveys.models import Response
from jalons.surveys.operations import close_campaign
from tests.factories import (
    interview,
    make_device,
    make_round,
    make_surveyor,
    make_user,
    reword,
)

pytestmark = pytest.mark.django_db
F2_YES = {"F2": "enough"}


def receive(device, sent):
    round = device.surveyor.round
    return receive_interview(round, device, sent, key=UUID(str(sent["key"])))


def test_an_interview_is_an_answer_of_the_survey_with_how_it_was_collected():
    device = make_device()
    sent = interview(device, sex="woman", age="a65_79", F5="never", F6="helped")

    assert "stored" == receive(device, sent).status
    response = Response.objects.get()
    assert "interview" == response.channel
    # Somebody who never uses internet is not asked F6: it is left out.
    assert {"commune", "sex", "age", "F5"} == set(response.answers)
    assert 300 == response.field.seconds
    assert timedelta(seconds=300) == response.submitted_at - response.started_at
    assert (device, device.surveyor) == (response.field.device, response.field.surveyor)


def test_the_same_interview_sent_again_in_any_order_is_one_row():
    device = make_device()
    first, second = interview(device), interview(device)

    said = [receive(device, one).status for one in (second, first, first, second)]

    assert ["stored", "stored", "known", "known"] == said
    assert 2 == Interview.objects.count() == Response.objects.count()


def test_another_content_under_a_known_key_changes_nothing():
    device = make_device()
    first = interview(device, F5="daily")
    receive(device, first)

    with pytest.raises(Refused) as refused:
        receive(device, first | {"answers": first["answers"] | {"F5": "never"}})

    assert "conflict" == refused.value.reason
    assert "daily" == Response.objects.get().answers["F5"]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "2015-01-01T00:05Z"])
def test_a_moment_that_does_not_go_with_the_day_loses_nothing(moment):
    device = make_device()
    sent = interview(device) | {"ended_at": moment}

    assert "stored" == receive(device, sent).status
    kept = Response.objects.get()
    assert timezone.now() - kept.submitted_at < timedelta(minutes=1)
    assert sent["collected_on"] == kept.collected_on.isoformat()


def test_a_wrong_clock_loses_nothing():
    device = make_device()
    sent = interview(device) | {
        "collected_on": "2015-01-01",
        "started_at": "2015-01-01T00:00:00Z",
        "ended_at": "2015-01-01T00:05:00Z",
    }

    assert "stored" == receive(device, sent).status
    kept = Interview.objects.get()
    assert kept.is_clock_wrong
    assert kept.response.collected_on is None
    assert 300 == kept.seconds
    assert timezone.now() - kept.response.submitted_at < timedelta(minutes=1)


def test_what_both_versions_ask_alike_is_taken_from_a_phone_that_had_no_network():
    device = make_device()
    campaign = device.surveyor.round.campaign
    alike, otherwise = (interview(device, F5="daily", **more) for more in ({}, F2_YES))
    before = campaign.version_id
    reword(campaign, "F2")
    assert before != campaign.version_id

    assert "stored" == receive(device, alike).status
    with pytest.raises(Refused, match="wrong_version") as refused:
        receive(device, otherwise)
    assert (2, 3) == refused.value.fits
    anew = interview(device, F5="daily", **F2_YES)
    assert "stored" == receive(device, anew).status


def test_a_commune_is_kept_however_it_was_asked_for():
    device = make_device()
    campaign = device.surveyor.round.campaign
    only_place, two = interview(device, F5="daily"), interview(device, **F2_YES)
    for code in ("commune", "F2"):
        reword(campaign, code)
    round = device.surveyor.round

    assert "stored" == receive(device, only_place).status
    with pytest.raises(Refused, match="wrong_version") as refused:
        receive(device, two)
    assert (1, 2) == refused.value.fits
    key = UUID(str(two["key"]))
    receive_interview(round, None, two, key=key, in_part=True)
    assert {"commune"} == set(Response.objects.get(key=key).answers)


REFUSED = {
    "unknown_format": {"format": 2},
    "malformed": {"seconds": "beaucoup"},
    "too_large": {"answers": {"F5": "x" * 70_000}},
    "wrong_version": {"version": "0" * 64},
    "foreign_round": {"round": "00000000-0000-4000-8000-000000000000"},
    "outside": {"answers": {"commune": "99999"}},
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_cannot_be_kept_is_refused_with_a_reason(reason):
    device = make_device()
    sent = interview(device) | REFUSED[reason]

    with pytest.raises(Refused) as refused:
        receive(device, sent)

    assert reason == refused.value.reason
    assert refused.value.message
    assert not Response.objects.exists()


def test_answers_that_do_not_go_with_the_questions_are_named():
    device = make_device()

    with pytest.raises(Refused) as refused:
        receive(device, interview(device, F1=["fridge"], F99="?"))

    assert "answers" == refused.value.reason
    assert ["F1", "F99"] == [question for question, *_rest in refused.value.fields]


def test_a_phone_stopped_by_the_team_sends_nothing_more():
    round = make_round()
    surveyor = make_surveyor(round)
    lost, kept = make_device(surveyor), make_device(surveyor)
    revoke_device(lost, by=make_user(), at=timezone.now())

    assert "stored" == receive(kept, interview(kept)).status
    with pytest.raises(Refused, match="revoked"):
        receive(lost, interview(lost))

    revoke_surveyor(surveyor, by=make_user(), at=timezone.now())
    kept.refresh_from_db()
    with pytest.raises(Refused, match="revoked"):
        receive(kept, interview(kept))


def test_a_phone_of_another_round_or_of_a_round_stopped_is_refused():
    ours, theirs = make_device(), make_device()
    sent = interview(ours)

    with pytest.raises(Refused, match="foreign_round"):
        receive_interview(ours.surveyor.round, theirs, sent, key=UUID(str(sent["key"])))
    revoke_round(ours.surveyor.round, by=make_user(), at=timezone.now())
    with pytest.raises(Refused, match="revoked"):
        receive(ours, interview(ours))


def test_interviews_come_after_the_last_day_but_not_after_the_closing():
    device = make_device()
    campaign = device.surveyor.round.campaign
    campaign.closes_on = campaign.today() - timedelta(days=1)
    campaign.save()

    assert "stored" == receive(device, interview(device)).status
    close_campaign(campaign, by=make_user())
    with pytest.raises(Refused, match="closed"):
        receive(device, interview(device))


def test_a_refusal_to_answer_is_counted_once():
    device = make_device()
    round = device.surveyor.round
    sent = {
        "format": 1,
        "kind": "refusal",
        "key": "6b0cf5c4-6a44-4a3a-9df1-0e6d3a4a3b10",
        "round": str(round.key),
        "commune": round.campaign.territories.get().pk,
        "refused_on": round.campaign.today().isoformat(),
        "reason": "no_time",
    }

    said = [
        receive_refusal(round, device, sent, key=UUID(sent["key"])) for _n in (1, 2)
    ]

    assert ["stored", "known"] == [one.status for one in said]
    assert "no_time" == Refusal.objects.get().reason
    with pytest.raises(Refused, match="malformed"):
        receive_refusal(round, device, sent | {"reason": "rude"}, key=UUID(sent["key"]))
