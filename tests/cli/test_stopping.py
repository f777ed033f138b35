"""How `jalons serve` ends what it started."""

from __future__ import annotations

import os
import signal
import sys

from jalons.cli import copies
from jalons.cli.management.commands import serve


def told_to_stop() -> None:
    """Tells whoever started it the same, again."""

    def stop(*_given: object) -> None:
        os.kill(os.getppid(), signal.SIGTERM)
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    os.write(ready, b".")
    signal.pause()


said, ready = os.pipe()


def test_told_to_stop_again_while_it_stops_it_waits_for_its_processes_all_the_same():
    before = signal.signal(signal.SIGTERM, serve._stop)
    web = copies.Copy("jalons web", told_to_stop)
    try:
        web.start()
        os.read(said, 1)
        copies.end([web])
    finally:
        signal.signal(signal.SIGTERM, before)

    assert web.process is not None
    assert web.process.exitcode == 0
