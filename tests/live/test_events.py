from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from jalons.live import access, stream, tails, waking
from jalons.live import operations as live
from jalons.live.access import Listener
from jalons.live.models import Event
from jalons.live.reading import MOST_AT_ONCE, catch_up

STAGE = Listener("salle", "stage")


@pytest.mark.django_db
def test_events_follow_one_another_and_one_undone_leaves_no_gap():
    first = live.tell("salle", "phase", to=("stage",))
    with transaction.atomic():
        live.tell("salle", "vote", to=("stage",))
        transaction.set_rollback(True)
    second = live.tell("salle", "phase", to=("stage",))
    elsewhere = live.tell("autre", "phase", to=("stage",))

    assert (1, 2, 1) == (first, second, elsewhere)
    assert [1, 2] == [one.number for one in catch_up("salle", 0).events]
    assert 2 == live.last_number("salle")


@pytest.mark.django_db
def test_each_audience_is_told_what_is_for_it_and_a_forged_word_nothing(client):
    live.tell("salle", "phase", to=("pocket", "stage"))
    live.tell("salle", "vote", to=("stage",), payload={"activity": 4})
    address = reverse("live:since", args=[access.secret_for("salle", "pocket")])
    on_stage = reverse("live:since", args=[access.secret_for("salle", "stage")])

    told = client.get(address).json()

    assert ["phase"] == [one["kind"] for one in told["events"]]
    # Told nothing of the vote, this reader still knows where the channel is.
    assert 2 == told["number"]
    after = client.get(on_stage, {"apres": 1}).json()
    assert [{"number": 2, "kind": "vote", "activity": 4}] == after["events"]
    assert 404 == client.get(address[:-8] + "/suite/").status_code
    assert 404 == client.get(reverse("live:stream", args=["forge"])).status_code
    # A server that cannot push says so, and the page asks instead.
    pushed = client.get(reverse("live:stream", args=[access.secret_for("a", "stage")]))
    assert 204 == pushed.status_code


@pytest.mark.django_db
def test_old_events_are_erased_and_who_is_too_far_takes_the_whole_state_again():
    live.tell("salle", "phase", to=("stage",))
    channel = Event.objects.get().channel
    twice = 2 * live.KEPT_EVENTS
    Event.objects.bulk_create(
        Event(channel=channel, number=n, kind="vote", audiences=" stage ")
        for n in range(2, twice)
    )
    channel.last_number = twice - 1
    channel.save()

    live.tell("salle", "vote", to=("stage",))

    numbers = channel.events.order_by("number").values_list("number", flat=True)
    assert list(range(live.KEPT_EVENTS + 1, twice + 1)) == list(numbers)
    assert catch_up("salle", 0).must_reload
    assert catch_up("salle", twice - MOST_AT_ONCE - 1).must_reload
    assert catch_up("salle", twice + 1).must_reload
    assert MOST_AT_ONCE == len(catch_up("salle", twice - MOST_AT_ONCE).events)
    assert not catch_up("salle", twice).must_reload


def read(line: bytes) -> tuple[int, str] | None:
    """The number and kind of a line of the stream; None for anything else."""
    if not line.startswith(b"id: "):
        return None
    number, _event, data = line.decode().strip().split("\n")
    return int(number.removeprefix("id: ")), json.loads(data[6:]).get("kind", "reload")


def tell_when_free(kind: str, *to: str) -> int:
    """The memory that tests share refuses a write during a reading; a file waits."""
    for _again in range(10_000):
        with suppress(OperationalError), transaction.atomic():
            return live.tell("salle", kind, to=to)
    raise AssertionError("the channel is never free")


async def heard(listener: Listener, after: int, count: int, then=None) -> list:
    """The first events of a stream; `then` is done once it is open."""
    found: list[object] = []
    async with asyncio.timeout(20):
        async for line in stream.follow(listener, after):
            if line.startswith(b":") and then:
                await asyncio.to_thread(then)
                then = None
            if told := read(line):
                found.append(told)
            if len(found) == count:
                return found
    return found


@pytest.mark.django_db(transaction=True)
def test_a_stream_tells_what_was_missed_then_what_happens(monkeypatch):
    monkeypatch.setattr(stream, "HEARTBEAT", 0.1)
    for _time in range(3):
        live.tell("salle", "vote", to=("stage",))

    def later() -> None:
        tell_when_free("secret", "team")
        tell_when_free("phase", "stage", "team")
        connection.close()  # that of this thread

    async def listen() -> list[list]:
        return await asyncio.gather(
            heard(STAGE, 1, 3, later), heard(STAGE, 3, 1), heard(STAGE, 99, 2)
        )

    resumed, present, restored = asyncio.run(listen())

    assert [(2, "vote"), (3, "vote"), (5, "phase")] == resumed
    assert [(5, "phase")] == present
    assert [(3, "reload"), (5, "phase")] == restored


@pytest.mark.django_db(transaction=True)
def test_what_is_for_the_projector_wakes_no_telephone_and_memory_goes_back_so_far(
    monkeypatch,
):
    monkeypatch.setattr(tails, "KEPT", 2)
    monkeypatch.setattr(waking, "_sleepers", {})
    live.tell("salle", "opened", to=("stage", "pocket"))

    def tell(*kinds: str) -> None:
        for kind in kinds:
            to = ("stage",) if kind == "vote" else ("stage", "pocket")
            tell_when_free(kind, *to)
        connection.close()

    async def until(ear: tails.Ear, number: int) -> None:
        async with asyncio.timeout(20), ear.moved:
            await ear.moved.wait_for(lambda: ear.last == number)

    async def look() -> list[object]:
        async with (
            tails.watching("salle", "pocket", 1) as pocket,
            tails.watching("salle", "stage", 1) as stage,
        ):
            await asyncio.to_thread(tell, "vote", "phase")
            await until(stage, 3)
            assert [3] == [one.number for one in pocket.after(1) or ()]
            await asyncio.to_thread(tell, "vote", "vote", "vote")
            await until(stage, 6)
            late = [one.number for one in stage.after(4) or ()]
            return [pocket.last, stage.after(1), late]

    assert [3, None, [5, 6]] == asyncio.run(look())
    assert {} == waking._sleepers


def test_a_watch_that_is_woken_as_it_is_stopped_stops(monkeypatch):
    """`wait_for` of Python 3.11 forgets a cancellation that meets its answer."""
    monkeypatch.setattr(tails, "read_apart", lambda channel, after: [])
    monkeypatch.setattr(tails, "GAP", 0)

    async def play() -> bool:
        tail = tails.Tail("salle", 0)
        watch = asyncio.create_task(tail.watch())
        while not tail.woken._waiters:
            await asyncio.sleep(0.01)
        tail.woken.set()
        watch.cancel()
        await asyncio.wait([watch], timeout=1)
        stopped = watch.cancelled()
        watch.cancel()
        return stopped

    assert asyncio.run(play())
