"""Two web processes for pages, two for streams, behind a proxy, on one PostgreSQL.

What one process receives wakes the streams of the others; one that is killed loses and
doubles no vote.
"""

from __future__ import annotations

import asyncio
import http.client
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from benchmarks.load.room import person, play
from benchmarks.phones import LISTENING, Phone, Tally, follow
from benchmarks.proxy import Proxy
from benchmarks.serving import ROOT, Server, free_port
from tests import prepared

pytestmark = pytest.mark.slow
BASE = Path(sys.executable).parent
GUNICORN = ["--workers", "1", "--threads", "4", "--log-level", "error"]


class Many:
    """Processes as on two machines: each web process has its port."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.pages = {free_port(): "gunicorn" for _one in range(2)}
        self.live = {free_port(): "uvicorn" for _one in range(2)}
        self.processes: dict[object, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Many:
        for port in self.pages:
            line = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "config.wsgi"]
            self.start(port, [str(BASE / "gunicorn"), *line])
        for port in self.live:
            line = ["config.asgi:application", "--port", str(port)]
            self.start(port, [str(BASE / "uvicorn"), *line, "--log-level", "critical"])
        for port in (*self.pages, *self.live):
            until_it_answers(port)
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()

    def start(self, name: object, line: list[str]) -> None:
        environment = {**self.server.environment, **self.server.extra}
        self.processes[name] = subprocess.Popen(line, cwd=ROOT, env=environment)

    def kill(self, name: object) -> None:
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()


def until_it_answers(port: int) -> None:
    for _attempt in range(600):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        with closing(line):
            try:
                line.request("GET", "/sante/")
                line.getresponse().read()
                return
            except (ConnectionRefusedError, http.client.HTTPException):
                time.sleep(0.1)
    raise AssertionError("a process did not start")


@pytest.fixture(scope="module")
def many(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database of its own, and the processes that share it."""
    if connection.vendor != "postgresql":
        pytest.skip("several processes share PostgreSQL")
    name = f"{connection.settings_dict['NAME']}_many"
    with django_db_blocker.unblock(), connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {prepared.name()}")
    url = f"postgresql:///{name}"
    server = Server(tmp_path_factory.mktemp("many"), url, is_bare=True)
    server.run("manage.py", "createcachetable")
    with Many(server) as found, Proxy([*found.pages], [*found.live]) as proxy:
        server.port = proxy.port
        yield found
    with django_db_blocker.unblock(), connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_vote_of_one_process_wakes_the_streams_of_the_others(many):
    server = many.server
    room = replace(server.make_room(3), arriving=0.5, thinking=(0.3, 1.0))
    heard: dict[int, set[int]] = {port: set() for port in many.live}
    killed = next(iter(many.pages))

    async def played():
        browser = Phone(server.port, Tally(), {"sessionid": room.session})
        html = (await browser.again(room.stage)).text
        browser.hang_up()
        ears = [asyncio.create_task(listen(port, html)) for port in heard]
        killing = asyncio.create_task(kill())
        found = await play(server, room, 4, person)
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
        many.kill(killed)

    found = asyncio.run(played())

    assert found.faults == []
    assert len(found.tally.acknowledged) == 4 * 3
    first, second = heard.values()
    assert first == second
    assert len(first) == len(found.rows)
