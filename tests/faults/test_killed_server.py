"""A server killed in the middle of submissions loses none that it acknowledged."""

from __future__ import annotations

import http.client
import http.cookiejar
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
RESPONDENTS = 6
ENOUGH = 20
PROFILE = "digital_adviser"


class Server:
    """The web process on a free port of the loopback, with its own SQLite file."""

    def __init__(self, var: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.database = var / "jalons.sqlite3"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "JALONS_VAR_DIR": str(var),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "JALONS_DEBUG": "1",
        }
        self.command = [sys.executable, "-m", "uvicorn", "config.asgi:application"]
        self.command += ["--port", str(port), "--log-level", "critical"]

    def build(self, migrated: Path) -> None:
        shutil.copy(migrated, self.database)
        line = [sys.executable, "-m", "tests.faults.world"]
        subprocess.run(line, cwd=ROOT, env=self.environment, check=True)

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.environment)
        for _attempt in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/sante/", timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def rows(self, query: str) -> list[tuple]:
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()


@pytest.fixture
def server(tmp_path, migrated):
    server = Server(tmp_path)
    server.build(migrated)
    server.start()
    yield server
    if server.process.poll() is None:
        server.kill()


class Respondent:
    """A browser without JavaScript: cookies, forms, redirections."""

    def __init__(self, server: Server, territory: str) -> None:
        self.base, self.territory = f"{server.url}/repondre/enquete/", territory
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def get(self, url: str) -> str:
        with self.opener.open(url, timeout=10) as answer:
            answer.read()
            return answer.url

    def post(self, url: str, **fields: str) -> str:
        token = next(c.value for c in self.cookies if c.name == "csrftoken")
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token})
        with self.opener.open(url, body.encode(), timeout=10) as answer:
            answer.read()
            return answer.url

    def answer(self, key: uuid.UUID) -> bool:
        """Answer the least that can be sent; True once the thanks are on screen."""
        self.get(self.base)
        step = self.post(f"{self.base}commencer/", key=str(key), is_easy="False")
        mine = "/".join(step.split("/")[:6])
        self.post(f"{mine}/respondent/", territory=self.territory, profile=PROFILE)
        return self.post(f"{mine}/relire/").endswith("/merci/")


def _answer_until_it_dies(server, territory, acknowledged) -> None:
    respondent = Respondent(server, territory)
    try:
        while True:
            key = uuid.uuid4()
            if respondent.answer(key):
                acknowledged.append(key.hex)
    except (OSError, urllib.error.URLError, http.client.HTTPException):
        return


def test_a_killed_server_loses_no_acknowledged_answer(server):
    (territory,) = server.rows("SELECT territory_id FROM surveys_campaign_territories")[
        0
    ]
    acknowledged: list[str] = []
    threads = [
        threading.Thread(
            target=_answer_until_it_dies, args=(server, territory, acknowledged)
        )
        for _number in range(RESPONDENTS)
    ]
    for thread in threads:
        thread.start()
    while len(acknowledged) < ENOUGH and any(t.is_alive() for t in threads):
        time.sleep(0.01)

    server.kill()
    for thread in threads:
        thread.join()
    server.start()

    kept = server.rows(
        "SELECT key, COUNT(*) FROM surveys_response"
        " WHERE submitted_at IS NOT NULL GROUP BY key"
    )
    assert len(acknowledged) >= ENOUGH
    assert set(acknowledged) <= {key for key, _count in kept}
    assert all(count == 1 for _key, count in kept)


def test_one_answer_sent_by_many_tabs_at_once_is_one_row(server):
    (territory,) = server.rows("SELECT territory_id FROM surveys_campaign_territories")[
        0
    ]
    key, thanked = uuid.uuid4(), []
    threads = [
        threading.Thread(
            target=lambda: thanked.append(Respondent(server, territory).answer(key))
        )
        for _tab in range(RESPONDENTS)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert thanked == [True] * RESPONDENTS
    assert server.rows("SELECT COUNT(*) FROM surveys_response") == [(1,)]
