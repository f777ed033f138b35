"""A room of five hundred telephones: from a vote to the projector, and none lost.

Two rooms, served by `jalons serve` on this machine, the telephones too:

* *rating*: people join, rate twelve items on two axes at the pace of a reader, listen;
* *recipe*: that of Polis issue #1495, five times as many people: each votes every 0 to
  10 seconds and asks what is new every 4, during five minutes.

A vote is on the projector when the page that counts it has been read whole, its script
leaving 250 ms between two readings. Its place among events is that of its ballot in the
ledger, so that nothing is guessed. After each room the ledger is compared with what was
acknowledged.
On PostgreSQL: `DATABASE_URL=… make bench only=live`, on an empty database.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from benchmarks.driver import Line, show, write
from benchmarks.phones import LISTENING, PATIENCE, TOGETHER, Phone, Tally, follow
from benchmarks.serving import Room, Server, amiss

PEOPLE, QUICK_PEOPLE = 500, 20
ITEMS = 12
THINKING = (5.0, 15.0)
ARRIVING = 60.0
MINUTES = 5.0


@dataclass(frozen=True, slots=True)
class Played:
    """What one room gave: how long votes took, what failed, what the ledger holds."""

    seconds: float
    tally: Tally
    delays: Sequence[float]
    faults: Sequence[str]
    rows: Sequence[object]
    processor: float = 0.0


class Projector(Phone):
    """The screen of the room: told of every event, it reads its page again.

    `is_behind` once it was too late to be told vote by vote, and read the whole.
    """

    is_behind = False

    async def watch(self, stage: str) -> None:
        self.html = ""
        self.votes: list[int] = []
        self.seen: list[tuple[int, float]] = []
        self.moved = asyncio.Event()
        read_at = 0.0
        address, after = LISTENING.findall((await self.again(stage)).text)[0]
        hearing = asyncio.create_task(follow(self, address, int(after), self._told))
        try:
            while True:
                await self.moved.wait()
                await asyncio.sleep(read_at + TOGETHER - time.monotonic())
                self.moved.clear()
                read_at = time.monotonic()
                self.html = (await self.again(stage)).text
                number = int(LISTENING.findall(self.html)[0][1])
                self.seen.append((number, time.monotonic()))
        finally:
            hearing.cancel()

    async def catch_up(self, count: int) -> None:
        """Wait until that many votes are shown; then for one too many, if it comes."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not self._shows(count):
            await asyncio.sleep(0.1)
        await asyncio.sleep(1)

    def _shows(self, count: int) -> bool:
        is_read = bool(self.seen and self.votes) and self.seen[-1][0] >= self.votes[-1]
        return len(self.votes) >= count and is_read

    def _told(self, number: int, kind: str) -> None:
        if kind == "vote":
            self.votes.append(number)
        self.is_behind |= kind == "reload"
        self.moved.set()


async def person(phone: Phone, room: Room, alias: str) -> None:
    """Join, then rate every item at the pace of a reader, while listening."""
    await asyncio.sleep(random.uniform(0, room.arriving))
    await phone.join(room.code, alias)
    hearing = asyncio.create_task(follow(phone, phone.address, phone.after, _ignore))
    try:
        for item in room.items:
            await asyncio.sleep(random.uniform(*room.thinking))
            await phone.rate(item, random.randint(1, 5), random.randint(1, 5))
    finally:
        hearing.cancel()


async def polis(phone: Phone, room: Room, alias: str) -> None:
    """The recipe: a vote every 0 to 10 seconds, a question every 4."""
    await asyncio.sleep(random.uniform(0, room.arriving))
    await phone.join(room.code, alias)
    asking = asyncio.create_task(_ask_for_ever(phone))
    until = time.monotonic() + 60 * room.minutes
    try:
        while time.monotonic() < until:
            await asyncio.sleep(random.uniform(0, 10))
            grades = random.randint(1, 5), random.randint(1, 5)
            await phone.rate(random.choice(room.items), *grades)
    finally:
        asking.cancel()


async def _ask_for_ever(phone: Phone) -> None:
    lookout = Phone(phone.port, phone.tally, phone.cookies)
    lookout.address, lookout.after = phone.address, phone.after
    while True:
        await asyncio.sleep(4)
        await lookout.suite()


def _ignore(number: int, kind: str) -> None:
    """A telephone told of nothing new for it."""


async def play(
    server: Server,
    room: Room,
    people: int,
    act: Callable[[Phone, Room, str], Awaitable[None]],
) -> Played:
    """A room from the first who joins to the last vote on the projector."""
    tally, began = Tally(), time.monotonic()
    projector = Projector(server.port, Tally(), {"sessionid": room.session})
    watching = asyncio.create_task(projector.watch(room.stage))
    phones = [Phone(server.port, tally, {}) for _one in range(people)]
    names = [f"Personne {number}" for number in range(people)]
    try:
        acts = zip(phones, names, strict=True)
        await asyncio.gather(*(act(phone, room, name) for phone, name in acts))
        seconds = time.monotonic() - began
        rows = await asyncio.to_thread(server.ledger)
        await projector.catch_up(len(rows))
        processor = server.processor()
    finally:
        watching.cancel()
        for one in (projector, *phones):
            one.hang_up()
        await asyncio.sleep(0.1)  # lines are closed by the loop
    told, shown = len(projector.votes), []
    if told != len(rows):  # a vote whose sender slept was kept meanwhile
        rows = server.ledger()
    faults = amiss(room, tally, rows, projector.html)
    if told == len(rows):
        shown = delays(projector, tally, [row[0] for row in rows])
    elif not projector.is_behind:  # each delay would be that of another vote
        faults.append(f"the projector was told of {told} votes, {len(rows)} are kept")
    refused = [*tally.refused, *projector.tally.refused]
    return Played(seconds, tally, shown, [*refused, *faults], rows, processor)


def delays(projector: Projector, tally: Tally, keys: Sequence[str]) -> list[float]:
    """From the sending of each vote to the page of the projector that counts it."""
    found, shown = [], iter(projector.seen)
    number, at = next(shown, (0, 0.0))
    for vote, key in zip(projector.votes, keys, strict=True):
        while number < vote:
            number, at = next(shown, (10**18, float("inf")))
        found.append(at - tally.sent[key])
    return found


def lines_of(name: str, played: Played) -> list[Line]:
    """Goals beside what was measured."""
    p95 = quantiles(played.delays, n=20)[-1]
    faults = len(played.faults) + played.tally.lost + played.tally.away
    votes = len(played.tally.acknowledged)
    rate = votes / played.seconds
    asked = quantiles(played.tally.seconds, n=20)[-1]
    return [
        Line(f"{name}: votes counted", "votes", votes, *[None] * 5),
        Line(f"{name}: votes a second", "/s", rate, *[None] * 5),
        Line(f"{name}: a request, p95", "s", asked, *[None] * 5),
        Line(f"{name}: processor of the server", "s", played.processor, *[None] * 5),
        Line(
            f"{name}: vote to projector, p50", "s", median(played.delays), *[None] * 5
        ),
        _goal(f"{name}: vote to projector, p95", "s", p95, 0.5),
        _goal(f"{name}: requests refused or lost, votes amiss", "", faults, 0),
    ]


def _goal(goal: str, unit: str, value: float, target: float) -> Line:
    return Line(goal, unit, value, None, None, None, target, value <= target)


def main(*, quick: bool = False, full: bool = False) -> None:
    people = QUICK_PEOPLE if quick else PEOPLE
    found: list[Line] = []
    for name, act in (("rating", person), ("recipe", polis)):
        with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server:
            room = server.make_room(ITEMS)
            room.arriving, room.thinking, room.minutes = ARRIVING, THINKING, MINUTES
            if quick:
                room.arriving, room.thinking, room.minutes = 2, (0.2, 0.6), 0.2
            played = asyncio.run(play(server, room, people, act))
            for fault, times in Counter(played.faults).most_common(10):
                print(f"{name}: {fault} × {times}")
            found += lines_of(name, played)
    print(f"load of the machine: {os.getloadavg()}")
    write("live", found, [])
    show(found)
    assert all(line.reached is not False for line in found[6::7])
