"""A thousand queues of interviews sent on a network that fails: none lost, none twice.

Two telephones (Chromium) run the application's own scripts against the real server,
through a network that loses requests and acknowledgements, doubles, cuts and delays
(`tests.browser.faults`). Printed: what was made, what the network did, what the server
holds. Any interview lost, doubled or altered stops the run with an error.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.browser import phones
from tests.browser.faults import Outcome, simulate

RUNS, QUICK_RUNS = 1000, 100
PREPARATION = (
    ("migrate", "--verbosity", "0"),
    ("createcachetable",),
    ("load_questionnaires",),
    ("collectstatic", "--no-input", "--verbosity", "0"),
)


def main(*, quick: bool = False, full: bool = False) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with tempfile.TemporaryDirectory() as folder:
        outcome, seconds = _measure(Path(folder), QUICK_RUNS if quick else RUNS)
    found = asdict(outcome) | {"seconds": round(seconds)}
    for name, value in found.items():
        print(f"{name:12} {value}")
    target = settings.VAR_DIR / "bench" / "field.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(found, indent=1))
    faulty = outcome.lost + outcome.doubled + outcome.altered + outcome.unsent
    assert 0 == faulty


def _measure(folder: Path, runs: int) -> tuple[Outcome, float]:
    server = phones.Server(folder)
    for command in PREPARATION:
        server.site.run("manage.py", *command)
    server.start()
    code = server.make_round()["Samira"]["code"]
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            pages = [browser.new_context(locale="fr-FR").new_page() for _ in range(2)]
            for page in pages:
                phones.join(page, server.url, code)
            start = time.perf_counter()
            outcome = simulate(server, [(page, code) for page in pages], runs // 2)
            return outcome, time.perf_counter() - start
    finally:
        server.kill()
