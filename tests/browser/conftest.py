"""The demonstration, served for real once for all the browser tests of a worker."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PREPARATION = (
    ("migrate", "--verbosity", "0"),
    ("createcachetable",),
    ("load_reference",),
    ("load_figures",),
    ("load_indices",),
    ("load_questionnaires",),
    ("collectstatic", "--no-input", "--verbosity", "0"),
    ("demo",),
)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Site:
    """Where the demonstration answers, and where its files lie."""

    url: str
    var: Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(url: str, process: subprocess.Popen) -> None:
    for _attempt in range(120):
        if process.poll() is not None:
            raise RuntimeError("The server stopped before it was ready.")
        try:
            with urllib.request.urlopen(f"{url}/sante/", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    raise RuntimeError("The server was not ready after 30 seconds.")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The demonstration built by its own commands, then served by the web process."""
    var, port = tmp_path_factory.mktemp("site"), _free_port()
    environment = {
        **os.environ,
        "JALONS_VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var / 'jalons.sqlite3'}",
        "JALONS_DEMO": "1",
        "PORT": str(port),
    }
    manage = [sys.executable, "manage.py"]
    for command in PREPARATION:
        subprocess.run([*manage, *command], cwd=ROOT, env=environment, check=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "config.asgi:application"]
        + ["--port", str(port), "--log-level", "warning"],
        cwd=ROOT,
        env=environment,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(url, process)
        yield Site(url, var)
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="session")
def base_url(site):
    return site.url


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
