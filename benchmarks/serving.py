"""A real installation started apart, its room prepared, and its ledger compared."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.phones import Tally

ROOT = Path(__file__).resolve().parents[1]
PREPARATION = (("migrate",), ("createcachetable",), ("collectstatic", "--no-input"))


@dataclass
class Room:
    """How to enter the workshop, and how people behave in it."""

    code: str
    stage: str
    steer: str
    activity: int
    session: str
    items: list[int]
    arriving: float = 1.0
    thinking: tuple[float, float] = (0.1, 0.5)
    minutes: float = 0.1


@dataclass
class Server:
    """`jalons serve` on its own files and port, until the end of the block."""

    var: Path
    database: str = ""
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        given = os.environ.get("DATABASE_URL", "")
        self.database = self.database or given or f"sqlite:///{self.var}/db.sqlite3"

    def __enter__(self) -> Server:
        if not (self.var / "db.sqlite3").exists():
            for words in PREPARATION:
                self.run("manage.py", *words, "--verbosity", "0")
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "JALONS_VAR_DIR": str(self.var),
            "DATABASE_URL": self.database,
            "PORT": str(self.port),
        }

    def run(self, *words: str) -> str:
        """What a Python command says, run beside the server on the same files."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def start(self) -> None:
        command = [sys.executable, "manage.py", "serve"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL
        )
        for _attempt in range(240):
            with suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sante/").close()
                return
            time.sleep(0.25)
        raise RuntimeError("the server did not start")

    def make_room(self, items: int) -> Room:
        return Room(**json.loads(self.run("-m", "benchmarks.room", "make", str(items))))

    def compare(self, room: Room, tally: Tally) -> tuple[list[str], list[str]]:
        """What the ledger holds amiss, and the key of each ballot in its order."""
        rows: list[Any] = json.loads(self.run("-m", "benchmarks.room", "ledger"))
        kept = {key: (item, marks) for key, _who, item, marks, _counts in rows}
        counted = Counter((who, item) for _key, who, item, _m, counts in rows if counts)
        faults = [f"doubled {key}" for key, times in counted.items() if times > 1]
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
        return faults, [row[0] for row in rows]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
