"""A database that restarts while a room votes: each vote is counted once."""

from __future__ import annotations

import os

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from benchmarks.cluster import is_there
from benchmarks.faults.room import ITEMS, suffer
from jalons.live.middleware import AwayMiddleware


@pytest.mark.slow
@pytest.mark.skipif(
    os.environ.get("HYPOTHESIS_PROFILE") != "thorough",
    reason="minutes: HYPOTHESIS_PROFILE=thorough, or make bench only=faults.room",
)
def test_a_database_that_stops_and_starts_again_loses_and_doubles_no_vote():
    if connection.vendor != "sqlite" or not is_there():
        pytest.skip("once is enough, where PostgreSQL is installed")

    found = suffer("database", 4, (0.1, 0.5))

    assert [] == found.faults
    assert 4 * ITEMS <= len(found.tally.acknowledged)
    assert {*found.tally.acknowledged} <= {key for key, *_rest in found.rows}


def test_a_database_that_is_away_is_told_otherwise_than_a_fault_of_ours():
    middleware = AwayMiddleware(lambda _request: HttpResponse())
    request = RequestFactory().get("/")

    for error in (OperationalError("restarting"), InterfaceError("closed")):
        away = middleware.process_exception(request, error)
        assert (503, "2") == (away.status_code, away.headers["Retry-After"])
        # A connection lost does not tell whether what was sent was kept.
        assert "n’a peut-être pas été enregistré" in away.content.decode()
    assert middleware.process_exception(request, ValueError()) is None
