"""What the README tells a newcomer to type, typed in an empty folder.

The home directory is empty too: nothing that somebody's machine happens to hold helps.
Only what says where packages come from, and by which certificates, is kept.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = re.compile(r"PATH|LANG|(PIP|UV|SSL|HTTPS?|NO|REQUESTS|CURL)_\w+", re.IGNORECASE)
WAIT = 600


def typed() -> str:
    """The commands under *Try it*, with the address of this repository."""
    section = (ROOT / "README.md").read_text().split("## Try it")[1]
    block = re.search(r"```\n(.*?)```", section, re.DOTALL)
    assert block
    return block[1].replace("<this repository>", str(ROOT))


@contextmanager
def installed(folder: Path, port: int) -> Iterator[str]:
    """The address of the site that those commands start, stopped afterwards."""
    home = folder / "home"
    home.mkdir()
    kept = {name: said for name, said in os.environ.items() if KEPT.fullmatch(name)}
    with (folder / "said.txt").open("w+b") as said:
        typing = subprocess.Popen(
            ["bash", "-ec", typed()],
            cwd=folder,
            env=kept | {"HOME": str(home), "PORT": str(port)},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, typing, folder / "said.txt")
            yield url
        finally:
            os.killpg(typing.pid, signal.SIGTERM)
            typing.wait(timeout=30)


def _wait(url: str, typing: subprocess.Popen, said: Path) -> None:
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        if typing.poll() is not None:
            raise AssertionError(f"What was typed failed:\n{said.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{url}/sante/", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise AssertionError(f"No page after {WAIT} seconds:\n{said.read_text()[-3000:]}")
