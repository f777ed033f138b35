"""The API asked thoroughly what its OpenAPI document allows, and what it does not.

Hundreds of requests an operation (Schemathesis, `tests/api/test_contract.py`); the
count is in `var/bench/api.json`.
"""

from __future__ import annotations

import json

from benchmarks.driver import FOLDER
from benchmarks.testing import run_tests


def main(*, quick: bool, full: bool) -> None:
    """`quick`: fewer requests; `full`: more."""
    cases = 20 if quick else 400 if full else 100
    told = {"JALONS_API_CASES": str(cases)}
    asked, passed = run_tests("tests/api/test_contract.py", told, "JALONS_API_REPORT")
    report = {
        "operations": len({one["operation"] for one in asked}),
        "cases": sum(one["cases"] for one in asked),
        "errors": sum(one["errors"] for one in asked),
        "asked": asked,
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "api.json").write_text(json.dumps(report, indent=1))
    print({name: value for name, value in report.items() if name != "asked"})
    if not passed or report["errors"]:
        raise SystemExit("an answer is not as the document says")
