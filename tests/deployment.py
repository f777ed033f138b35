"""A site at work, as whoever installs it runs it: which one, the database says.

On SQLite, one machine: a web process and a task worker on one file. On PostgreSQL, two
machines behind a proxy, on one database: each has a folder, a web process and a task
worker of its own. A module of tests may say otherwise:

    MACHINES = 2        # on SQLite too: two web processes on one file
    TASK_WORKERS = 0    # no worker takes what the tests would do themselves
    IS_APART = True     # pages by gunicorn, `/live/` by uvicorn
"""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from benchmarks.proxy import Proxy
from benchmarks.serving import ROOT, Server, free_port
from tests import prepared
from tests.seed import Seed, Sprout

BIN = Path(sys.executable).parent
SECRET = "un secret pour les essais, long d’une cinquantaine de signes"
PATIENCE = 60.0
"""Seconds until something that must happen is believed not to."""
UVICORN = ["uvicorn", "config.asgi:application", "--log-level", "critical"]
UVICORN += ["--timeout-graceful-shutdown", "1"]
GUNICORN = [str(BIN / "gunicorn"), "config.wsgi", "--workers", "1", "--threads", "4"]
GUNICORN += ["--log-level", "error"]
WORK = ["manage.py", "work"]
# One who writes makes the other writers wait; readers go on.
HOLDING = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "BEGIN; LOCK TABLE {table} IN SHARE MODE",
}


@dataclass
class Machine:
    """What runs on one of them, by name, on its own files."""

    var: Path
    environment: Mapping[str, str]
    port: int
    seed: Seed
    live_port: int = 0
    processes: dict[str, subprocess.Popen[bytes] | Sprout] = field(default_factory=dict)

    def start(self, name: str) -> None:
        lines = {
            "web": [*UVICORN, "--port", str(self.port)],
            "live": [*UVICORN, "--port", str(self.live_port)],
            "tasks": WORK,
        }
        if name == "pages":
            line = [*GUNICORN, "--bind", f"127.0.0.1:{self.port}"]
            started = subprocess.Popen(line, cwd=ROOT, env=dict(self.environment))
            self.processes[name] = started
        else:
            self.processes[name] = self.seed.start(*lines[name.split()[0]])

    def end(self, name: str, by: signal.Signals = signal.SIGKILL) -> None:
        """At once, as by a fault of the machine; or asked to, by SIGTERM."""
        process = self.processes.pop(name)
        process.send_signal(by)
        process.wait()


@dataclass
class Deployment(Server):
    """All of it, until the end of the block; `port` is where people come."""

    count: int = 1
    task_workers: int = 1
    is_apart: bool = False
    machines: list[Machine] = field(default_factory=list)
    proxy: Proxy | None = None

    def __enter__(self) -> Deployment:
        ports = [self.port] if self.count == 1 else [free_port() for _one in self.ranks]
        for rank, port in zip(self.ranks, ports, strict=True):
            var = self.var if self.is_on_a_file else self.var / f"machine-{rank}"
            var.mkdir(exist_ok=True)
            own = {**self.environment, "JALONS_VAR_DIR": str(var)}
            is_shared = self.is_on_a_file and self.machines
            seed = self.machines[0].seed if is_shared else Seed(own)
            self.machines.append(Machine(var, own, port, seed))
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        if self.proxy:
            self.proxy.__exit__()
        every = [one for each in self.machines for one in each.processes.values()]
        for process in every:
            process.kill()
        for process in every:
            process.wait()
        for seed in {id(one.seed): one.seed for one in self.machines}.values():
            seed.end()

    @property
    def ranks(self) -> range:
        return range(1, self.count + 1)

    def run(self, *words: str) -> str:
        """What a Python command says, on the first machine."""
        return self.machines[0].seed.run(*words)

    def _start(self) -> None:
        for machine in self.machines:
            if self.is_apart:
                machine.live_port = free_port()
            for name in self.web:
                machine.start(name)
            for rank in range(self.task_workers):
                machine.start(f"tasks {rank + 1}")
        self.until_it_answers()
        if self.count > 1:
            live = [one.live_port for one in self.machines] if self.is_apart else []
            ports = [one.port for one in self.machines]
            self.proxy = Proxy(ports, live, port=self.port).__enter__()

    @property
    def is_on_a_file(self) -> bool:
        return self.database.startswith("sqlite")

    @property
    def environment(self) -> dict[str, str]:
        secret = {"JALONS_SECRET_KEY": SECRET}
        return {**super().environment, **secret, **self.extra}

    @property
    def web(self) -> tuple[str, ...]:
        """Names of the processes of a machine that answer."""
        return ("pages", "live") if self.is_apart else ("web",)

    def kill_web(self) -> None:
        """Every process that answers, at once."""
        for machine in self.machines:
            for name in self.web:
                machine.end(name)

    def start_web(self) -> None:
        for machine in self.machines:
            for name in self.web:
                machine.start(name)
        self.until_it_answers()

    def until_it_answers(self) -> None:
        ports = {
            port for one in self.machines for port in (one.port, one.live_port) if port
        }
        for port in ports:
            until(lambda port=port: _answers(port))

    def processor(self) -> float:
        """Not measured here."""
        return 0.0

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return rows_of(self.database, query)

    @contextmanager
    def held(self, table: str) -> Iterator[Any]:
        """Who would write in a table waits until `rollback`, or the end of the block.

        On SQLite they wait for the file.
        """
        with connected(self.database) as line:
            line.execute(HOLDING[connection.vendor].format(table=table))
            yield line


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A session of a database of our own, which says itself BEGIN and so on."""
    if address.startswith("sqlite"):
        path = address.removeprefix("sqlite:///")
        line: Any = sqlite3.connect(path, isolation_level=None)
    else:
        line = psycopg.connect(address, autocommit=True)
    with closing(line):
        yield line


def rows_of(address: str, query: str) -> list[tuple[Any, ...]]:
    with connected(address) as line:
        return [tuple(one) for one in line.execute(query).fetchall()]


def until(is_so: Callable[[], object]) -> None:
    """Look until something is so. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(is_so)
        time.sleep(0.05)


def _answers(port: int) -> bool:
    with suppress(urllib.error.HTTPError, OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/", timeout=20).close()
        return True
    return False


@contextmanager
def placed(name: str, folder: Path, unblock: Callable[[], Any]) -> Iterator[str]:
    """The address of a migrated database of its own, until the end of the block."""
    if connection.vendor == "sqlite":
        shutil.copy(prepared.file(), folder / "db.sqlite3")
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    name = f"{connection.settings_dict['NAME']}_{name}".replace(".", "_").lower()
    with unblock(), connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {prepared.name()}")
    yield f"postgresql:///{name}"
    with unblock(), connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def place(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """The address of a migrated database, a module’s own, and a folder beside it."""
    folder = tmp_path_factory.mktemp("site")
    name = request.module.__name__[-20:]
    with placed(name, folder, django_db_blocker.unblock) as address:
        yield address, folder


@pytest.fixture(scope="module")
def deployment(request, place):
    """The site of a module of tests, as its constants want it."""
    asked = request.module
    address, folder = place
    extra = request.getfixturevalue("extra") if hasattr(asked, "extra") else {}
    machines = 1 if connection.vendor == "sqlite" else 2
    with Deployment(
        folder,
        address,
        extra=extra,
        is_bare=True,
        count=getattr(asked, "MACHINES", machines),
        task_workers=getattr(asked, "TASK_WORKERS", 1),
        is_apart=getattr(asked, "IS_APART", False),
    ) as found:
        yield found
