"""Two people write in one workstream at once: nothing acknowledged is lost.

Some seconds here, with the changes drawn as in the five minutes of
`make bench only=writers`: one process on a file, or two on PostgreSQL.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.writing import Kept, Ledger, Refused, amiss, write_together

Desk = dict[str, Any]
SECONDS, PAUSE = 5.0, 0.2
ENOUGH = 4


@pytest.mark.slow
def test_of_two_writers_at_once_no_word_that_was_kept_is_lost(deployment):
    def told(what: str) -> Desk:
        return json.loads(deployment.run("-m", "benchmarks.desk", what))

    made = told("make")
    ledgers = write_together(
        f"http://127.0.0.1:{deployment.port}{made['address']}",
        made["sessions"],
        seconds=SECONDS,
        pause=PAUSE,
    )

    found = told("states")
    states = {int(key): state for key, state in found["states"].items()}
    assert [] == amiss(ledgers, states, found["version"])
    assert sum(len(one.kept) for one in ledgers) >= ENOUGH
    assert all(one.kept for one in ledgers)
    assert sum(len(one.refused) for one in ledgers)


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
