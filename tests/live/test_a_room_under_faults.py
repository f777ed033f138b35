"""Telephones that sleep, a web process that is killed: each vote is counted once."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from benchmarks.faults.room import sleeper
from benchmarks.load.room import play
from benchmarks.phones import PATIENCE, Phone, Tally
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


def test_votes_of_a_process_killed_before_it_wrote_are_not_acknowledged_then_kept_once(
    migrated, tmp_path, monkeypatch
):
    database = tmp_path / "db.sqlite3"
    shutil.copy(migrated, database)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("JALONS_DEBUG", "1")
    words = ("-m", "uvicorn", "config.asgi:application", "--workers", "2")
    port = free_port()

    def kept(writer: sqlite3.Connection) -> int:
        """Read at once: those who wait for the file do so for twenty seconds."""
        return writer.execute("SELECT count(*) FROM workshops_ballot").fetchone()[0]

    async def play(server: Server, writer: sqlite3.Connection) -> tuple:
        room, tally = server.make_room(2), Tally()
        phones = [Phone(port, tally, {}) for _one in range(4)]
        for number, phone in enumerate(phones):
            await phone.join(room.code, f"Personne {number}")
        writer.execute("BEGIN IMMEDIATE")
        sending = [asyncio.create_task(one.rate(room.items[0], 4, 2)) for one in phones]
        await asyncio.sleep(1)
        waiting = len(tally.sent), dict(tally.acknowledged), kept(writer)
        server.kill_workers()
        async with asyncio.timeout(PATIENCE):
            while tally.lost < len(phones):
                await asyncio.sleep(0.05)
        lost = tally.lost, kept(writer)
        writer.rollback()
        await asyncio.gather(*sending)
        for one in phones:
            one.hang_up()
        return waiting, lost, tally, server.ledger()

    with (
        Server(tmp_path, port=port, words=(*words, "--port", str(port))) as server,
        closing(sqlite3.connect(database, isolation_level=None)) as writer,
    ):
        waiting, lost, tally, rows = asyncio.run(play(server, writer))

    assert (4, {}, 0) == waiting
    assert (4, 0) == lost
    assert {*tally.acknowledged} == {key for key, *_rest in rows}
    assert 4 == len(rows) == len(tally.acknowledged)
