"""A real installation started apart, its room prepared, and its ledger compared."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.phones import Tally

ROOT = Path(__file__).resolve().parents[1]
SHOWN = re.compile(
    r'<tr><td class="n">(\d+)</td><th scope="row">[^<]*</th><td class="n">([\d–]+)</td>'
    r'<td class="n">([\d–]+)</td><td class="n">(\d+)</td>'
)
PREPARATION = (("migrate",), ("createcachetable",), ("collectstatic", "--no-input"))

STOPPING = 120.0
"""Seconds that a server may take to stop: on a busy machine, its processes do too."""


@dataclass
class Room:
    """How to enter the workshop, and how people behave in it."""

    code: str
    stage: str
    session: str
    items: list[int]
    arriving: float = 1.0
    thinking: tuple[float, float] = (0.1, 0.5)
    minutes: float = 0.1


@dataclass
class Server:
    """`jalons serve` on its own files and port, until the end of the block.

    `extra` is more environment for the server alone; a `bare` one has no style sheets.
    `root` is where its code lies.
    """

    var: Path
    database: str = ""
    port: int = field(default_factory=lambda: free_port())
    words: Sequence[str] = ("manage.py", "serve")
    process: subprocess.Popen[bytes] | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    is_bare: bool = False
    root: Path = ROOT

    def __post_init__(self) -> None:
        given = os.environ.get("DATABASE_URL", "")
        self.database = self.database or given or f"sqlite:///{self.var}/db.sqlite3"

    def __enter__(self) -> Server:
        if not (self.var / "db.sqlite3").exists():
            for words in PREPARATION[: 2 if self.is_bare else None]:
                self.run("manage.py", *words, "--verbosity", "0")
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=STOPPING)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "JALONS_VAR_DIR": str(self.var),
            "DATABASE_URL": self.database,
            "PORT": str(self.port),
            **({"JALONS_DEBUG": "1"} if self.is_bare else {}),
        }

    def run(self, *words: str) -> str:
        """What a Python command says, run beside the server on the same files."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.root,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def start(self) -> None:
        command = [sys.executable, *self.words]
        environment = {**self.environment, **self.extra}
        self.process = subprocess.Popen(
            command, cwd=self.root, env=environment, stdout=subprocess.DEVNULL
        )
        for _attempt in range(720):
            with suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sante/").close()
                return
            time.sleep(0.25)
        raise RuntimeError("the server did not start")

    def make_room(self, items: int) -> Room:
        return Room(**json.loads(self.run("-m", "benchmarks.room", "make", str(items))))

    def processor(self) -> float:
        """Seconds of processor that the web processes took since they started."""
        if self.process is None:  # they are started apart
            return 0.0
        ticks = sum(_ticks(pid) for pid in self._workers())
        return ticks / os.sysconf("SC_CLK_TCK")

    def kill_worker(self) -> None:
        """As a fault of the machine: nothing is finished, nothing is said."""
        os.kill(self._workers()[-1], signal.SIGKILL)

    def kill_task_worker(self) -> None:
        if found := self._started("jalons worker"):
            os.kill(random.choice(found), signal.SIGKILL)

    def memory(self) -> float:
        """Megabytes that the web processes hold, what they share counted once each."""
        return sum(_proportional(pid) for pid in self._workers()) / 1024

    def weights(self) -> dict[str, float]:
        """Megabytes resident in each process, by what it does."""
        assert self.process is not None
        web, tasks = self._workers(), self._started("jalons worker")
        named = [("what watches them", self.process.pid)]
        named += [(f"web {n}", pid) for n, pid in enumerate(web, start=1)]
        named += [(f"tasks {n}", pid) for n, pid in enumerate(tasks, start=1)]
        return {name: _resident(pid) / 1024 for name, pid in named}

    def kill_workers(self) -> None:
        """All of them, at once."""
        for web in self._workers():
            os.kill(web, signal.SIGKILL)

    def _workers(self) -> list[int]:
        """The processes that answer."""
        return self._started("jalons web")

    def _started(self, name: str) -> list[int]:
        """Those that `serve` started and that bear this name, in their order."""
        assert self.process is not None
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return sorted(int(one) for one in children if _name(one).startswith(name))

    def ledger(self) -> list[Any]:
        rows: list[Any] = json.loads(self.run("-m", "benchmarks.room", "ledger"))
        return rows


def amiss(room: Room, tally: Tally, rows: Sequence[Any], html: str) -> list[str]:
    """What the ledger holds otherwise than what was acknowledged, or than is shown.

    `html` is the page of the projector once all is over.
    """
    kept = {key: (item, marks) for key, _who, item, marks, _counts in rows}
    counted = Counter((who, item) for _key, who, item, _m, counts in rows if counts)
    faults = [f"counted {n} times" for n in counted.values() if n > 1]
    for key, (item, impact, mastery) in tally.acknowledged.items():
        marks = {"impact": impact, "mastery": mastery}
        if key not in kept:
            faults.append("acknowledged, not kept")
        elif kept[key] != (item, marks):
            faults.append("kept otherwise than sent")
    if len(kept) != len(rows) or set(kept) - set(tally.sent):
        faults.append("ballots that nobody sent")
    voted = {(who, item) for _key, who, item, *_rest in rows}
    faults += ["answered, not counted"] * len(voted - set(counted))
    if _added_up(room, rows) != SHOWN.findall(html):
        faults.append("the projector shows something else than the ledger")
    return faults


def _added_up(room: Room, rows: Sequence[Any]) -> list[tuple[str, str, str, str]]:
    """Number, points of impact and of mastery, voters: as the page has them."""
    found = []
    for number, item in enumerate(room.items, start=1):
        marks = [marks for _k, _w, pk, marks, counts in rows if pk == item and counts]
        points = [sum(one[axis] - 1 for one in marks) for axis in ("impact", "mastery")]
        told = [str(each) if marks else "–" for each in points]
        found.append((str(number), *told, str(len(marks))))
    return found  # type: ignore[return-value]


def _name(pid: str) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text()
    return ""


def _proportional(pid: int) -> int:
    """Kilobytes of a process, each shared page counted for its part."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0


def _resident(pid: int) -> int:
    """Kilobytes of a process that are in memory."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return 0


def _ticks(pid: int) -> int:
    """Those of the user and of the system; after the name, which may hold spaces."""
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(stat[11]) + int(stat[12])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
