"""What is asked again is answered from memory: the same as the table says."""

from __future__ import annotations

import asyncio
import json

import pytest
from django.db import connection
from django.test import Client

from jalons.live import access, asking, tails, waking
from jalons.live import operations as live
from tests.live.test_events import tell_when_free

SECRET = ("salle", "pocket")


def scope(path: str, after: int, method: str = "GET", host: str = "127.0.0.1:8000"):
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": f"apres={after}".encode(),
        "headers": [(b"host", host.encode())],
    }


async def ask(asked: dict) -> dict | None:
    """What was answered; nothing when the view is to answer."""
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    if not await asking.answer(asked, send):
        assert [] == sent
        return None
    start, body = sent
    assert 200 == start["status"]
    assert (b"x-content-type-options", b"nosniff") in start["headers"]
    return json.loads(body["body"])


async def answered(address: str, number: int) -> dict:
    """What is told after 1, once this process knows all up to a number."""
    async with asyncio.timeout(20):
        while True:
            found = await ask(scope(address, 1))
            if found is not None and found["number"] >= number:
                return found
            await asyncio.wait(tails._stays, timeout=0.05)


@pytest.fixture
def address(monkeypatch):
    for name in ("_tails", "_asked"):
        monkeypatch.setattr(tails, name, {})
    monkeypatch.setattr(waking, "_sleepers", {})
    return f"/live/{access.secret_for(*SECRET)}/suite/"


@pytest.mark.django_db(transaction=True)
def test_who_asks_again_is_told_the_same_as_by_the_table_and_nothing_of_others(
    address,
):
    live.tell("salle", "opened", to=("pocket", "stage"))

    def happen() -> None:
        tell_when_free("vote", "stage")
        tell_when_free("phase", "pocket", "stage")
        tell_when_free("vote", "stage")
        connection.close()

    async def play() -> list[dict | None]:
        unknown = await ask(scope(address, 1))
        await answered(address, 1)
        await asyncio.to_thread(happen)
        found = await answered(address, 4)
        known = [found, await ask(scope(address, 4)), await ask(scope(address, 0))]
        return [unknown, *known, await ask(scope(address, 9))]

    unknown, since, nothing, first, ahead = asyncio.run(play())
    by_table = [
        json.loads(Client().get(address, {"apres": after}).content) for after in (1, 4)
    ]

    assert unknown is None
    assert by_table == [since, nothing]
    assert ["phase"] == [one["kind"] for one in since["events"]]
    assert [] == nothing["events"]
    # Before what is known, or after: of another process, or of a site restored.
    assert (None, None) == (first, ahead)


@pytest.mark.django_db(transaction=True)
def test_what_is_not_plainly_such_a_question_goes_to_the_view(address, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    live.tell("salle", "opened", to=("pocket",))

    async def play() -> list[dict | None]:
        await ask(scope(address, 0))
        await answered(address, 1)
        return [
            await ask(scope(address, 1)),
            await ask(scope(address, 1, method="HEAD")),
            await ask(scope(address, 1, host="ailleurs.example")),
            await ask(scope("/live/inconnu/suite/", 1)),
            await ask(scope(address.removesuffix("suite/"), 1)),
        ]

    told, *others = asyncio.run(play())

    assert {"number": 1, "reload": False, "events": []} == told
    assert [None] * 4 == others


@pytest.mark.django_db(transaction=True)
def test_what_is_known_is_not_told_once_the_table_can_no_longer_be_read(
    address, monkeypatch
):
    live.tell("salle", "opened", to=("pocket",))

    async def play() -> dict | None:
        await ask(scope(address, 0))
        await answered(address, 1)
        monkeypatch.setattr(tails, "TRUE_FOR", 0.0)
        return await ask(scope(address, 1))

    assert asyncio.run(play()) is None
