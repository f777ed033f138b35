"""A small proxy of ours before several servers: in turn, slow when asked, never late.

One request a connection: `Connection: close` is asked of the server, whose answer is
passed on as it comes, streams included. A server that does not answer is passed over,
as a proxy that watches them would. `/live/` may have servers of its own.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from benchmarks.serving import free_port

BLOCK = 1 << 16
HEAD = 1 << 16


@dataclass
class Proxy:
    """Listens in a thread of its own until the end of the block.

    Each piece waits `delay` seconds in both directions; a share `cut` of connections is
    broken before the answer. `served` counts the connections that each server took.
    """

    servers: Sequence[int]
    live: Sequence[int] = ()
    delay: float = 0.0
    cut: float = 0.0
    port: int = field(default_factory=free_port)
    served: Counter[int] = field(default_factory=Counter)

    def __enter__(self) -> Proxy:
        self._loop = asyncio.new_event_loop()
        self.servers, self.live = tuple(self.servers), tuple(self.live)
        groups = (self.servers, self.live)
        self._turns = {group: itertools.cycle(group) for group in groups}
        # A loop holds its tasks by a thread only: one that waits could be collected.
        self._passing: set[asyncio.Task | None] = set()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(timeout=10)

    def _run(self, ready: threading.Event) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(ready))

    async def _serve(self, ready: threading.Event) -> None:
        self._over = asyncio.Event()
        server = await asyncio.start_server(
            self._pass, "127.0.0.1", self.port, limit=HEAD
        )
        ready.set()
        await self._over.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        self._passing.add(task)
        with suppress(
            OSError, EOFError, asyncio.LimitOverrunError, asyncio.CancelledError
        ):
            head = await reader.readuntil(b"\r\n\r\n")
            there = await self._open(head)
            if there is None:
                writer.write(b"HTTP/1.1 503 Away\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
            else:
                await self._join(head, reader, writer, *there)
        writer.close()
        self._passing.discard(task)

    async def _open(
        self, head: bytes
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """The next server that takes the connection."""
        path = head.split(b" ", 2)[1]
        group = self.live if self.live and path.startswith(b"/live/") else self.servers
        for _try in group:
            with suppress(OSError):
                port = next(self._turns[group])
                there = await asyncio.open_connection("127.0.0.1", port)
                self.served[port] += 1
                return there
        return None

    async def _join(
        self,
        head: bytes,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        answer: asyncio.StreamReader,
        sent: asyncio.StreamWriter,
    ) -> None:
        first, rest = head.split(b"\r\n", 1)
        await asyncio.sleep(self.delay)
        sent.write(first + b"\r\nConnection: close\r\n" + rest)
        sending = asyncio.create_task(self._copy(reader, sent))
        try:
            if random.random() >= self.cut:
                await self._copy(answer, writer)
        finally:
            sending.cancel()
            sent.close()

    async def _copy(
        self, source: asyncio.StreamReader, to: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError):
            while block := await source.read(BLOCK):
                await asyncio.sleep(self.delay)
                to.write(block)
                await to.drain()
