"""The site as it is installed and read: from a clone to its pages, its forms, its PDF.

* *make start*: a clone of this commit, until its first page; packages come from the
  caches of `pip` and `uv`, as on a machine that installed the project once;
* *restart*: `jalons serve` told to stop, then started, until its first page;
* *pages*: the demonstration with 10 000 answers more in its open survey of 154 EPCI,
  every page that its officer reaches by links, each read once, then timed;
* *forms*: people who answer a survey without thinking, on SQLite, then on PostgreSQL
  with a web process for each core: each answer is three forms, each kept on the disk
  before it is acknowledged, and one page read; then telephones of a workshop that vote
  without thinking, on SQLite. What was acknowledged is compared with what is kept, and
  what the web processes and the clients took of the two cores is said;
* *PDF*: the synthesis of the demonstration and portraits, twenty pages or more, figures
  read, composed and written each time.

The clients run on the same machine. With `--quick`, no clone: the demonstration of this
checkout in a folder of its own, fewer answers and shorter.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import django

from benchmarks import respondents
from benchmarks.cluster import Cluster, is_there
from benchmarks.driver import Line, show, write
from benchmarks.phones import Browser, Phone, Tally
from benchmarks.respondents import Sent, answer_together
from benchmarks.serving import ROOT, Room, Server, amiss, free_port

NAME = "web"
RESPONSES, QUICK_RESPONSES = 10_000, 500
READINGS, QUICK_READINGS = 7, 2
SECONDS, QUICK_SECONDS = 20.0, 4.0
FORMS_OF_ANSWER = 3
PEOPLE, TELEPHONES, ITEMS = 8, 16, 12
PDF_TIMES, QUICK_PDF_TIMES = 7, 2
# Goals of the project: milliseconds, forms a second, seconds.
PAGE_MS, FORMS, PDF_S, START_S, RESTART_S = 100, 300, 2, 180, 3
LOADED = (
    *("load_reference", "load_figures", "load_indices", "load_library"),
    *("load_questionnaires", "demo"),
)
DEMO = {"JALONS_DEMO": "1"}
SLOWEST = 8


def main(*, quick: bool, full: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        server, started = _installed(Path(folder), quick=quick)
        with _serving(server):
            again = _restarted(server)
            pages = _pages(server, quick=quick)
            report = _report(server, QUICK_PDF_TIMES if quick else PDF_TIMES)
    seconds = QUICK_SECONDS if quick else SECONDS
    forms, votes = _on_sqlite(_answered, seconds), _on_sqlite(_voted, seconds)
    elsewhere = _on_postgresql(seconds)
    wrong = sum(one.wrong for one in (forms, votes, elsewhere) if one is not None)
    lines = [
        _most("make start, fresh clone", "s", started, START_S),
        _most("restart", "s", again, RESTART_S),
        *pages,
        _least("durable submissions, SQLite", "/s", forms.rate, FORMS),
        _least("durable submissions, PostgreSQL", "/s", _rate(elsewhere), forms.rate),
        _least("durable votes of a workshop, SQLite", "/s", votes.rate, FORMS),
        _most("submissions lost, doubled or kept otherwise", "", wrong, 0),
        _most("PDF of 20 pages, warm", "s", report, PDF_S),
    ]
    show(lines)
    write(NAME, lines, [])


def _installed(folder: Path, *, quick: bool) -> tuple[Server, float | None]:
    """A demonstration to serve, and the seconds from its clone to its first page."""
    root, started = ROOT, None
    var = folder / "var"
    if not quick:
        root = folder / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(root)], check=True)
        var = root / "var"
        started = _make_start(root)
    database = f"sqlite:///{var}/jalons.sqlite3"
    server = Server(var, database, extra=DEMO, root=root)
    if quick:
        var.mkdir()
        os.environ |= DEMO
        for command in ("migrate", "createcachetable", *LOADED):
            server.run("manage.py", command, "--verbosity", "0")
        server.run("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        del os.environ["JALONS_DEMO"]
    return server, started


def _make_start(root: Path) -> float:
    """As a person who has just cloned: nothing of this environment is known."""
    port = free_port()
    known = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JALONS_", "DJANGO_", "DATABASE_", "VIRTUAL_ENV"))
    }
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "start"],
        cwd=root,
        env=known | {"PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(port):
            if process.poll() is not None:
                raise SystemExit("make start ended before its first page")
            time.sleep(0.1)
        return time.monotonic() - began
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _answers(port: int) -> bool:
    with suppress(OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
        return True
    return False


@contextmanager
def _serving(server: Server) -> Iterator[None]:
    """Without preparing it: its database is there."""
    server.start()
    try:
        yield
    finally:
        server.__exit__()


def _restarted(server: Server) -> float:
    began = time.monotonic()
    server.__exit__()
    server.start()
    while not _answers(server.port):
        time.sleep(0.05)
    return time.monotonic() - began


def _pages(server: Server, *, quick: bool) -> list[Line]:
    count = QUICK_RESPONSES if quick else RESPONSES
    told = server.run("-m", "benchmarks.demonstration", "fill", str(count))
    found = json.loads(told)
    readings = QUICK_READINGS if quick else READINGS
    times = asyncio.run(_read_all(server.port, found, readings))
    every = [one for each in times.values() for one in each]
    middles = {name: median(each) for name, each in times.items()}
    slowest = sorted(middles, key=middles.__getitem__)[-SLOWEST:]
    print(
        f"web: {len(times)} pages, {found['responses']:,} answers of "
        f"{found['territories']} territories; median {median(every):.0f} ms; slowest: "
        + ", ".join(f"{name} {middles[name]:.0f} ms" for name in reversed(slowest))
    )
    p95 = quantiles(every, n=20)[-1]
    over = sum(one > PAGE_MS for one in middles.values())
    return [
        _most(f"pages with {count:,} responses, p95", "ms", p95, PAGE_MS),
        _most(f"pages over {PAGE_MS} ms, half of the times", "", over, 0),
    ]


async def _read_all(
    port: int, found: dict[str, object], readings: int
) -> dict[str, list[float]]:
    """Milliseconds by name of page; the reading that found it is not counted."""
    from benchmarks.crawl import pages_from, read

    cookies = {"sessionid": str(found["session"])}
    browser = Browser(port, Tally(), cookies)
    starts = [f"/enquetes/{found['survey']}/", "/espaces/", "/"]
    pages = await pages_from(browser, starts)
    times = {name: await read(browser, path, readings) for name, path in pages.items()}
    browser.hang_up()
    return times


def _report(server: Server, times: int) -> float:
    told = server.run("-m", "benchmarks.demonstration", "pdf", str(times))
    found = json.loads(told)
    print(
        f"web: a PDF of {found['pages']} pages, {found['figures']} figures, "
        f"{found['kB']:.0f} kB"
    )
    return median(found["times"])


@dataclass(frozen=True, slots=True)
class Written:
    """What was acknowledged a second, and how much of it was not kept as said."""

    rate: float
    wrong: int


Measure = Callable[[Server, float], Written]


def _on_sqlite(measure: Measure, seconds: float) -> Written:
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder) / "var"
        var.mkdir()
        with Server(var, f"sqlite:///{var}/db.sqlite3") as server:
            return measure(server, seconds)


def _on_postgresql(seconds: float) -> Written | None:
    if not is_there():
        return None
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        with Cluster(Path(folder) / "cluster") as cluster:
            var = Path(folder) / "var"
            var.mkdir()
            with Server(var, cluster.url) as server:
                return _answered(server, seconds)


def _answered(server: Server, seconds: float) -> Written:
    territory = json.loads(server.run("-m", "benchmarks.world", "make"))
    sent, shares = Sent(), _Shares(server)
    end = shares.began + seconds
    asyncio.run(answer_together(server.port, territory, sent, people=PEOPLE, end=end))
    forms = FORMS_OF_ANSWER * len(sent.acknowledged)
    taken = shares.tell("forms", forms)
    rows = json.loads(server.run("-m", "benchmarks.world", "rows"))
    told = respondents.amiss(sent, [tuple(row) for row in rows])
    wrong = sum(told[name] for name in told if name != "acknowledged")
    return Written(forms / taken, wrong)


def _voted(server: Server, seconds: float) -> Written:
    room, tally = server.make_room(ITEMS), Tally()
    shares = _Shares(server)
    taken, html = asyncio.run(_vote(server.port, room, tally, seconds))
    shares.tell("votes", len(tally.acknowledged))
    wrong = amiss(room, tally, server.ledger(), html)
    wrong += [*tally.refused]
    for one in sorted(set(wrong)):
        print(f"web: votes: {one}")
    return Written(len(tally.acknowledged) / taken, len(wrong))


class _Shares:
    """What the web processes and the clients, this process, take of the processor."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.began, self.ours = time.monotonic(), time.process_time()
        self.theirs = server.processor()

    def tell(self, what: str, count: int) -> float:
        """Prints what each took; gives the seconds that passed."""
        taken = time.monotonic() - self.began
        told = {
            "web processes": self.server.processor() - self.theirs,
            "clients": time.process_time() - self.ours,
        }
        words = ", ".join(
            f"{who} {cpu / taken:.2f} core, {1000 * cpu / max(count, 1):.2f} ms each"
            for who, cpu in told.items()
        )
        print(f"web: {count:,} {what} in {taken:.1f} s: {words}")
        return taken


async def _vote(
    port: int, room: Room, tally: Tally, seconds: float
) -> tuple[float, str]:
    """Seconds that the voting took, and the projector's page once all is over."""
    phones = [Phone(port, tally, {}) for _one in range(TELEPHONES)]
    for number, phone in enumerate(phones):
        await phone.join(room.code, f"Voix {number}")
    began = time.monotonic()
    await asyncio.gather(
        *(_vote_until(phone, room.items, began + seconds) for phone in phones)
    )
    taken = time.monotonic() - began
    projector = Browser(port, tally, {"sessionid": room.session})
    html = (await projector.ask(room.stage)).text
    for browser in (*phones, projector):
        browser.hang_up()
    return taken, html


async def _vote_until(phone: Phone, items: Sequence[int], end: float) -> None:
    while time.monotonic() < end:
        grades = random.randint(1, 5), random.randint(1, 5)
        await phone.rate(random.choice(items), *grades)


def _most(goal: str, unit: str, value: float | None, target: float) -> Line:
    reached = None if value is None else value <= target
    return Line(goal, unit, value, None, None, None, target, reached)


def _least(goal: str, unit: str, value: float | None, target: float) -> Line:
    reached = None if value is None else value >= target
    return Line(goal, unit, value, None, None, None, target, reached)


def _rate(written: Written | None) -> float | None:
    return None if written is None else written.rate
