"""One look at a channel for all the streams of a process.

Five hundred telephones listen to a workshop; the table is read once for all of them,
and a vote, told to the projector alone, wakes none of them. The look is repeated; what
this process committed, or on PostgreSQL a notification, brings it forward: repetition
serves for what another process wrote in a file, or when a notification was lost.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import takewhile

import psycopg
from django.db import Error, connection

from jalons.live import waking
from jalons.live.operations import WAKING
from jalons.live.reading import Catching, Happened, number_apart, read_apart

PAUSE = {"sqlite": 0.2, "postgresql": 1.0}
"""Seconds between two looks."""
GAP = 0.05
"""The least of them: many events make one look."""
KEPT = 400
"""Events of an audience kept in memory for those who are a little late."""
AFTER_A_FAILURE = 2.0
TRUE_FOR = 3.0
"""Seconds after which what is known is no longer told without reading again."""
STAYS = 30.0
"""Seconds for which a channel is still watched after somebody asked about it."""

THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live")
_tails: dict[str, Tail] = {}
_listening: dict[str, asyncio.Task[None]] = {}
_asked: dict[tuple[str, str], float] = {}
_stays: set[asyncio.Task[None]] = set()


class Ear:
    """What one audience of a channel was told last, kept for those a little late."""

    def __init__(self, audience: str, number: int) -> None:
        self.audience = audience
        # Memory holds what follows `first`; nothing for this audience follows `last`.
        self.first = self.last = number
        self.recent: deque[Happened] = deque()
        self.moved = asyncio.Condition()
        self.streams = 0

    def after(self, number: int) -> list[Happened] | None:
        """What followed a number; None when memory does not go back so far."""
        if number < self.first:
            return None
        new = takewhile(lambda one: one.number > number, reversed(self.recent))
        return list(new)[::-1]

    def hear(self, new: Sequence[Happened], *, follows: int) -> bool:
        """Keep what is for this audience; whether those who wait are to be woken."""
        if new[0].number > follows + 1:  # erased before it was read
            self.recent.clear()
            self.first = new[0].number - 1
        mine = [one for one in new if one.is_for(self.audience)]
        self.recent.extend(mine)
        while len(self.recent) > KEPT:
            self.first = self.recent.popleft().number
        if not mine and self.first <= self.last:
            return False
        self.last = max(self.first, mine[-1].number if mine else 0)
        return True

    async def wake(self) -> None:
        async with self.moved:
            self.moved.notify_all()


class Tail:
    """The end of one channel, as this process knows it."""

    def __init__(self, channel: str, number: int) -> None:
        self.channel = channel
        self.number = number
        self.ears: dict[str, Ear] = {}
        self.looked_at = -TRUE_FOR
        self.woken = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    def ear(self, audience: str) -> Ear:
        """That of an audience; what was told before it existed is in the table."""
        return self.ears.setdefault(audience, Ear(audience, self.number))

    async def look(self) -> None:
        """Read what is new and say it to the streams that it is for."""
        loop = asyncio.get_running_loop()
        began = time.monotonic()
        new = await loop.run_in_executor(THREADS, read_apart, self.channel, self.number)
        self.looked_at = began
        if not new:
            return
        # All of them at once, before anybody else of this loop asks what is known.
        follows, self.number = self.number, new[-1].number
        ears = list(self.ears.values())
        moved = [ear for ear in ears if ear.hear(new, follows=follows)]
        for ear in moved:
            await ear.wake()

    def is_true(self) -> bool:
        """Whether it was read so lately that nothing older is missing from it."""
        return time.monotonic() - self.looked_at < TRUE_FOR

    async def watch(self) -> None:
        """Look again and again, until the last stream is gone."""
        pause = PAUSE[connection.vendor]
        while True:
            self.woken.clear()
            try:
                await self.look()
            except Error:  # it may be restarting
                await asyncio.sleep(AFTER_A_FAILURE)
            await asyncio.sleep(GAP)
            # Not `wait_for`: woken and cancelled at once, it would go on for ever.
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self.woken.wait()


@asynccontextmanager
async def watching(channel: str, audience: str, number: int) -> AsyncIterator[Ear]:
    """The ear of an audience, kept open as long as somebody is inside."""
    tail = _tails.get(channel)
    if tail is None:
        tail = _tails[channel] = Tail(channel, number)
        tail.task = asyncio.create_task(tail.watch())
        loop = asyncio.get_running_loop()
        wake = partial(loop.call_soon_threadsafe, tail.woken.set)
        waking.call_when_told(channel, wake)
        _listen()
    ear = tail.ear(audience)
    ear.streams += 1
    try:
        yield ear
    finally:
        ear.streams -= 1
        if not ear.streams:
            del tail.ears[audience]
        if not tail.ears:
            del _tails[channel]
            waking.forget(channel)
            if tail.task:
                tail.task.cancel()
            _stop_listening()


def known_after(channel: str, audience: str, after: int) -> Catching | None:
    """What an audience was told after a number, where this process knows it all.

    It does while somebody listens, and for a while after somebody asked.
    """
    key = channel, audience
    if key not in _asked:
        stay = asyncio.create_task(_stay(channel, audience))
        _stays.add(stay)
        stay.add_done_callback(_stays.discard)
    _asked[key] = time.monotonic()
    tail = _tails.get(channel)
    ear = tail.ears.get(audience) if tail else None
    if tail is None or ear is None or not tail.is_true() or after > tail.number:
        return None
    events = ear.after(after)
    return None if events is None else Catching(events, tail.number)


async def _stay(channel: str, audience: str) -> None:
    """Keep an ear open as long as somebody asks now and then."""
    loop = asyncio.get_running_loop()
    try:
        number = await loop.run_in_executor(THREADS, number_apart, channel)
        async with watching(channel, audience, number):
            while time.monotonic() - _asked[channel, audience] < STAYS:
                await asyncio.sleep(STAYS)
    except Error:  # it may be restarting: the next who asks begins again
        return
    finally:
        del _asked[channel, audience]


def _listen() -> None:
    if connection.vendor == "postgresql" and not _listening:
        _listening["task"] = asyncio.create_task(_hear())


def _stop_listening() -> None:
    if not _tails and _listening:
        _listening.pop("task").cancel()


async def _hear() -> None:
    """Wake the tails that PostgreSQL names; try again when it goes away."""
    while True:
        with suppress(psycopg.OperationalError):
            async with await _connect() as heard:
                await heard.execute(f"LISTEN {WAKING}")
                async for notice in heard.notifies():
                    if tail := _tails.get(notice.payload):
                        tail.woken.set()
        await asyncio.sleep(AFTER_A_FAILURE)


async def _connect() -> psycopg.AsyncConnection[tuple[object, ...]]:
    known = connection.get_connection_params()
    wanted = ("dbname", "host", "port", "user", "password")
    params = {name: known[name] for name in wanted if name in known}
    return await psycopg.AsyncConnection.connect(autocommit=True, **params)
