"""Answers and pages at once, for some minutes: how many, how slow, how much memory.

`jalons serve` on PostgreSQL, a web process for each core, with the territories and
figures that come with the project. Some people answer a survey again and again without
thinking, others read pages one after the other. `make bench only=load.site minutes=60`
says how long; twenty seconds with `--quick`. Nothing may be refused, lost or doubled.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from benchmarks import respondents
from benchmarks.cluster import Cluster
from benchmarks.driver import Line, keep, show
from benchmarks.phones import ANSWERED, Browser, Tally
from benchmarks.respondents import FORM, Sent, answer_together
from benchmarks.serving import Server

MINUTES, QUICK_MINUTES = 10.0, 1 / 3
RESPONDENTS, READERS = 8, 4
LOADED = ("load_reference", "load_figures", "load_indices")
PAGES = (
    "/",
    FORM,
    "/api/v1/territories?limit=100",
)
WITH_TERRITORIES = ("/territoires/200071934/", "/territoires/200071934/diagnostic/")
SAMPLES = 60


@dataclass(slots=True)
class Read:
    """What readers saw."""

    tally: Tally = field(default_factory=Tally)
    # Seconds by page.
    seconds: dict[str, list[float]] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)


async def read_until(
    port: int, pages: Sequence[str], read: Read, first: int, end: float
) -> None:
    """One reader, who begins at another page than the others."""
    browser, number = Browser(port, read.tally, {}), first
    while time.monotonic() < end:
        page = pages[number % len(pages)]
        number += 1
        began = time.monotonic()
        browser.place = f"198.18.{number % 256}.{first}"
        with suppress(OSError):
            if (await browser.ask(page)).status in ANSWERED:
                read.seconds.setdefault(page, []).append(time.monotonic() - began)
    browser.hang_up()


async def weigh_until(server: Server, read: Read, end: float, every: float) -> None:
    while time.monotonic() < end:
        read.memory.append(await asyncio.to_thread(server.memory))
        await asyncio.sleep(every)


async def _play(
    server: Server, territory: str, pages: Sequence[str], sent: Sent, seconds: float
) -> Read:
    read, end = Read(), time.monotonic() + seconds
    await asyncio.gather(
        answer_together(server.port, territory, sent, people=RESPONDENTS, end=end),
        weigh_until(server, read, end, seconds / SAMPLES),
        *(read_until(server.port, pages, read, first, end) for first in range(READERS)),
    )
    return read


@contextmanager
def opened(
    *, quick: bool, extra: Mapping[str, str] | None = None
) -> Iterator[tuple[Server, str, Sequence[str]]]:
    """A site at work on a PostgreSQL of its own: its survey’s territory, its pages.

    Without the territories and figures of the project when `quick`. A proxy is said to
    stand before it, so that readers come from several places: the limits count each.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        with Cluster(Path(folder) / "cluster") as cluster:
            var = Path(folder) / "var"
            var.mkdir()
            behind = {"JALONS_TRUSTED_PROXIES": "1", **(extra or {})}
            with Server(var, cluster.url, extra=behind) as server:
                if not quick:
                    for command in LOADED:
                        server.run("manage.py", command)
                territory = json.loads(server.run("-m", "benchmarks.world", "make"))
                pages = PAGES if quick else PAGES + WITH_TERRITORIES
                yield server, territory, _opened_once(server, pages)


def measure(minutes: float, *, quick: bool) -> dict[str, object]:
    with opened(quick=quick) as (server, territory, pages):
        sent, began = Sent(), time.monotonic()
        read = asyncio.run(_play(server, territory, pages, sent, minutes * 60))
        seconds = time.monotonic() - began
        rows = json.loads(server.run("-m", "benchmarks.world", "rows"))
    told = respondents.amiss(sent, [tuple(row) for row in rows])
    memory = {
        "memory_begin": median(read.memory[1:4]),
        "memory_end": median(read.memory[-3:]),
        "workers": os.cpu_count(),
    }
    return figures_of(sent, read, told, seconds) | memory


def _opened_once(server: Server, pages: Sequence[str]) -> Sequence[str]:
    """Each opens: a page that does not would be measured no more, and unsaid. The first
    reading of each is not counted."""

    async def ask() -> None:
        browser = Browser(server.port, Tally(), {})
        for page in pages:
            status = (await browser.ask(page)).status
            assert status == 200, f"{page} answers {status}"
        browser.hang_up()

    asyncio.run(ask())
    return pages


def figures_of(
    sent: Sent, read: Read, told: dict[str, int], seconds: float
) -> dict[str, object]:
    every = [one for page in read.seconds.values() for one in page]
    return {
        "minutes": seconds / 60,
        "answers": told,
        "answers_a_second": len(sent.acknowledged) / seconds,
        "answer_p95": quantiles(sent.seconds, n=20)[-1],
        "requests_a_second": (sent.tally.requests + read.tally.requests) / seconds,
        "pages_a_second": len(every) / seconds,
        "page_p95": quantiles(every, n=20)[-1],
        "pages_refused": len(read.tally.refused) + read.tally.lost,
        "pages": {
            page: {
                "n": len(found),
                "p50": median(found),
                "p95": quantiles(found, n=20)[-1],
            }
            for page, found in read.seconds.items()
        },
    }


def main(
    *, quick: bool = False, full: bool = False, minutes: float | None = None
) -> None:
    found = measure(minutes or (QUICK_MINUTES if quick else MINUTES), quick=quick)
    keep("load.site", found)
    answers: dict[str, int] = found["answers"]  # type: ignore[assignment]
    wrong = sum(answers[one] for one in ("lost", "doubled", "unknown", "refused"))
    wrong += int(str(found["pages_refused"]))
    names = ("answers_a_second", "answer_p95", "pages_a_second", "page_p95")
    names += ("memory_begin", "memory_end", "minutes")
    figures = [Line(name, "", float(str(found[name])), *[None] * 5) for name in names]
    goal = "answers lost, doubled, refused; pages refused"
    lines = [Line(goal, "", wrong, None, None, None, 0, wrong == 0), *figures]
    show(lines)
    assert wrong == 0
