"""What telephones call: kept once, or refused with a reason one can act on."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from jalons.callbacks.models import CallBack
from jalons.rounds.enrolment import code_of, revoke_device, secret_of
from jalons.rounds.models import Device, Interview, Refusal
from jalons.rounds.sealing import seal
from jalons.surveys.models import Response
from tests.factories import interview, make_round, make_surveyor, make_user

pytestmark = pytest.mark.django_db


class Phone:
    """A telephone that has joined, and speaks to the server without cookies."""

    def __init__(self, client, surveyor, token=""):
        self.client, self.round = client, surveyor.round
        self.token = token or self.join(code_of(surveyor)).json()["token"]
        self.device = Device.objects.order_by("pk").last()

    def join(self, code):
        return self.post("pocket:join", {"code": code, "name": "Téléphone"})

    def post(self, name, content, **more):
        body = content if isinstance(content, str | bytes) else json.dumps(content)
        more = {"content_type": "application/json"} | more
        return self.client.post(reverse(name), body, **self.headers(), **more)

    def headers(self):
        token = getattr(self, "token", "")
        return {"HTTP_AUTHORIZATION": f"Bearer {token}"} if token else {}

    def send(self, payload, kind="interview", **altered):
        envelope = seal(self.round.public_key, payload, kind) | altered
        return self.post("pocket:receive", {"envelope": envelope})

    def handout(self, **headers):
        return self.client.get(reverse("pocket:handout"), **self.headers(), **headers)


@pytest.fixture
def phone(client):
    cache.clear()
    return Phone(client, make_surveyor())


def test_a_phone_joins_by_either_code_and_receives_what_it_needs_for_days(client):
    surveyor = make_surveyor()
    first = Phone(client, surveyor)
    second = first.join(secret_of(surveyor))

    given = first.handout()

    assert 200 == second.status_code
    assert first.token != second.json()["token"]
    assert 2 == surveyor.devices.count()
    assert "enquete-terrain" == given.json()["version"]["code"]
    assert 304 == first.handout(HTTP_IF_NONE_MATCH=given["ETag"]).status_code
    assert not client.cookies


def test_each_kind_of_record_is_kept_once_whatever_the_order_and_the_repetitions(phone):
    sent = interview(phone.device, F5="daily")
    common = {name: sent[name] for name in ("format", "round")}
    commune = sent["answers"]["commune"]
    day = sent["collected_on"]
    callback = common | {"kind": "callback", "key": str(uuid4()), "commune": commune}
    callback |= {"name": "Dominique", "contact": "0600000000", "consent": "1"}
    callback |= {"language": "fr", "asked_on": day, "token": ""}
    refusal = common | {"kind": "refusal", "key": str(uuid4()), "commune": commune}
    refusal |= {"refused_on": day, "reason": "no_time"}

    said = [
        phone.send(payload, payload["kind"]).json()["status"]
        for payload in (callback, sent, refusal, sent, callback, refusal)
    ]

    assert ["stored"] * 3 + ["known"] * 3 == said
    assert 1 == Interview.objects.count() == CallBack.objects.count()
    assert 1 == Refusal.objects.count()


def test_what_cannot_be_read_is_refused_with_its_reason_and_nothing_is_written(phone):
    good = interview(phone.device)
    other = make_round()
    deep = '{"envelope":' + "[" * 50_000 + "]" * 50_000 + "}"
    elsewhere = good | {"round": str(other.key)}

    refused = {
        "cut": phone.post("pocket:receive", '{"envelope": {"v": 1, "ki'),
        "deep": phone.post("pocket:receive", deep),
        "list": phone.post("pocket:receive", "[]"),
        "not a number": phone.post("pocket:receive", '{"envelope": NaN}'),
        "bytes": phone.post("pocket:receive", b"\xff\xfe\x00"),
        "form": phone.post("pocket:receive", "a=1", content_type="text/plain"),
        "no envelope": phone.post("pocket:receive", {}),
        "large": phone.post("pocket:receive", {"envelope": "A" * 200_000}),
        "kind": phone.send(good, kind="money"),
        "kinds": phone.post("pocket:receive", {"envelope": {"kind": ["interview"]}}),
        "key": phone.send(good, key=str(uuid4())),
        "damaged": phone.send(good, c="AAAA"),
        "numbers": phone.send(good, k=1, iv=None),
        "other round": phone.send(good, round=str(other.key)),
        "foreign": phone.send(elsewhere),
        "version": phone.send(good | {"version": "0" * 64}),
        "format": phone.send(good | {"format": 2}),
        "commune": phone.send(good | {"answers": {"commune": "99999"}}),
        "communes": phone.send(good | {"answers": {"commune": ["24322"]}}),
        "answers": phone.send(good | {"answers": good["answers"] | {"F5": "hourly"}}),
    }

    reasons = {name: answer.json()["reason"] for name, answer in refused.items()}
    malformed = ("cut", "deep", "list", "not a number", "bytes", "form", "no envelope")
    assert reasons == dict.fromkeys(malformed, "malformed") | {
        "large": "too_large",
        "kind": "unknown_format",
        "kinds": "unknown_format",
        "key": "unreadable",
        "damaged": "unreadable",
        "numbers": "unreadable",
        "other round": "foreign_round",
        "foreign": "foreign_round",
        "version": "wrong_version",
        "format": "unknown_format",
        "commune": "outside",
        "communes": "outside",
        "answers": "answers",
    }
    assert all(400 <= answer.status_code < 500 for answer in refused.values())
    assert all(answer.json()["message"] for answer in refused.values())
    assert 0 == Response.objects.count() == Interview.objects.count()
    assert "stored" == phone.send(good).json()["status"]


def test_a_token_unknown_stopped_or_in_a_cookie_opens_nothing(phone, client):
    sent = interview(phone.device)
    stranger = Phone(client, make_surveyor(), token="A" * 22)
    client.cookies["token"] = phone.token
    by_cookie = Phone(client, make_surveyor(), token=" ")

    revoke_device(phone.device, by=make_user(), at=timezone.now())
    said = [one.send(sent) for one in (stranger, by_cookie, phone)]

    assert [401, 401, 403] == [answer.status_code for answer in said]
    reasons = [answer.json()["reason"] for answer in said]
    assert ["unknown_device", "unknown_device", "revoked"] == reasons
    assert 403 == phone.handout().status_code
    assert not Response.objects.exists()


def test_letters_that_no_database_keeps_are_no_failure(client):
    cache.clear()
    surveyor = make_surveyor()
    phone = Phone(client, surveyor)

    assert 404 == phone.post("pocket:join", r'{"code": "\ud800"}').status_code
    named = json.dumps({"code": code_of(surveyor), "name": "A\0\ud800B"})
    assert 200 == phone.post("pocket:join", named).status_code
    assert "AB" == Device.objects.order_by("pk").last().name


def test_codes_are_not_guessed_tries_are_counted(client):
    cache.clear()
    phone = Phone(client, make_surveyor(), token="A" * 22)

    said = [phone.join(f"K7QM-3F{number:02}").status_code for number in range(61)]

    assert [404] * 60 + [429] == said


def test_a_refusal_is_told_in_the_language_of_the_phone(phone):
    def message(language):
        answer = phone.post("pocket:receive", {}, HTTP_ACCEPT_LANGUAGE=language)
        return answer.json()["message"]

    assert message("fr") != message("en")
