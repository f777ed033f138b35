"""Ten minutes of hostile input through every door: files, commands, public forms.

Each door has its share of the time; what it was given is in `fuzz-doors.json` of
`var/bench`.
An error that nobody handles fails, with the input made small: mend, and keep it in
`tests/fuzz/corpus` as `found-…`. `DATABASE_URL` says on which database.
"""

from __future__ import annotations

import json

from benchmarks.driver import FOLDER, Line, show, write
from benchmarks.testing import ALONE, run_tests, vendor

TEN_MINUTES = 600
DOORS = 86
"""About as many share the time: `tests/fuzz/doors.py`, and each public form."""


def main(*, quick: bool, full: bool) -> None:
    seconds = (60 if quick else TEN_MINUTES) / DOORS * (3 if full else 1)
    told = {"JALONS_FUZZ_SECONDS": str(seconds)}
    tried, passed = run_tests("tests/fuzz", told, "JALONS_FUZZ_REPORT")
    errors = sum(one["errors"] for one in tried)
    inputs, spent = (sum(one[name] for one in tried) for name in ("cases", "seconds"))
    wanted = 60 if quick else TEN_MINUTES
    lines = [
        Line("doors given hostile input", "doors", len(tried), *ALONE, None, None),
        Line("hostile inputs given", "inputs", inputs, *ALONE, None, None),
        Line("time given", "s", round(spent), *ALONE, wanted, spent >= wanted),
        Line("errors that nobody handled", "errors", errors, *ALONE, 0, errors == 0),
    ]
    write(f"fuzz-{vendor()}", lines, [])
    (FOLDER / "fuzz-doors.json").write_text(json.dumps(tried, indent=1))
    show(lines)
    if errors or not passed:
        raise SystemExit("something given from outside was not handled")
