"""The API asked thoroughly what its OpenAPI document allows, and what it does not.

Hundreds of requests an operation (Schemathesis, `tests/api/test_contract.py`); the
count is in `var/bench/api.json`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.driver import FOLDER


def main(*, quick: bool, full: bool) -> None:
    """`quick`: fewer requests; `full`: more."""
    cases = 20 if quick else 400 if full else 100
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "asked.jsonl"
        told = {"JALONS_API_CASES": str(cases), "JALONS_API_REPORT": str(kept)}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "tests/api/test_contract.py"],
            env=os.environ | told,
            check=False,
        )
        asked = [json.loads(line) for line in kept.read_text().splitlines()]
    report = {
        "operations": len({one["operation"] for one in asked}),
        "cases": sum(one["cases"] for one in asked),
        "errors": sum(one["errors"] for one in asked),
        "asked": asked,
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "api.json").write_text(json.dumps(report, indent=1))
    print({name: value for name, value in report.items() if name != "asked"})
    if done.returncode or report["errors"]:
        raise SystemExit("an answer is not as the document says")
