"""The demonstration, served for real once for all the browser tests of a worker."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.db import connection

from tests.deployment import Deployment

ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            # Two browsers, two servers and two cores: a walk that was late walks again,
            # and the last line of the suite counts it.
            item.add_marker(pytest.mark.flaky(reruns=1))


@dataclass(frozen=True)
class Site:
    """Where the demonstration answers, and where its files lie."""

    url: str
    var: Path

    @property
    def named(self) -> Site:
        """The same site under a name: browsers make no passkey for a number."""
        return replace(self, url=self.url.replace("127.0.0.1", "localhost"))

    @property
    def database(self) -> Path:
        return self.var / "jalons.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "JALONS_VAR_DIR": str(self.var),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "JALONS_DEMO": "1",
        }

    def run(self, *words: str) -> str:
        """What a Python command says, run beside the web process on the same files."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def work(self) -> None:
        """What the task worker does, once: it waits for nothing."""
        self.run("manage.py", "db_worker", "--batch")

    def send_mail(self) -> None:
        """What the mail process does, once."""
        self.run("manage.py", "send_mail")


@dataclass(frozen=True)
class Hall(Site):
    """A team alone on a site of several machines."""

    machines: Deployment

    def run(self, *words: str) -> str:
        return self.machines.run(*words)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(url: str, process: subprocess.Popen) -> None:
    for _attempt in range(120):
        if process.poll() is not None:
            raise RuntimeError("The server stopped before it was ready.")
        try:
            with urllib.request.urlopen(f"{url}/sante/", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    raise RuntimeError("The server was not ready after 30 seconds.")


@contextmanager
def served(var: Path) -> Iterator[Site]:
    """What lies in `var`, served by the web process."""
    port = free_port()
    site = Site(f"http://127.0.0.1:{port}", var)
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "config.asgi:application"]
        + ["--port", str(port), "--log-level", "warning"],
        cwd=ROOT,
        env=site.environment | {"PORT": str(port)},
    )
    try:
        wait_until_ready(site.url, process)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id, migrated):
    """The demonstration built by its own commands, once for all the workers."""
    root = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        root = root.parent
    var, done = root / "demonstration", root / "demonstration.done"
    with (root / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(var, ignore_errors=True)
            var.mkdir()
            site = Site("", var)
            shutil.copy(migrated, site.database)
            site.run("-m", "tests.browser.preparation")
            done.touch()
    return var


def copy_of(given: Path, var: Path) -> Site:
    """A site of its own with the same files; it answers nowhere yet."""
    var.mkdir(exist_ok=True)
    shutil.copytree(given / "static", var / "static")
    shutil.copy(given / "secret_key", var)
    site = Site("", var)
    source = sqlite3.connect(Site("", given).database)
    target = sqlite3.connect(site.database)
    with closing(source), closing(target):
        source.backup(target)
    return site


@pytest.fixture(scope="session")
def site(built, tmp_path_factory):
    """The demonstration, served by the web process."""
    with served(copy_of(built, tmp_path_factory.mktemp("site")).var) as site:
        yield site


@pytest.fixture
def own_site(built, tmp_path):
    """The demonstration as it was built, for one test: no other wrote in it."""
    with served(copy_of(built, tmp_path / "own").var) as site:
        yield site


@pytest.fixture(scope="session")
def world(built, tmp_path_factory):
    """The demonstration with the world of the access matrix beside it, and its pages.

    Every address of the matrix that its owner, or a person by link, may open: what the
    links of the demonstration do not lead to is reached as well.
    """
    copy = copy_of(built, tmp_path_factory.mktemp("world"))
    pages = json.loads(copy.run("-m", "tests.browser.world"))
    with served(copy.var) as site:
        yield site, pages


@pytest.fixture(scope="module")
def hall(request, django_db_setup):
    """Where a workshop is held: the demonstration, or two machines on PostgreSQL."""
    if connection.vendor == "sqlite":
        yield request.getfixturevalue("site")
        return
    machines = request.getfixturevalue("deployment")
    machines.run("-m", "tests.browser.hall")
    folder = machines.machines[0].var
    yield Hall(f"http://127.0.0.1:{machines.port}", folder, machines)
    assert all(machines.proxy.served[one.port] for one in machines.machines)


@pytest.fixture(scope="session")
def base_url(request):
    """That of the demonstration, which is on SQLite."""
    return request.getfixturevalue("site").url if connection.vendor == "sqlite" else ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "fr-FR", "reduced_motion": "reduce"}
