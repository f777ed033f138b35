"""A site under one fault while people answer a survey: what it lost, when it was back.

Each is served by `jalons serve`, two web processes and two task workers on PostgreSQL
(disk: SQLite, on a disk of 64 MB), behind a proxy of ours. After the fault
the table of answers is compared with what people were told.

* *web*, *worker*: one such process is killed at once (SIGKILL), several times;
* *database*: every process of PostgreSQL is killed at once, then it is started again;
* *disk*: what is left of the disk is filled, then given back;
* *clock*: the clock of the site jumps a day forward, then a day and an hour back
  (`clock.c`, compiled and preloaded; the database keeps its own);
* *slow*: the proxy waits 0.3 s a piece, each way, and breaks one connection in ten;
* *pool*: others take every connection of the database.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psycopg

from benchmarks import respondents
from benchmarks.cluster import Cluster, is_there
from benchmarks.driver import Line, keep, show
from benchmarks.proxy import Proxy
from benchmarks.respondents import Sent, answer_together
from benchmarks.serving import Server

PEOPLE, SECONDS, MAILS = 12, 30.0, 60
QUICK_PEOPLE, QUICK_SECONDS, QUICK_MAILS = 3, 8.0, 8
CLOCK = Path(__file__).parent / "clock.c"
HOUR = 3600
DISK = "64m"
AWAY_SECONDS = 2.0
CONNECTIONS = 60
WAIT_FOR_MAILS = 60.0


@dataclass
class Site:
    """What a fault is made upon."""

    server: Server
    proxy: Proxy
    cluster: Cluster | None
    folder: Path
    seconds: float


Spoil = Callable[[Site], Awaitable[float]]
"""Makes the fault; gives the moment at which it was over."""


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    spoil: Spoil
    environment: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fault: what was told and kept, and when the next was acknowledged."""

    fault: str
    seconds: float
    people: int
    recovery: float | None
    lost_on_the_way: int
    told: Mapping[str, int]
    mails: Mapping[str, int]

    @property
    def wrong(self) -> int:
        return sum(self.told[one] for one in ("lost", "doubled", "unknown", "refused"))


async def kill_web(site: Site) -> float:
    for _time in range(3):
        await asyncio.sleep(site.seconds / 6)
        site.server.kill_worker()
    return time.monotonic()


async def kill_task_worker(site: Site) -> float:
    for _time in range(3):
        await asyncio.sleep(site.seconds / 8)
        site.server.kill_task_worker()
    return time.monotonic()


async def kill_database(site: Site) -> float:
    assert site.cluster is not None
    await asyncio.sleep(site.seconds / 3)
    site.cluster.kill()
    await asyncio.sleep(AWAY_SECONDS)
    await asyncio.to_thread(site.cluster.start)
    return time.monotonic()


async def fill_disk(site: Site) -> float:
    """Written until nothing more fits, then taken away."""
    await asyncio.sleep(site.seconds / 4)
    ballast = site.folder / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    await asyncio.sleep(site.seconds / 4)
    ballast.unlink()
    return time.monotonic()


async def move_clock(site: Site) -> float:
    for offset in (24 * HOUR, -HOUR):
        await asyncio.sleep(site.seconds / 4)
        with (site.folder / "clock").open("r+b") as file:  # the same file, in place
            file.write(_said(offset))
    return time.monotonic()


async def slow_down(site: Site) -> float:
    """The proxy does it from the beginning to the end."""
    return time.monotonic()


async def take_connections(site: Site) -> float:
    """Every connection that the database has left, for some seconds."""
    assert site.cluster is not None
    await asyncio.sleep(site.seconds / 4)
    end = time.monotonic() + site.seconds / 4
    with ExitStack() as opened:
        while time.monotonic() < end:
            with suppress(psycopg.OperationalError):
                opened.enter_context(psycopg.connect(site.cluster.url))
                continue
            await asyncio.sleep(0.05)
    return time.monotonic()


FAULTS = {
    "web": Fault("web process killed, three times", kill_web),
    "worker": Fault("task worker killed, three times", kill_task_worker),
    "database": Fault("database killed, away for 2 s", kill_database),
    "disk": Fault("disk full", fill_disk),
    "clock": Fault("clock one day forward, then back", move_clock),
    "slow": Fault(
        "0.6 s there and back, one answer in ten cut", slow_down, {}, 0.3, 0.1
    ),
    "pool": Fault("every connection of the database taken", take_connections),
}


def can_be_made(name: str) -> bool:
    """Whether this machine has what the fault needs."""
    if name == "disk":
        return os.geteuid() == 0 and shutil.which("unshare") is not None
    return is_there() and (name != "clock" or bool(shutil.which("cc")))


@contextmanager
def opened(fault: str) -> Iterator[Site]:
    """A site at work, with its survey."""
    made = FAULTS[fault]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o711)
        cluster = None
        if fault == "disk":
            subprocess.run(
                ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(folder)],
                check=True,
            )
            stack.callback(subprocess.run, ["umount", "--lazy", str(folder)])
        else:
            own = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            own.chmod(0o711)
            settings = {"max_connections": str(CONNECTIONS)}
            cluster = stack.enter_context(Cluster(own / "cluster", settings=settings))
        extra = {"JALONS_WEB_WORKERS": "2" if cluster else "1"}
        extra |= {"JALONS_TASK_WORKERS": "2" if cluster else "1"}
        if fault == "clock":
            extra |= _moved(folder)
        database = cluster.url if cluster else ""
        server = Server(folder, database, extra=extra, is_bare=True)
        stack.enter_context(server)
        proxy = Proxy([server.port], delay=made.delay, cut=made.cut)
        stack.enter_context(proxy)
        yield Site(server, proxy, cluster, folder, SECONDS)


def _moved(folder: Path) -> dict[str, str]:
    """The clock of the site is what a file says; what counts seconds is not."""
    (folder / "clock").write_bytes(_said(0))
    library = folder / "clock.so"
    words = ["cc", "-O2", "-shared", "-fPIC", "-o", str(library), str(CLOCK)]
    subprocess.run(words, check=True)
    return {"LD_PRELOAD": str(library), "MOVED_CLOCK": str(folder / "clock")}


def _said(offset: int) -> bytes:
    return struct.pack("q", offset)


def suffer(name: str, *, people: int, seconds: float, mails: int) -> Outcome:
    """One site under one fault."""
    with opened(name) as site:
        site.seconds = seconds
        territory = json.loads(site.server.run("-m", "benchmarks.world", "make"))
        site.server.run("-m", "benchmarks.world", "mails", str(mails))
        sent = Sent()
        over = asyncio.run(_play(name, site, territory, sent, people))
        rows = json.loads(site.server.run("-m", "benchmarks.world", "rows"))
        told = respondents.amiss(sent, [tuple(row) for row in rows])
        after = [at - over for at in sent.acknowledged.values() if at > over]
        return Outcome(
            FAULTS[name].name,
            seconds,
            people,
            min(after, default=None),
            sent.tally.lost + sent.tally.away,
            told,
            _mailed(site.server),
        )


async def _play(
    name: str, site: Site, territory: str, sent: Sent, people: int
) -> float:
    end = time.monotonic() + site.seconds
    answering = asyncio.create_task(
        answer_together(site.proxy.port, territory, sent, people=people, end=end)
    )
    over = await FAULTS[name].spoil(site)
    await answering
    return over


def _mailed(server: Server) -> dict[str, int]:
    """How the mails stand, once the workers have had time to do what is left."""
    until = time.monotonic() + WAIT_FOR_MAILS
    while True:
        found: dict[str, int] = json.loads(
            server.run("-m", "benchmarks.world", "mailed")
        )
        if not found.get("queued") or time.monotonic() > until:
            return found
        time.sleep(1)


def suffer_apart(name: str, *, people: int, seconds: float, mails: int) -> Outcome:
    """The same; a small disk is mounted where no other process sees it."""
    if name != "disk":
        return suffer(name, people=people, seconds=seconds, mails=mails)
    words = [sys.executable, "-m", "benchmarks.faults.site", name]
    words += [str(people), str(seconds), str(mails)]
    done = subprocess.run(
        ["unshare", "--mount", *words], stdout=subprocess.PIPE, text=True, check=True
    )
    return Outcome(**json.loads(done.stdout.splitlines()[-1]))


def every(*, quick: bool) -> list[Outcome]:
    people = QUICK_PEOPLE if quick else PEOPLE
    seconds = QUICK_SECONDS if quick else SECONDS
    mails = QUICK_MAILS if quick else MAILS
    wanted = os.environ.get("JALONS_FAULTS", "").split() or FAULTS
    names = [name for name in wanted if can_be_made(name)]
    random.seed(7)
    found = []
    for name in names:
        one = suffer_apart(name, people=people, seconds=seconds, mails=mails)
        print(f"{name}: {one.told}, {one.mails}, back after {one.recovery}", flush=True)
        found.append(one)
    return found


def main(*, quick: bool = False, full: bool = False) -> None:
    found = every(quick=quick)
    keep("faults.site", [asdict(one) for one in found])
    lines = [line for one in found for line in _lines(one)]
    show(lines)
    assert all(line.reached is not False for line in lines)


def _lines(one: Outcome) -> list[Line]:
    wrong = f"{one.fault}: answers lost, doubled, refused"
    back = f"{one.fault}: back after"
    return [
        Line(wrong, "", one.wrong, None, None, None, 0, one.wrong == 0),
        Line(back, "s", one.recovery, *[None] * 5),
    ]


if __name__ == "__main__":
    name, *numbers = sys.argv[1:]
    found = suffer(
        name, people=int(numbers[0]), seconds=float(numbers[1]), mails=int(numbers[2])
    )
    print(json.dumps(asdict(found)))
