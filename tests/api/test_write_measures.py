"""Measures sent by a program: those of the page, once, line by line."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.evaluation.models import Measure
from jalons.tokens.models import Scope, Token
from tests.api.writing import make_program
from tests.evaluation.plans import make_evaluation
from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_roadmap

GOOD = {"indicator": "O1", "measured_on": "2026-01-31", "value": 1305}


@pytest.fixture
def owner(db):
    return make_user("Claude")


@pytest.fixture
def space(owner):
    return make_space(owner=owner)


@pytest.fixture
def path(space, owner):
    roadmap = make_roadmap(space, by=owner)
    make_evaluation(roadmap, "O1", "R4", by=owner)
    return f"evaluations/{roadmap.pk}/measures"


@pytest.fixture
def program(space, owner):
    return make_program(space, owner, Scope.MEASURES)


def test_a_measure_is_written_in_the_name_of_who_made_the_key(program, path, owner):
    told = program.send(path, [GOOD])

    (measure,) = Measure.objects.all()
    assert told["lines"] == [{"line": 1, "state": "created"}]
    assert (measure.value, measure.noted_by) == (Decimal(1305), owner)
    assert Token.objects.get().last_used_on == timezone.localdate()
    verbs = {*Entry.objects.filter(actor_id=owner.pk).values_list("verb", flat=True)}
    assert {"evaluation.measures_loaded", "token.used"} <= verbs


def test_a_writing_repeated_doubles_nothing(program, path):
    first = program.send(path, [GOOD], key="le-meme")
    again = program.send(path, [GOOD], key="le-meme")
    other = program.send(path, [GOOD])

    assert first == again
    assert other["lines"] == [{"line": 1, "state": "unchanged"}]
    assert Measure.objects.count() == 1
    program.send(path, [GOOD | {"value": 1}], 422, key="le-meme")


def test_a_wrong_line_refuses_all_with_its_field_and_its_mend(program, path):
    wrong = [GOOD, GOOD | {"value": "douze"}, GOOD | {"indicator": "X9"}]

    told = program.send(path, wrong, 422)

    assert not Measure.objects.exists()
    assert told["status"] == 422
    assert [(one["line"], one["field"]) for one in told["errors"]] == [
        *((2, "value"), (3, "indicator"))
    ]
    assert "nombre" in told["errors"][0]["reason"]
    assert "2 lignes sont refusées" in told["detail"].replace("\xa0", " ")


def test_right_lines_are_written_when_the_program_says_so(program, path):
    lines = [GOOD | {"value": "douze"}, GOOD]

    told = program.send(path, lines, skip_refused=True)

    assert told["lines"] == [{"line": 2, "state": "created"}]
    assert [one["line"] for one in told["refused"]] == [1]
    assert Measure.objects.count() == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(program, path):
    dry = program.send(path, [GOOD], dry_run=True, key="essai")

    assert not Measure.objects.exists()
    assert not Entry.objects.filter(verb="token.used").exists()
    real = program.send(path, [GOOD], key="essai")
    assert dry == real | {"dry_run": True}


def test_another_space_does_not_exist_even_for_its_own_maker(program, owner):
    other = make_space(owner=owner)
    roadmap = make_roadmap(other, by=owner)
    make_evaluation(roadmap, "O1", by=owner)

    program.send(f"evaluations/{roadmap.pk}/measures", [GOOD], 404)
    program.send("evaluations/999999/measures", [GOOD], 404)


def test_a_key_does_no_more_than_its_maker_may(program, path, space, owner):
    space.memberships.update(role="reader")
    program.send(path, [GOOD], 403)
    space.memberships.update(role="editor")
    program.send(path, [GOOD])
    space.memberships.all().delete()
    program.send(path, [GOOD], 401)


def test_a_key_made_for_something_else_is_refused(space, owner, path):
    other = make_program(space, owner, Scope.PLACES)

    assert "clé" in other.send(path, [GOOD], 403)["detail"]
    assert not Measure.objects.exists()


def test_without_a_key_that_lives_nothing_is_read(program, path, client):
    answer = client.post(f"/api/v1/{path}", "{}", content_type="application/json")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    Token.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    program.send(path, [GOOD], 401)


BY_KEY = ["evaluations/1/measures", "campaigns/1/responses", "own-lists/1/places"]


def test_a_browser_session_opens_nothing_that_asks_for_a_key(client, owner):
    client.force_login(owner)

    written = [
        client.post(f"/api/v1/{one}", "{}", content_type="application/json")
        for one in BY_KEY
    ]

    assert [401] * 3 == [one.status_code for one in written]
    assert client.get("/api/v1/key").status_code == 401


@pytest.mark.parametrize("address", BY_KEY)
@pytest.mark.parametrize("lines", [[], ["texte"], [{"x": {"y": {}}}], [{}] * 501])
def test_nothing_of_another_shape_is_read(space, owner, address, lines):
    """Whether what is written in exists or not: it is not looked for."""
    program = make_program(space, owner)

    assert program.send(address, lines, 422)["errors"]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [{}],
        ["texte"],
        [GOOD | {"value": True}],
        [GOOD | {"part": "\x00"}],
        [GOOD | {"other": 1}],
        [GOOD] * 501,
    ],
)
def test_another_shape_is_told_with_its_line(program, path, lines):
    told = program.send(path, lines, 422)

    assert told["errors"]
    assert not Measure.objects.exists()


def test_what_is_not_json_is_told(program, path):
    answer = program.client.post(
        f"/api/v1/{path}",
        "{",
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {program.secret}",
        HTTP_IDEMPOTENCY_KEY="un",
    )
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_no_log_holds_the_key(program, path, caplog, capfd):
    program.send(path, [GOOD])
    program.send(path, [GOOD | {"value": "douze"}], 422)
    program.send("evaluations/999999/measures", [GOOD], 404)

    written = caplog.text + "".join(capfd.readouterr())
    assert "Unprocessable" in written
    assert program.secret not in written


def test_each_key_has_its_own_count(program, path, space, owner, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "api_token": "1/m/key"
    }
    other = make_program(space, owner, Scope.MEASURES)

    program.send(path, [GOOD])
    program.send(path, [GOOD], 429)
    other.send(path, [GOOD])


def test_the_key_says_where_it_writes(program, path):
    answer = program.client.get(
        "/api/v1/key", HTTP_AUTHORIZATION=f"Bearer {program.secret}"
    )

    told = answer.json()
    assert told["scopes"] == ["measures"]
    (one,) = told["evaluations"]
    assert path == f"evaluations/{one['number']}/measures"
    assert one["codes"] == ["O1", "R4"]
    assert told["surveys"] == told["place_lists"] == []
    assert "Access-Control-Allow-Origin" not in answer.headers
