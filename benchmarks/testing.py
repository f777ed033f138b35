"""Runs tests of the suite for longer than it does, and reads what they report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SUITE = Path(".venv/bin/python")
"""The environment of the suite; that of the benchmarks has no pytest."""
ALONE = (None, None, None)
"""Of a line that is beside no peer."""


def vendor() -> str:
    """The database on which the tests run."""
    is_asked = os.environ.get("DATABASE_URL", "").startswith("postgres")
    return "postgresql" if is_asked else "sqlite"


def run_tests(
    path: str, options: dict[str, str], report: str
) -> tuple[list[dict[str, Any]], bool]:
    """The lines that the tests wrote where `report` tells them, and if all passed."""
    python = str(SUITE) if SUITE.exists() else sys.executable
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "report.jsonl"
        kept.touch()
        done = subprocess.run(
            [python, "-m", "pytest", "-q", "--tb=short", path],
            env=os.environ | options | {report: str(kept)},
            check=False,
        )
        lines = [json.loads(line) for line in kept.read_text().splitlines()]
    return lines, done.returncode == 0
