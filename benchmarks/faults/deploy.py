"""Half of a deploy: both versions on one database, while people answer.

The former version is the commit of `former.RELEASE`; the tables are those of this one.
A person goes from one version to the other at every request.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from benchmarks import respondents
from benchmarks.cluster import Cluster, is_there
from benchmarks.driver import Line, keep, show
from benchmarks.faults import former
from benchmarks.faults.site import Outcome
from benchmarks.proxy import Proxy
from benchmarks.respondents import Sent, answer_together
from benchmarks.serving import Server

PEOPLE, SECONDS = 8, 30.0
QUICK_PEOPLE, QUICK_SECONDS = 3, 8.0


def suffer(*, people: int, seconds: float) -> Outcome:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o711)
        cluster = stack.enter_context(Cluster(folder / "cluster"))
        for name in ("var", "code"):
            (folder / name).mkdir()
        former.unfold(folder / "code")
        one = {"JALONS_WEB_WORKERS": "1"}
        new = Server(folder / "var", cluster.url, extra=one, is_bare=True)
        stack.enter_context(new)
        old = Server(
            folder / "var",
            cluster.url,
            extra=one,
            is_bare=True,
            root=folder / "code",
        )
        old.start()
        stack.callback(old.__exit__)
        proxy = stack.enter_context(Proxy([new.port, old.port]))
        territory = json.loads(new.run("-m", "benchmarks.world", "make"))
        sent = Sent()
        end = time.monotonic() + seconds
        asyncio.run(
            answer_together(proxy.port, territory, sent, people=people, end=end)
        )
        rows = json.loads(new.run("-m", "benchmarks.world", "rows"))
        told = respondents.amiss(sent, [tuple(row) for row in rows])
        lost = sent.tally.lost + sent.tally.away
        name = f"half of a deploy ({former.RELEASE} and this version)"
        return Outcome(name, seconds, people, None, lost, told, {})


def main(*, quick: bool = False, full: bool = False) -> None:
    if not (is_there() and former.is_there()):
        print("deploy: PostgreSQL or the history is missing, nothing measured")
        return
    found = suffer(
        people=QUICK_PEOPLE if quick else PEOPLE,
        seconds=QUICK_SECONDS if quick else SECONDS,
    )
    keep("faults.deploy", [asdict(found)])
    goal = f"{found.fault}: answers lost, doubled, refused"
    show([Line(goal, "", found.wrong, None, None, None, 0, found.wrong == 0)])
    print(found.told)
    assert found.wrong == 0
