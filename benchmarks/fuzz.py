"""Ten minutes of hostile input through every door: files, commands, public forms.

Each door has its share of the time; what it was given is in `var/bench/fuzz.json`. An
error that nobody handles fails, with the input made small: mend, and keep it in
`tests/fuzz/corpus` as `found-…`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.driver import FOLDER
from tests.fuzz.doors import COMMANDS, FILES

TEN_MINUTES = 600
PUBLIC_FORMS = 35
"""About as many, which only the table of access counts."""


def main(*, quick: bool, full: bool) -> None:
    doors = sum(len(found) for found in FILES.values()) + len(COMMANDS) + PUBLIC_FORMS
    seconds = (60 if quick else TEN_MINUTES) / doors * (3 if full else 1)
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "report.jsonl"
        told = {"JALONS_FUZZ_SECONDS": str(seconds), "JALONS_FUZZ_REPORT": str(kept)}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--tb=short", "tests/fuzz"],
            env=os.environ | told,
            check=False,
        )
        tried = [json.loads(line) for line in kept.read_text().splitlines()]
    report = {
        "targets": len(tried),
        "cases": sum(one["cases"] for one in tried),
        "seconds": round(sum(one["seconds"] for one in tried)),
        "unhandled_errors": sum(one["errors"] for one in tried),
        "doors": tried,
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "fuzz.json").write_text(json.dumps(report, indent=1))
    print({name: value for name, value in report.items() if name != "doors"})
    if done.returncode or report["unhandled_errors"]:
        raise SystemExit("something given from outside was not handled")
