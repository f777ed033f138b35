"""Server-sent events: what a listener missed, then what happens, and a heartbeat."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

from jalons.live.access import Listener
from jalons.live.reading import Catching, Happened, catch_up_apart
from jalons.live.tails import THREADS, Ear, watching

HEARTBEAT = 15.0
"""Seconds of silence after which a comment keeps the line open."""
LONGEST = 15 * 60.0
"""Seconds after which a stream ends; the browser opens another, where it was."""
RETRY_MS = 1500
RELOAD = "reload"
"""The event that says: take the whole page again."""


async def follow(listener: Listener, after: int) -> AsyncIterator[bytes]:
    """The events of a listener after a number, as they are written on the line."""
    yield f"retry: {RETRY_MS}\n\n".encode()
    until = time.monotonic() + LONGEST
    missed = await _from_table(listener.channel, after)
    async with watching(listener.channel, listener.audience, missed.number) as ear:
        while time.monotonic() < until:
            for line in _told(missed, listener):
                yield line
            if not await _wait(ear, missed.number):
                yield b": still here\n\n"
            missed = await _missed(ear, listener.channel, missed.number)


def _told(missed: Catching, listener: Listener) -> Iterator[bytes]:
    if missed.must_reload:
        yield f"id: {missed.number}\nevent: {RELOAD}\ndata: {{}}\n\n".encode()
    for one in missed.events:
        if one.is_for(listener.audience):
            yield written(one)


def written(one: Happened) -> bytes:
    """One event on the line; JSON holds no line end."""
    data = json.dumps({"kind": one.kind, **one.payload})
    return f"id: {one.number}\nevent: change\ndata: {data}\n\n".encode()


async def _missed(ear: Ear, channel: str, after: int) -> Catching:
    """From memory when it goes back so far, from the table otherwise."""
    known = ear.after(after)
    if known is None:
        return await _from_table(channel, after)
    return Catching(known, max(after, ear.last))


async def _from_table(channel: str, after: int) -> Catching:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(THREADS, catch_up_apart, channel, after)


async def _wait(ear: Ear, after: int) -> bool:
    """Whether something came before the next heartbeat."""
    with suppress(TimeoutError):
        async with asyncio.timeout(HEARTBEAT), ear.moved:
            await ear.moved.wait_for(lambda: ear.last > after)
        return True
    return False
