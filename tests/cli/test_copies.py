"""What `jalons serve` copies, and how it watches its copies."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from benchmarks.serving import ROOT, Server
from jalons.cli import copies

# What takes its time to be read, and only some pages or commands need.
HEAVY = {"duckdb", "ibis", "numba", "pandas", "polars", "pyspark", "scipy", "shapely"}
LOOKED_AT = """
import json, sys
import django
django.setup()
from django.db import connections
from jalons.cli import copies
connections["default"].ensure_connection()  # as a room that was set up just before
copies.read_program()
with open("/proc/self/status") as file:
    threads = next(line.split()[1] for line in file if line.startswith("Threads"))
opened = [one.alias for one in connections.all() if one.connection is not None]
read = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"threads": int(threads), "opened": opened, "read": read}))
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory) -> dict:
    """A process that has read the program, before its first copy."""
    own = {"JALONS_VAR_DIR": str(tmp_path_factory.mktemp("var"))}
    own |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", LOOKED_AT],
        cwd=ROOT,
        env=os.environ | own,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def test_whoever_is_copied_has_no_session_and_no_thread(reader):
    assert (1, []) == (reader["threads"], reader["opened"])


def test_a_start_reads_nothing_heavy(reader):
    assert set() == HEAVY & set(reader["read"])
    assert "numpy" in reader["read"]


def test_a_copy_has_its_own_name_and_does_its_own_work():
    said, told = os.pipe()
    name = Path("/proc/self/comm")
    copy = copies.Copy("jalons trial", lambda: os.write(told, name.read_bytes()))

    copy.start()

    assert os.read(said, 99) == b"jalons trial\n"
    assert copy.process is not None
    copy.process.join()
    assert copy.has_ended()


def test_every_address_of_a_name_is_listened_to_and_a_taken_one_is_said():
    opened = copies.listen("127.0.0.1", 0)
    port = opened[0].getsockname()[1]

    with opened[0], pytest.raises(OSError, match="in use"):
        copies.listen("127.0.0.1", port)
    with pytest.raises(OSError, match="assign"):
        copies.listen("203.0.113.7", port)


def test_a_web_process_that_says_nothing_for_a_minute_is_ended():
    copy = copies.WebCopy("jalons web", [])
    copy.work = signal.pause
    copy.start()
    assert copy.process is not None

    copy.look(copies.SILENT_SECONDS / 2)
    copy.pulse[0] += 1
    copy.look(copies.SILENT_SECONDS)
    copy.look(copies.SILENT_SECONDS)
    assert not copy.has_ended()
    copy.look(1)
    copy.process.join()

    assert copy.process.exitcode == -signal.SIGKILL


def test_who_comes_while_a_web_process_is_started_again_waits_and_is_answered(
    migrated, tmp_path
):
    shutil.copy(migrated, tmp_path / "db.sqlite3")
    database = f"sqlite:///{tmp_path}/db.sqlite3"
    with Server(tmp_path, database, is_bare=True) as server:
        first = server._workers()
        server.kill_worker()
        ready = f"http://127.0.0.1:{server.port}/sante/pret/"
        with urllib.request.urlopen(ready) as answer:
            found = json.load(answer)
        again = server._workers()

    assert found["ready"]
    assert len(first) == len(again) == 1
    assert first != again
    assert server.process is not None
    assert server.process.returncode == 0


def test_whoever_is_let_in_is_answered_without_waiting_to_fill_a_packet():
    (door,) = copies.listen("127.0.0.1", 0)

    with door, socket.create_connection(door.getsockname()):
        inside, _where = door.accept()

    with inside:
        assert inside.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
