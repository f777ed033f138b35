"""Visitors at a fixed rate, for an hour: whether memory grows, whether anybody waits.

`make bench only=load.steady minutes=60 rate=15`: so many requests a second, a third of
them by people who answer a survey, the others by readers; ten mails are written every
minute. Each comes at their time whatever the site does meanwhile (an open loop), and a
page is counted from that time. The site is that of `load.site`, two processes of each
kind.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median, quantiles
from uuid import uuid4

from benchmarks import respondents
from benchmarks.driver import Line, keep, show
from benchmarks.load.site import Read, figures_of, opened
from benchmarks.phones import ANSWERED, Browser
from benchmarks.respondents import Respondent, Sent
from benchmarks.serving import Server

MINUTES, QUICK_MINUTES = 60.0, 1 / 2
RATE = 15.0
REQUESTS_OF_AN_ANSWER = 4
SHARE_OF_ANSWERS = 1 / 3
MAILS_A_MINUTE = 10
PROCESSES = {"JALONS_WEB_WORKERS": "2", "JALONS_TASK_WORKERS": "2"}
SHOWN = (0.0, 10.0, 30.0)
"""Minutes whose memory is kept, besides the last."""


@dataclass(slots=True)
class Played:
    sent: Sent = field(default_factory=Sent)
    read: Read = field(default_factory=Read)
    # Minutes since the beginning, and megabytes of each process.
    memory: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    late: list[float] = field(default_factory=list)


async def come(
    every: float, end: float, act: Callable[[float], Awaitable[None]], late: list[float]
) -> None:
    """Begin one visit at each of its moments, however many are under way."""
    begun = time.monotonic()
    async with asyncio.TaskGroup() as visits:
        for number in itertools.count():
            at = begun + number * every
            if at >= end:
                return
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            late.append(time.monotonic() - at)
            visits.create_task(act(at))


async def play(
    server: Server,
    territory: str,
    pages: Sequence[str],
    *,
    minutes: float,
    rate: float,
) -> Played:
    played, begun = Played(), time.monotonic()
    end = begun + minutes * 60
    turns = itertools.cycle(pages)

    async def answer(_at: float) -> None:
        one = Respondent(server.port, played.sent, territory)
        one.place = somewhere()
        await one.answer(str(uuid4()))
        one.hang_up()

    async def read(at: float) -> None:
        page, one = next(turns), Browser(server.port, played.read.tally, {})
        one.place = somewhere()
        with suppress(OSError):
            if (await one.ask(page)).status in ANSWERED:
                seconds = played.read.seconds.setdefault(page, [])
                seconds.append(time.monotonic() - at)
        one.hang_up()

    async def weigh() -> None:
        while time.monotonic() < end:
            minute = (time.monotonic() - begun) / 60
            played.memory.append((minute, await asyncio.to_thread(server.weights)))
            await asyncio.sleep(min(30.0, minutes * 60 / 20))

    async def write_mails() -> None:
        while time.monotonic() < end:
            words = ("-m", "benchmarks.world", "mails", str(MAILS_A_MINUTE))
            await asyncio.to_thread(server.run, *words)
            await asyncio.sleep(max(0.0, min(60.0, end - time.monotonic())))

    answers = rate * SHARE_OF_ANSWERS / REQUESTS_OF_AN_ANSWER
    await asyncio.gather(
        come(1 / answers, end, answer, played.late),
        come(1 / (rate * (1 - SHARE_OF_ANSWERS)), end, read, played.late),
        weigh(),
        write_mails(),
    )
    played.memory.append(((time.monotonic() - begun) / 60, server.weights()))
    return played


def somewhere() -> str:
    """An address of a visitor, none of anybody (RFC 2544)."""
    return ".".join(["198", "18", *(str(random.randrange(256)) for _two in "ab")])


def measure(minutes: float, rate: float, *, quick: bool) -> dict[str, object]:
    with opened(quick=quick, extra=PROCESSES) as (server, territory, pages):
        began = time.monotonic()
        played = asyncio.run(play(server, territory, pages, minutes=minutes, rate=rate))
        seconds = time.monotonic() - began
        rows = json.loads(server.run("-m", "benchmarks.world", "rows"))
        mails = json.loads(server.run("-m", "benchmarks.world", "mailed"))
    told = respondents.amiss(played.sent, [tuple(row) for row in rows])
    return {
        **figures_of(played.sent, played.read, told, seconds),
        "rate": rate,
        "late_p95": quantiles(played.late, n=20)[-1],
        "mails": mails,
        "memory": kept_of(played.memory),
        "grown": grown(played.memory),
    }


def kept_of(memory: Sequence[tuple[float, dict[str, float]]]) -> list[dict[str, float]]:
    """What was weighed nearest to each of the moments shown, and at the end."""
    moments = [at for at in SHOWN if at < memory[-1][0]]
    found = [min(memory, key=lambda one: abs(one[0] - at)) for at in moments]
    return [{"minute": minute, **held} for minute, held in [*found, memory[-1]]]


def grown(memory: Sequence[tuple[float, dict[str, float]]]) -> dict[str, float]:
    """Megabytes by which each process grew in the last half: last quarter, median,
    less the one before it."""
    quarter = max(1, len(memory) // 4)
    last, before = memory[-quarter:], memory[-2 * quarter : -quarter]
    names = memory[-1][1]
    return {
        name: median(held.get(name, 0.0) for _at, held in last)
        - median(held.get(name, 0.0) for _at, held in before)
        for name in names
    }


def main(
    *,
    quick: bool = False,
    full: bool = False,
    minutes: float | None = None,
    rate: float | None = None,
) -> None:
    lasts = minutes or (QUICK_MINUTES if quick else MINUTES)
    found = measure(lasts, rate or RATE, quick=quick)
    keep("load.steady", found)
    answers: dict[str, int] = found["answers"]  # type: ignore[assignment]
    wrong = sum(answers[one] for one in ("lost", "doubled", "unknown", "refused"))
    wrong += int(str(found["pages_refused"]))
    goal = "answers lost, doubled, refused; pages refused"
    lines = [Line(goal, "", wrong, None, None, None, 0, wrong == 0)]
    for name in ("answer_p95", "page_p95", "requests_a_second", "late_p95"):
        lines.append(Line(name, "", float(str(found[name])), *[None] * 5))
    show(lines)
    print(json.dumps({name: found[name] for name in ("memory", "grown", "mails")}))
    assert wrong == 0
