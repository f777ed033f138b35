"""Answers sent by a program: held to the rules of the form, and counted once."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from jalons.questionnaires.forms import ask_for
from jalons.surveys import operations
from jalons.surveys.models import Response
from jalons.tokens.models import Scope
from tests.api.writing import make_program
from tests.factories import make_campaign, make_response, make_space, make_user


@pytest.fixture
def owner(db):
    return make_user("Claude")


@pytest.fixture
def campaign(owner):
    return make_campaign(space=make_space(owner=owner))


@pytest.fixture
def program(campaign, owner):
    return make_program(campaign.space, owner, Scope.RESPONSES)


@pytest.fixture
def path(campaign):
    return f"campaigns/{campaign.pk}/responses"


def _line(campaign, **answers):
    place = campaign.territories.get().pk
    given = {"territory": place, "profile": "decision_maker", **answers}
    return {
        "key": str(uuid4()),
        "channel": "phone",
        "collected_on": timezone.localdate().isoformat(),
        "answers": {code: value for code, value in given.items() if value is not None},
    }


def test_an_answer_counts_as_if_it_were_keyed(program, campaign, path, owner):
    told = program.send(path, [_line(campaign, P2="yes")])

    response = campaign.responses.submitted().get()
    assert told["lines"] == [{"line": 1, "state": "created"}]
    assert (response.channel, response.keyed_by) == (Response.Channel.PHONE, owner)
    assert response.answers["P2"] == "yes"
    assert response.territory == campaign.territories.get()


def test_the_same_answer_sent_again_counts_once(program, campaign, path):
    line = _line(campaign, P2="yes")
    program.send(path, [line])

    again = program.send(path, [line])

    assert again["lines"] == [{"line": 1, "state": "unchanged"}]
    assert campaign.responses.count() == 1


def test_an_answer_that_counts_is_not_changed(program, campaign, path):
    line = _line(campaign, P2="yes")
    program.send(path, [line])
    theirs = make_response(campaign, P2="no")

    line["answers"]["P2"] = "no"
    told = program.send(path, [line, _line(campaign) | {"key": str(theirs.key)}], 422)

    assert [(one["line"], one["field"]) for one in told["errors"]] == [
        *((1, "key"), (2, "key"))
    ]
    assert campaign.responses.filter(answers__P2="yes").count() == 1


def test_two_lines_of_one_key_are_two_persons_mixed_up(program, campaign, path):
    line = _line(campaign)

    told = program.send(path, [line, line], 422)

    assert [(one["line"], one["field"]) for one in told["errors"]] == [(2, "key")]


def test_refusals_have_the_words_of_the_form(program, campaign, path):
    wrong = _line(campaign, P2="peut-être", XX="1")
    empty = _line(campaign, profile=None)
    outside = _line(campaign, territory="999999999")

    told = program.send(path, [wrong, empty, outside], 422)["errors"]

    found = {(one["line"], one["field"]): one["reason"] for one in told}
    profile = campaign.version.read().question("profile")
    assert found[2, "profile"] == ask_for(profile)
    assert "XX" in found[1, "XX"]
    assert {(1, "P2"), (3, "territory")} <= found.keys()
    assert not campaign.responses.exists()


def test_nobody_answers_before_the_survey_nor_tomorrow(program, campaign, path):
    early = campaign.opens_on - timedelta(days=1)
    late = timezone.localdate() + timedelta(days=1)
    lines = [
        _line(campaign) | {"collected_on": day.isoformat()} for day in (early, late)
    ]

    told = program.send(path, lines, 422)

    assert [one["field"] for one in told["errors"]] == ["collected_on"] * 2


def test_a_closed_survey_takes_nothing(program, campaign, path, owner):
    operations.close_campaign(campaign, by=owner)

    told = program.send(path, [_line(campaign)], 409)

    assert told["detail"]
    assert not campaign.responses.exists()


def test_the_survey_of_another_team_does_not_exist(program, owner):
    other = make_campaign(space=make_space(owner=owner))

    program.send(f"campaigns/{other.pk}/responses", [_line(other)], 404)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"
)
def test_the_same_writing_come_from_several_hands_is_done_once():
    owner = make_user()
    campaign = make_campaign(space=make_space(owner=owner))
    program = make_program(campaign.space, owner, Scope.RESPONSES)
    path, line = f"campaigns/{campaign.pk}/responses", _line(campaign, P2="yes")
    gate, told = threading.Barrier(4, timeout=30), []

    def send(mark: str) -> None:
        try:
            gate.wait()
            told.append(program.send(path, [line], key=mark)["lines"])
        finally:
            connection.close()

    hands = [
        threading.Thread(target=send, args=[mark])
        for mark in ("un", "un", "un", "deux")
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=60)
        assert not hand.is_alive()

    assert len(told) == 4
    assert campaign.responses.count() == 1
