"""Telephones that sleep, a web process that is killed: each vote is counted once."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace

import pytest

from benchmarks.live import play
from benchmarks.live_faults import sleeper
from benchmarks.phones import Tally
from benchmarks.serving import Server, amiss, free_port

pytestmark = pytest.mark.slow


def test_a_killed_process_and_sleeping_telephones_lose_and_double_no_vote(
    migrated, tmp_path, monkeypatch
):
    shutil.copy(migrated, tmp_path / "db.sqlite3")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'db.sqlite3'}")
    monkeypatch.setenv("JALONS_DEBUG", "1")

    words = ("-m", "uvicorn", "config.asgi:application", "--workers", "2")
    port = free_port()

    with Server(tmp_path, port=port, words=(*words, "--port", str(port))) as server:
        room = replace(server.make_room(3), arriving=0.5, thinking=(0.1, 0.6))

        async def kill() -> None:
            await asyncio.sleep(1.5)
            server.kill_worker()

        async def played():
            killing = asyncio.create_task(kill())
            found = await play(server, room, 5, sleeper)
            await killing
            return found

        found = asyncio.run(played())

    assert [] == found.faults
    assert 5 * 3 <= len(found.tally.acknowledged)
    assert all(0 < delay < 60 for delay in found.delays)
    # The same ledger compared with nothing sent, and with nothing shown.
    assert 2 == len(amiss(room, Tally(), found.rows, ""))
