"""Two people write in one workstream for five minutes: nothing acknowledged is lost.

On its own installation (SQLite, or PostgreSQL by DATABASE_URL). Printed: what was kept
and refused, and what the history holds otherwise than what was acknowledged; any such
fault stops the run with an error.
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from benchmarks.serving import Server
from benchmarks.writing import amiss, write_together

SECONDS, QUICK_SECONDS = 300.0, 20.0
PAUSE = 0.4
"""The longest that a writer thinks before they send."""


def main(*, quick: bool = False, full: bool = False) -> None:
    seconds = QUICK_SECONDS if quick else SECONDS
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server:
        desk = json.loads(server.run("-m", "benchmarks.desk", "make"))
        address = f"http://127.0.0.1:{server.port}{desk['address']}"
        start = time.perf_counter()
        ledgers = write_together(
            address, desk["sessions"], seconds=seconds, pause=PAUSE
        )
        found = json.loads(server.run("-m", "benchmarks.desk", "states"))
        states = {int(key): state for key, state in found["states"].items()}
        faults = amiss(ledgers, states, found["version"])
        print(f"seconds   {time.perf_counter() - start:.0f}")
        print(f"kept      {' + '.join(str(len(one.kept)) for one in ledgers)}")
        print(f"refused   {' + '.join(str(len(one.refused)) for one in ledgers)}")
        print(f"states    {len(states)}")
        print(f"faults    {len(faults)}")
    for fault in faults:
        print(fault)
    assert not faults
