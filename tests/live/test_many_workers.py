"""Two web processes for pages, two for streams, behind a proxy, on one PostgreSQL.

What one process receives wakes the streams of the others; one that is killed loses and
doubles no vote.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from django.db import connection

from benchmarks.load.room import person, play
from benchmarks.phones import LISTENING, Phone, Tally, follow

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="several processes share PostgreSQL"
    ),
]
IS_APART = True


def test_a_vote_of_one_process_wakes_the_streams_of_the_others(deployment):
    room = replace(deployment.make_room(3), arriving=0.5, thinking=(0.3, 1.0))
    heard: dict[int, set[int]] = {one.live_port: set() for one in deployment.machines}

    async def played():
        browser = Phone(deployment.port, Tally(), {"sessionid": room.session})
        html = (await browser.again(room.stage)).text
        browser.hang_up()
        ears = [asyncio.create_task(listen(port, html)) for port in heard]
        killing = asyncio.create_task(kill())
        found = await play(deployment, room, 4, person)
        await killing
        for ear in ears:
            ear.cancel()
        return found

    async def listen(port: int, html: str) -> None:
        address, after = LISTENING.findall(html)[0]

        def told(number: int, kind: str) -> None:
            if kind == "vote":
                heard[port].add(number)

        await follow(Phone(port, Tally(), {}), address, int(after), told)

    async def kill() -> None:
        await asyncio.sleep(1)
        deployment.machines[0].end("pages")

    found = asyncio.run(played())

    assert found.faults == []
    assert len(found.tally.acknowledged) == 4 * 3
    first, second = heard.values()
    assert first == second
    assert len(first) == len(found.rows)
