"""A site killed in the middle of submissions loses none that it acknowledged.

Its one process on a file, or those of two machines at once.
"""

from __future__ import annotations

import http.client
import http.cookiejar
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

import pytest

pytestmark = pytest.mark.slow

RESPONDENTS = 6
ENOUGH = 20
PROFILE = "digital_adviser"


@pytest.fixture(scope="module")
def territory(deployment) -> str:
    """Where those who answer the survey live."""
    deployment.run("-m", "tests.faults.world")
    query = "SELECT territory_id FROM surveys_campaign_territories"
    ((found,),) = deployment.rows(query)
    return str(found)


class Respondent:
    """A browser without JavaScript: cookies, forms, redirections."""

    def __init__(self, port: int, territory: str) -> None:
        self.base = f"http://127.0.0.1:{port}/repondre/enquete/"
        self.territory = territory
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


def _answer_until_it_dies(port, territory, acknowledged) -> None:
    respondent = Respondent(port, territory)
    try:
        while True:
            key = uuid.uuid4()
            if respondent.answer(key):
                acknowledged.append(key.hex)
    except (OSError, urllib.error.URLError, http.client.HTTPException):
        return


def test_a_killed_server_loses_no_acknowledged_answer(deployment, territory):
    acknowledged: list[str] = []
    threads = [
        threading.Thread(
            target=_answer_until_it_dies,
            args=(deployment.port, territory, acknowledged),
        )
        for _number in range(RESPONDENTS)
    ]
    for thread in threads:
        thread.start()
    while len(acknowledged) < ENOUGH and any(t.is_alive() for t in threads):
        time.sleep(0.01)

    deployment.kill_web()
    for thread in threads:
        thread.join()
    deployment.start_web()

    kept = deployment.rows(
        "SELECT key, COUNT(*) FROM surveys_response"
        " WHERE submitted_at IS NOT NULL GROUP BY key"
    )
    assert len(acknowledged) >= ENOUGH
    assert set(acknowledged) <= {uuid.UUID(str(key)).hex for key, _count in kept}
    assert all(count == 1 for _key, count in kept)


def test_one_answer_sent_by_many_tabs_at_once_is_one_row(deployment, territory):
    key, thanked = uuid.uuid4(), []
    threads = [
        threading.Thread(
            target=lambda: thanked.append(
                Respondent(deployment.port, territory).answer(key)
            )
        )
        for _tab in range(RESPONDENTS)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    query = f"SELECT COUNT(*) FROM surveys_response WHERE key = '{key.hex}'"
    assert thanked == [True] * RESPONDENTS
    assert deployment.rows(query) == [(1,)]
