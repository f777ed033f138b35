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


def test_each_answer_says_its_licence_and_its_source(client):
    about = client.get("/api/v1/territories").json()["about"]

    assert "Licence Ouverte" in about["licence"]
    assert "INSEE" in about["source"]
    assert about["simulated"] is False
