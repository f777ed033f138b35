"""Two web processes on one database: a listener changes server and misses nothing."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listen(
    opened: ExitStack, port: int, secret: str, after: int
) -> http.client.HTTPResponse:
    """A stream opened, once the server is up."""
    for _attempt in range(300):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        opened.enter_context(closing(line))
        try:
            line.request(
                "GET", f"/live/{secret}/", headers={"Last-Event-ID": str(after)}
            )
            return opened.enter_context(closing(line.getresponse()))
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def numbers(stream: http.client.HTTPResponse, count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        line = stream.readline().decode()
        if line.startswith("id: "):
            found.append(int(line.removeprefix("id: ")))
    return found


def test_a_listener_goes_from_a_killed_worker_to_another_and_misses_nothing(
    migrated, tmp_path
):
    database = tmp_path / "jalons.sqlite3"
    shutil.copy(migrated, database)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "JALONS_VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{database}",
        "JALONS_DEBUG": "1",
    }

    def tell(count: int) -> str:
        line = [sys.executable, "-m", "tests.live.world", str(count)]
        done = subprocess.run(
            line, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    secret = tell(2)
    ports = (free_port(), free_port())
    base = [sys.executable, "-m", "uvicorn", "config.asgi:application"]
    workers = [
        subprocess.Popen(
            [*base, "--port", str(port), "--log-level", "critical"],
            cwd=ROOT,
            env=environment,
        )
        for port in ports
    ]
    opened = ExitStack()
    try:
        first = listen(opened, ports[0], secret, 0)
        elsewhere = listen(opened, ports[1], secret, 2)
        kind = first.headers["Content-Type"]
        assert [1, 2] == numbers(first, 2)
        tell(1)
        assert [3] == numbers(first, 1)
        workers[0].send_signal(signal.SIGKILL)
        tell(2)
        assert [3, 4, 5] == numbers(elsewhere, 3)
        assert [4, 5] == numbers(listen(opened, ports[1], secret, 3), 2)
    finally:
        opened.close()
        for worker in workers:
            worker.kill()
            worker.wait()

    assert kind == "text/event-stream"
