"""Known faults of what the site stands on: which they are, and what mends them.

    python -m tests.house.audit [options of pip-audit]

A fault that is known refuses. A list that cannot be asked, or that does not know what
everybody has known for years, proves nothing: the last line says so, and nothing is
refused. Another list than the usual one is named by the variables of pip-audit,
`PIP_AUDIT_VULNERABILITY_SERVICE` and `PIP_AUDIT_OSV_URL`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "requirements/base.txt"
# Its faults have been published since 2014. It is asked about, never installed.
KNOWN_FAULTY = ("jinja2", "2.4.1")
SECONDS = "5"


def ask(options: Sequence[str]) -> tuple[list[dict], str]:
    """What the list says of each package; if nothing, why."""
    with TemporaryDirectory() as folder:
        faulty, told = Path(folder, "faulty.txt"), Path(folder, "told.json")
        faulty.write_text(f"{'=='.join(KNOWN_FAULTY)} --hash=sha256:{'0' * 64}\n")
        line = [Path(sys.executable).with_name("pip-audit"), "--timeout", SECONDS]
        line += ["--requirement", BASE, "--requirement", faulty, "--require-hashes"]
        line += ["--disable-pip", "--progress-spinner", "off"]
        line += ["--format", "json", "--output", told, *options]
        done = subprocess.run(line, stderr=subprocess.PIPE, text=True)
        if told.exists():
            return json.loads(told.read_text())["dependencies"], ""
        return [], done.stderr.strip().rpartition("\n")[2] or "no reason given"


def judge(packages: Sequence[dict]) -> tuple[list[str], str]:
    """What refuses, a line each; in a sentence, what the answer is worth."""
    name, version = KNOWN_FAULTY
    given = {one["name"]: one for one in packages}
    known = given.pop(name)
    if faults := [line for one in given.values() for line in _faults(one)]:
        return faults, f"refused: {len(faults)} known"
    if not known.get("vulns"):
        return [], f"not proven: the list asked does not know those of {name} {version}"
    if passed_over := [key for key, one in given.items() if "skip_reason" in one]:
        return [], f"not proven: the list asked has no {', '.join(passed_over)}"
    return [], f"none known: {len(given)} packages asked about"


def _faults(one: dict) -> Iterator[str]:
    for fault in one.get("vulns", ()):
        mended = " or ".join(fault["fix_versions"]) or "nothing yet"
        yield f"{one['name']} {one['version']}: {fault['id']}, mended by {mended}"


def main() -> None:
    packages, reason = ask(sys.argv[1:])
    if reason:
        print(f"not proven: the list of known faults could not be asked ({reason})")
        return
    faults, worth = judge(packages)
    print(*faults, worth, sep="\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
