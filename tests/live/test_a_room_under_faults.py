"""Telephones that sleep, web processes that are killed: each vote is counted once.

Two web processes, whichever the database: on one file, or on two machines.
"""

from __future__ import annotations

import asyncio
import http.client
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest

from benchmarks.faults.room import sleeper
from benchmarks.load.room import Projector, play
from benchmarks.phones import PATIENCE, Phone, Tally
from benchmarks.serving import amiss

pytestmark = pytest.mark.slow
MACHINES = 2


def listen(
    opened: ExitStack, port: int, secret: str, after: int
) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    opened.enter_context(closing(line))
    line.request("GET", f"/live/{secret}/", headers={"Last-Event-ID": str(after)})
    return opened.enter_context(closing(line.getresponse()))


def numbers(stream: http.client.HTTPResponse, count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        line = stream.readline().decode()
        if line.startswith("id: "):
            found.append(int(line.removeprefix("id: ")))
    return found


def test_a_listener_goes_from_a_killed_worker_to_another_and_misses_nothing(
    deployment,
):
    first, second = deployment.machines

    def tell(count: int) -> str:
        return deployment.run("-m", "tests.live.world", str(count)).strip()

    secret = tell(2)
    with ExitStack() as opened:
        heard = listen(opened, first.port, secret, 0)
        elsewhere = listen(opened, second.port, secret, 2)
        assert "text/event-stream" == heard.headers["Content-Type"]
        assert [1, 2] == numbers(heard, 2)
        tell(1)
        assert [3] == numbers(heard, 1)
        first.end("web")
        tell(2)
        assert [3, 4, 5] == numbers(elsewhere, 3)
        assert [4, 5] == numbers(listen(opened, second.port, secret, 3), 2)
        first.start("web")
        deployment.until_it_answers()
        assert [5] == numbers(listen(opened, first.port, secret, 4), 1)


def test_a_room_seen_by_one_process_is_joined_and_voted_in_through_another(deployment):
    first, second = deployment.machines
    room, tally = deployment.make_room(2), Tally()

    async def played() -> Projector:
        projector = Projector(first.port, Tally(), {"sessionid": room.session})
        watching = asyncio.create_task(projector.watch(room.stage))
        phones = [Phone(second.port, tally, {}) for _one in range(3)]
        for number, phone in enumerate(phones):
            await phone.join(room.code, f"Personne {number}")
            for item in room.items:
                assert await phone.rate(item, 4, 2)
        await projector.catch_up(len(tally.acknowledged))
        watching.cancel()
        for one in (projector, *phones):
            one.hang_up()
        await asyncio.sleep(0.1)  # lines are closed by the loop
        return projector

    projector = asyncio.run(played())

    rows = deployment.ledger()
    assert 3 * 2 == len(rows) == len(projector.votes)
    assert [] == amiss(room, tally, rows, projector.html)
    # The same ledger compared with nothing sent, and with nothing shown.
    assert 2 == len(amiss(room, Tally(), rows, ""))


def test_a_process_killed_then_back_and_sleeping_telephones_lose_and_double_no_vote(
    deployment,
):
    room = replace(deployment.make_room(3), arriving=0.5, thinking=(0.1, 0.6))
    first, _second = deployment.machines
    deployment.proxy.served.clear()

    async def kill() -> None:
        await asyncio.sleep(1.5)
        first.end("web")
        await asyncio.sleep(0.5)
        await asyncio.to_thread(first.start, "web")

    async def played():
        killing = asyncio.create_task(kill())
        found = await play(deployment, room, 5, sleeper)
        await killing
        return found

    found = asyncio.run(played())

    deployment.until_it_answers()
    assert [] == found.faults
    assert 5 * 3 <= len(found.tally.acknowledged)
    assert all(0 < delay < 60 for delay in found.delays)
    assert all(deployment.proxy.served[one.port] for one in deployment.machines)


def test_votes_of_a_process_killed_before_it_wrote_are_not_acknowledged_then_kept_once(
    deployment,
):
    room, tally = deployment.make_room(2), Tally()

    def kept(writer) -> int:
        """Read at once: those who wait for the file do so for twenty seconds."""
        (found,) = writer.execute(
            "SELECT count(*) FROM workshops_ballot WHERE activity_id ="
            " (SELECT max(id) FROM workshops_activity)"
        ).fetchone()
        return found

    async def play() -> tuple:
        phones = [Phone(deployment.port, tally, {}) for _one in range(4)]
        for number, phone in enumerate(phones):
            await phone.join(room.code, f"Personne {number}")
        with deployment.held("workshops_ballot") as writer:
            sending = [
                asyncio.create_task(one.rate(room.items[0], 4, 2)) for one in phones
            ]
            await asyncio.sleep(1)
            waiting = len(tally.sent), dict(tally.acknowledged), kept(writer)
            deployment.kill_web()
            async with asyncio.timeout(PATIENCE):
                while tally.lost < len(phones):
                    await asyncio.sleep(0.05)
            lost = tally.lost, kept(writer)
            writer.rollback()
        await asyncio.to_thread(deployment.start_web)
        await asyncio.gather(*sending)
        for one in phones:
            one.hang_up()
        return waiting, lost

    waiting, lost = asyncio.run(play())

    rows = deployment.ledger()
    assert (4, {}, 0) == waiting
    assert (4, 0) == lost
    assert {*tally.acknowledged} == {key for key, *_rest in rows}
    assert 4 == len(rows) == len(tally.acknowledged)
