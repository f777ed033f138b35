"""What every answer bears."""

from __future__ import annotations

import pytest

from jalons.territories.models import Territory


@pytest.fixture(autouse=True)
def _commune(db):
    Territory.objects.create(code="33063", kind="commune", name="Bordeaux")


def test_a_page_of_any_site_may_read_without_cookie(client):
    response = client.get("/api/v1/territories")

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert not response.cookies


def test_what_did_not_change_is_not_sent_again(client):
    first = client.get("/api/v1/territories")
    mark = first.headers["ETag"]

    again = client.get("/api/v1/territories", headers={"if-none-match": mark})
    Territory.objects.create(code="33243", kind="commune", name="Libourne")
    changed = client.get("/api/v1/territories", headers={"if-none-match": mark})

    assert (304, b"") == (again.status_code, again.content)
    assert 200 == changed.status_code
    assert mark != changed.headers["ETag"]


@pytest.mark.parametrize("path", ["territories", "territories.csv"])
def test_a_head_bears_what_the_answer_would_and_no_words(client, path):
    whole = client.get(f"/api/v1/{path}")
    head = client.head(f"/api/v1/{path}")
    again = client.head(
        f"/api/v1/{path}", headers={"if-none-match": head.headers["ETag"]}
    )

    assert (200, b"") == (head.status_code, head.content)
    assert whole.headers["ETag"] == head.headers["ETag"]
    assert str(len(whole.getvalue())) == head.headers["Content-Length"]
    assert 304 == again.status_code


def test_a_page_of_another_site_may_send_a_mark_back_but_writes_nothing(client):
    asked = {
        "origin": "https://ailleurs.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
    }
    reading = client.options("/api/v1/territories", headers=asked)
    writing = client.options("/api/v1/evaluations/1/measures", headers=asked)

    assert 204 == reading.status_code
    assert "If-None-Match" == reading.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in reading.headers
    assert 405 == writing.status_code
    assert not [one for one in writing.headers if "Access-Control" in one]


def test_what_fails_is_told_as_a_problem_to_programs_alone(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("jalons.api.territories.page_of", None)

    told = client.get("/api/v1/territories", headers={"accept-language": "en"})

    assert 500 == told.status_code
    assert "application/problem+json" == told.headers["Content-Type"]
    assert "Failure of the site" == told.json()["title"]


def test_each_answer_says_its_licence_and_its_source(client):
    about = client.get("/api/v1/territories").json()["about"]

    assert "Licence Ouverte" in about["licence"]
    assert "INSEE" in about["source"]
    assert about["simulated"] is False
