"""Loading official files into an empty database: seconds, memory, rows a second.

Each file is loaded once in a process of its own, into a database copied from the one of
`make setup`. Files are those of JALONS_DATA_DIR, under any name; a source without file
is said not to be measured. The second load of the same file must change nothing.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.driver import Line, show, write

NAME = "loading"
DATABASE = Path("var/jalons.sqlite3")
# Source, vintage to be told, goal in seconds for the whole process.
FILES = (
    ("density_grid", "2022", 10),
    ("filosofi", "2021", 10),
    ("arcep_fixed", "", 10),
    ("france_services", "2024", 10),
)
MEGABYTES = 300
# Columns of the tidy copy, and those of INSEE.
INCOMES = {
    "code_insee": "CODGEO",
    "nb_personnes_menages_fiscaux_2021": "NBPERSMENFISC21",
    "niveau_vie_median_2021": "MED21",
    "taux_pauvrete_2021": "TP6021",
}


def main(*, quick: bool, full: bool) -> None:
    lines = []
    for source, vintage, seconds in FILES:
        measured = _measure(source, vintage)
        if measured is None:
            lines.append(_line(f"{source}: no file", "s", None, seconds))
            continue
        rows = f"{source}, {measured['rows']:,} rows"
        lines += [
            _line(f"{rows}: whole process", "s", measured["seconds"], seconds),
            _line(f"{rows}: processor", "s", measured["cpu"], seconds),
            _line(f"{rows}: peak memory", "MB", measured["memory"], MEGABYTES),
            _line(f"{rows}: the same file again", "s", measured["again"], seconds),
        ]
    show(lines)
    write(NAME, lines, [])


def _measure(source: str, vintage: str) -> dict[str, float] | None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "jalons.sqlite3"
        shutil.copyfile(DATABASE, copy)
        runs = [_run(source, vintage, copy) for _ in range(2)]
    if None in runs:
        return None
    first, again = runs
    if again["state"] != "unchanged":
        raise SystemExit(f"{source}: the same file again changed something")
    return first | {"again": again["seconds"]}


def _run(source: str, vintage: str, database: Path) -> dict | None:
    command = [sys.executable, "-m", "benchmarks.loading", source, vintage]
    began = time.monotonic()
    done = subprocess.run(
        command,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    if not done.stdout.strip():
        return None
    return json.loads(done.stdout) | {"seconds": time.monotonic() - began}


def _child(source: str, vintage: str) -> None:
    import resource

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from jalons.indicators.fetching import found_files
    from jalons.indicators.loading import load
    from jalons.indicators.orders import Order

    found_here = [(one.name, one.read_bytes()) for one in found_files(source)[:1]]
    for name, content in found_here or _renamed(source):
        report = load(Order(source, name, vintage), io.BytesIO(content), by=None)
        usage = resource.getrusage(resource.RUSAGE_SELF)
        table = report.tables[0]
        found = {
            "rows": table.rows,
            "state": table.state,
            "cpu": usage.ru_utime + usage.ru_stime,
            "memory": usage.ru_maxrss / 1024,
        }
        print(json.dumps(found))


def _renamed(source: str) -> list[tuple[str, bytes]]:
    """A tidy copy of the incomes under the producer's columns, when there is one."""
    path = Path(os.environ.get("JALONS_DATA_DIR", "")) / "filosofi_2021_communes.csv"
    if source != "filosofi" or not path.is_file():
        return []
    with path.open(encoding="utf-8") as stream:
        rows = [
            ";".join(row[column] or "s" for column in INCOMES)
            for row in csv.DictReader(stream)
        ]
    return [(path.name, "\n".join([";".join(INCOMES.values()), *rows]).encode())]


def _line(goal: str, unit: str, value: float | None, target: float) -> Line:
    reached = None if value is None else value <= target
    return Line(goal, unit, value, None, None, None, target, reached)


if __name__ == "__main__":
    _child(sys.argv[1], sys.argv[2])
