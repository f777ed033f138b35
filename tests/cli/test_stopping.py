"""How `jalons serve` ends what it started."""

from __future__ import annotations

import signal
import subprocess
import sys

from jalons.cli.management.commands import serve

TELLS_AGAIN = """
import os, signal, sys
def stop(*_given):
    os.kill(os.getppid(), signal.SIGTERM)
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print("ready", flush=True)
signal.pause()
"""


def test_told_to_stop_again_while_it_stops_it_waits_for_its_processes_all_the_same():
    before = signal.signal(signal.SIGTERM, serve._stop)
    line = [sys.executable, "-c", TELLS_AGAIN]
    try:
        with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as web:
            assert web.stdout is not None
            web.stdout.readline()
            serve._end({"web": web})
    finally:
        signal.signal(signal.SIGTERM, before)

    assert web.returncode == 0
