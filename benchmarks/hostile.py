"""Ten minutes of a stranger who puts our numbers anywhere, and of a passer-by.

The test draws addresses, verbs and bodies at random (`tests/house/test_hostile.py`): a
text of ours that is told, a row that is changed or an error fails. On SQLite, or on the
database of `DATABASE_URL`.
"""

from __future__ import annotations

from benchmarks.driver import Line, show, write
from benchmarks.testing import ALONE, run_tests, vendor

TEST = "tests/house/test_hostile.py::test_numbers_drawn_at_random_open_nothing"
VISITORS = 2


def main(*, quick: bool, full: bool) -> None:
    wanted = 60 if quick else 600
    told = {"JALONS_FUZZ_SECONDS": str(wanted / VISITORS)}
    tried, passed = run_tests(TEST, told, "JALONS_FUZZ_REPORT")
    asked, spent, given = (
        sum(one[name] for one in tried) for name in ("cases", "seconds", "errors")
    )
    lines = [
        Line("requests with numbers of another space", "", asked, *ALONE, None, None),
        Line("time given", "s", round(spent), *ALONE, wanted, spent >= wanted),
        Line("leaks, changes or errors", "", given, *ALONE, 0, given == 0),
    ]
    write(f"hostile-{vendor()}", lines, [])
    show(lines)
    if given or not passed:
        raise SystemExit("a stranger was given something of ours, or changed it")
