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
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.db import connection

from tests.deployment import UVICORN, Deployment, placed
from tests.seed import Seed

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
    """Where the demonstration answers, where its files lie, what its processes are
    copies of."""

    url: str
    var: Path
    seed: Seed | None = None

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
        if self.seed:
            return self.seed.run(*words)
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(url: str) -> None:
    for _attempt in range(120):
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
    seed = Seed(site.environment | {"PORT": str(port)})
    try:
        seed.start(*UVICORN, "--port", str(port))
        wait_until_ready(site.url)
        yield replace(site, seed=seed)
    finally:
        seed.end()


@pytest.fixture(scope="session")
def once(tmp_path_factory, worker_id):
    """Fills a folder by this name, once for all the workers, and says where it is."""
    root = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        root = root.parent

    def fill(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = root / name, root / f"{name}.done"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return fill


@pytest.fixture(scope="session")
def built(once, migrated):
    """The demonstration built by its own commands, and its tasks done.

    They would be done again in each copy where a walk does its own.
    """

    def build(var: Path) -> None:
        site = Site("", var)
        shutil.copy(migrated, site.database)
        site.run("-m", "tests.browser.preparation")
        site.work()

    return once("demonstration", build)


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
def world(once, built, tmp_path_factory):
    """The demonstration with the world of the access matrix beside it, and its pages.

    Every address of the matrix that its owner, or a person by link, may open: what the
    links of the demonstration do not lead to is reached as well.
    """

    def build(var: Path) -> None:
        told = copy_of(built, var).run("-m", "tests.browser.world")
        (var / "pages.json").write_text(told)

    given = once("world", build)
    with served(copy_of(given, tmp_path_factory.mktemp("world")).var) as site:
        yield site, json.loads((given / "pages.json").read_text())


@pytest.fixture(scope="session")
def hall(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """Where workshops are held: the demonstration, or two machines on PostgreSQL.

    Mails leave when a walk says so: there is no task worker.
    """
    if connection.vendor == "sqlite":
        yield request.getfixturevalue("site")
        return
    folder, shows_its_code = tmp_path_factory.mktemp("hall"), {"JALONS_DEMO": "1"}
    with placed("hall", folder, django_db_blocker.unblock) as address:
        hall = Deployment(
            folder,
            address,
            extra=shows_its_code,
            is_bare=True,
            count=2,
            task_workers=0,
        )
        with hall:
            hall.run("-m", "tests.browser.hall")
            first = hall.machines[0]
            yield Site(f"http://127.0.0.1:{hall.port}", first.var, first.seed)
            assert all(hall.proxy.served[one.port] for one in hall.machines)


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
