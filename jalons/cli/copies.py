"""The processes of a site, copied (`fork`) from one that has read the program.

Reading it takes more than a second of processor; a copy takes some milliseconds, and
what was read is in memory once for all of them. Whoever is copied has opened nothing:
no session of the database, no thread. See docs/decisions/0123-read-once-then-copied.md.
"""

from __future__ import annotations

import errno
import gc
import multiprocessing
import signal
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from mmap import mmap
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic

import uvicorn
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import connections
from django.utils.translation import gettext, override

# What pages and tasks are made of, beyond what the settings name. `config.asgi` is for
# each copy to read: it opens the files where durations are counted.
READ = (
    "jalons.cli.working",
    "jalons.live.asking",
    "uvicorn.lifespan.on",
    "uvicorn.loops.asyncio",
    "uvicorn.protocols.http.httptools_impl",
)
WAITING = 2048
"""Connections that wait while a web process starts."""
GRACE = 3
"""Streams never end by themselves: a stop does not wait for them."""
LAST_SECONDS = 10.0
"""What a stop leaves to each process to finish what it does."""
SILENT_SECONDS = 60
"""On a busy machine, a process that is slow to say that it lives is not dead: one that
dies is seen at once all the same."""
_fork = multiprocessing.get_context("fork")


def read_program() -> None:
    """Read all that the copies share; the collector has nothing to find meanwhile."""
    gc.disable()
    for name in (settings.ROOT_URLCONF, *READ):
        import_module(name)
    for language, _name in settings.LANGUAGES:
        with override(language):
            gettext("Yes")
    connections.close_all()
    gc.freeze()
    gc.enable()


def listen(host: str, port: int) -> list[socket.socket]:
    """Every address of that name that this machine has. Raises OSError."""
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    addresses = dict.fromkeys((family, where[:2]) for family, *_kind, where in found)
    doors, absent = [], None
    for family, where in addresses:
        try:
            door = socket.create_server(where, family=family, backlog=WAITING)
        except OSError as error:
            if error.errno != errno.EADDRNOTAVAIL:
                raise
            absent = error
        else:
            # For whoever is let in: else a page waits 40 ms for its last part.
            door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            doors.append(door)
    if absent and not doors:
        raise absent
    return doors


class Copy:
    """One process of the site, which can be started again; `name` is seen by `ps`."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        self.name, self.work = name, work
        self.process: BaseProcess | None = None

    def start(self) -> None:
        self.process = _fork.Process(target=self._live)
        self.process.start()

    def has_ended(self) -> bool:
        return self.process is not None and not self.process.is_alive()

    def look(self, seconds: float) -> None:
        """Called so often: nothing to see but that it is there."""

    def _live(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        with suppress(OSError):
            Path("/proc/self/comm").write_text(self.name)
        self.work()


class WebCopy(Copy):
    """A web process: it says that it lives, and is ended when it does so no more.

    `doors` are the sockets on which it answers, opened by whoever is copied: who comes
    while it starts waits, and is not refused.
    """

    def __init__(self, name: str, doors: list[socket.socket]) -> None:
        super().__init__(name, self._answer)
        self.doors = doors
        # One byte that both see, and that changes as long as it lives.
        self.pulse = mmap(-1, 1)
        self._last, self._silence = 0, 0.0

    def start(self) -> None:
        self._silence = 0.0
        super().start()

    def look(self, seconds: float) -> None:
        # Counted in looks: whoever watches may have been suspended with the rest.
        self._silence = self._silence + seconds if self.pulse[0] == self._last else 0.0
        self._last = self.pulse[0]
        if self._silence > SILENT_SECONDS and self.process is not None:
            self.process.kill()

    def _answer(self) -> None:
        config = uvicorn.Config(
            "config.asgi:application",
            # Ours, of the settings.
            log_config=None,
            log_level="warning",
            access_log=False,
            # The one that is measured, whatever else is installed.
            loop="asyncio",
            backlog=WAITING,
            timeout_graceful_shutdown=GRACE,
        )
        _Server(config, self.pulse).run(sockets=self.doors)


class _Server(uvicorn.Server):
    """Ten times a second, it says that its loop turns."""

    def __init__(self, config: uvicorn.Config, pulse: mmap) -> None:
        super().__init__(config)
        self.pulse = pulse

    async def on_tick(self, counter: int) -> bool:
        self.pulse[0] = counter % 256
        return await super().on_tick(counter)


def command(name: str, *words: str, doors: Iterable[socket.socket] = ()) -> Copy:
    """A copy that runs a command of the site; the doors are not its own."""

    def run() -> None:
        for door in doors:
            door.close()
        execute_from_command_line(["jalons", *words, "--skip-checks"])

    return Copy(name, run)


def end(copies: Iterable[Copy]) -> None:
    """Stop them all; told to stop once more, they are waited for all the same.

    A chore that runs is left its time, as a task is.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for one in copies:
        if one.process is not None:
            one.process.terminate()
    last = monotonic() + LAST_SECONDS
    for process in multiprocessing.active_children():
        process.join(timeout=max(0.0, last - monotonic()))
        if process.is_alive():
            process.kill()
            process.join()
