"""One look at a channel for all the streams of a process.

Five hundred telephones listen to a workshop; the table is read once for all of them.
On SQLite the look is repeated; on PostgreSQL a notification brings it forward, and the
repetition only serves when a notification was lost.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from itertools import islice

import psycopg
from django.db import DatabaseError, connection

from jalons.live.operations import WAKING
from jalons.live.reading import Happened, read_apart

PAUSE = {"sqlite": 0.2, "postgresql": 1.0}
"""Seconds between two looks."""
KEPT = 400
"""Events kept in memory for those who are a little late."""
AFTER_A_FAILURE = 2.0

THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live")
_tails: dict[str, Tail] = {}
_listening: dict[str, asyncio.Task[None]] = {}


class Tail:
    """The end of one channel, as this process knows it."""

    def __init__(self, channel: str, number: int) -> None:
        self.channel = channel
        self.number = number
        self.recent: deque[Happened] = deque(maxlen=KEPT)
        self.first = number
        self.moved = asyncio.Condition()
        self.woken = asyncio.Event()
        self.streams = 0
        self.task: asyncio.Task[None] | None = None

    def after(self, number: int) -> list[Happened] | None:
        """What followed a number; None when memory does not go back so far."""
        if number < self.first:
            return None
        # Numbers follow one another: as many are new as the last is further.
        new = list(islice(reversed(self.recent), max(0, self.number - number)))
        return new[::-1]

    async def look(self) -> None:
        """Read what is new and say it to every stream."""
        loop = asyncio.get_running_loop()
        new = await loop.run_in_executor(THREADS, read_apart, self.channel, self.number)
        if not new:
            return
        async with self.moved:
            if new[0].number > self.number + 1:  # erased before it was read
                self.recent.clear()
                self.first = new[0].number - 1
            if len(self.recent) + len(new) > KEPT:
                kept = [*self.recent, *new][-KEPT:]
                self.first = kept[0].number - 1
            self.recent.extend(new)
            self.number = new[-1].number
            self.moved.notify_all()

    async def watch(self) -> None:
        """Look again and again, until the last stream is gone."""
        pause = PAUSE[connection.vendor]
        while True:
            self.woken.clear()
            try:
                await self.look()
            except DatabaseError:  # it may be restarting
                await asyncio.sleep(AFTER_A_FAILURE)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.woken.wait(), pause)


@asynccontextmanager
async def watching(channel: str, number: int) -> AsyncIterator[Tail]:
    """The tail of a channel, watched as long as somebody is inside."""
    tail = _tails.get(channel)
    if tail is None:
        tail = _tails[channel] = Tail(channel, number)
        tail.task = asyncio.create_task(tail.watch())
        _listen()
    tail.streams += 1
    try:
        yield tail
    finally:
        tail.streams -= 1
        if not tail.streams:
            del _tails[channel]
            if tail.task:
                tail.task.cancel()
            _stop_listening()


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
