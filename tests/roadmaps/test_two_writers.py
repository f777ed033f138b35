"""Two people write in one workstream at once: nothing acknowledged is lost.

Some seconds here, with the changes drawn as in the five minutes of
`make bench only=writers`: on a served SQLite file, or on threads over PostgreSQL.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from benchmarks import desk
from benchmarks.serving import Server, free_port
from benchmarks.writing import Kept, Ledger, Refused, amiss, write_together

Desk = dict[str, Any]
SECONDS, PAUSE = 5.0, 0.2
ENOUGH = 4


def assert_nothing_is_lost(url: str, made: Desk, read: Callable[[], Desk]) -> None:
    """Some seconds of two writers, whose ledger and history agree."""
    ledgers = write_together(
        f"{url}{made['address']}", made["sessions"], seconds=SECONDS, pause=PAUSE
    )

    found = read()
    states = {int(key): state for key, state in found["states"].items()}
    assert [] == amiss(ledgers, states, found["version"])
    assert sum(len(one.kept) for one in ledgers) >= ENOUGH
    assert all(one.kept for one in ledgers)
    assert sum(len(one.refused) for one in ledgers)


@pytest.mark.slow
def test_on_a_file_no_word_that_was_kept_is_lost(migrated, tmp_path, monkeypatch):
    monkeypatch.setenv("JALONS_DEBUG", "1")
    shutil.copy(migrated, tmp_path / "db.sqlite3")
    port = free_port()
    web = ("-m", "uvicorn", "config.asgi:application", "--port", str(port))
    database = f"sqlite:///{tmp_path}/db.sqlite3"
    words = (*web, "--log-level", "critical")
    with Server(tmp_path, database, port, words) as server:

        def told(what: str) -> Desk:
            return json.loads(server.run("-m", "benchmarks.desk", what))

        made = told("make")
        assert_nothing_is_lost(
            f"http://127.0.0.1:{port}", made, partial(told, "states")
        )


@pytest.mark.slow
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite is served from a file"
)
def test_with_locks_of_rows_no_word_that_was_kept_is_lost(
    transactional_db, live_server
):
    assert_nothing_is_lost(live_server.url, desk.make(), desk.states)


def state(**said: object) -> dict[str, object]:
    empty = {"success": "", "feasibility": "", "lines": {}}
    ticks = dict.fromkeys(("is_transversal", "is_strategic", "is_feasible"), False)
    return {**empty, **ticks, **said}


def test_the_ledger_finds_what_would_be_lost():
    first, second = Ledger(), Ledger()
    first.kept.append(Kept(2, {"success": "un"}))
    states = {1: state(), 2: state(success="un")}
    assert [] == amiss([first, second], states, 2)

    second.kept.append(Kept(2, {"success": "deux"}))
    second.refused.append(Refused(2, {"success": "deux"}, "Gardé par l’autre"))
    faults = amiss([first, second], states, 3)

    assert "version 2 kept 2 times" in faults
    assert "version 2 is kept otherwise than it was sent" in faults
    assert "refused without showing ['un'] of success" in faults
    assert any("nobody was told of" in one for one in faults)
