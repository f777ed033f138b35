"""The answers of a survey given back as files: seconds, and memory over idle.

A real database is filled once with invented answers; each format is then written in a
process of its own, after one small export that warms it up. Memory is the peak of the
process during the export minus what it held before it. Equality first: every file must
hold as many answers as the database.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Literal

from benchmarks.driver import Line, show, write

NAME = "exports"
SIZE, QUICK_SIZE = 100_000, 10_000
MAX_SECONDS, MAX_MEGABYTES = 10.0, 50.0
FORMATS = ("csv", "csv-words", "json", "xlsx")
BATCH = 2_000


def main(*, quick: bool, full: bool) -> None:
    size = QUICK_SIZE if quick else SIZE
    with tempfile.TemporaryDirectory() as folder:
        _call(folder, "fill", str(size))
        lines = []
        for kind in FORMATS:
            found = json.loads(_call(folder, "export", kind))
            if found["rows"] != size:
                raise SystemExit(f"{kind}: {found['rows']} answers instead of {size}")
            lines += _goals(kind, size, found)
    show(lines)
    write(NAME, lines, [])


def _goals(kind: str, size: int, found: dict[str, float]) -> list[Line]:
    said = f"{size:,} answers as {kind}"
    seconds, memory = found["seconds"], found["memory"]
    return [
        _line(f"{said}, whole file", "s", seconds, MAX_SECONDS),
        _line(f"{said}, of which processor", "s", found["cpu"], MAX_SECONDS),
        _line(f"{said}, memory over idle", "MB", memory, MAX_MEGABYTES),
    ]


def _line(goal: str, unit: str, value: float, target: float) -> Line:
    return Line(goal, unit, value, None, None, None, target, value <= target)


def _call(folder: str, *arguments: str) -> str:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "JALONS_VAR_DIR": folder,
    }
    command = [sys.executable, "-m", "benchmarks.exports", *arguments]
    done = subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _fill(size: int) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from jalons.surveys.models import Response
    from tests.factories import make_campaign, make_territory

    call_command("migrate", verbosity=0)
    campaign = make_campaign(*(make_territory() for _ in range(154)))
    codes = list(campaign.territories.values_list("pk", flat=True))
    questions = campaign.version.read().questions
    now = timezone.now()
    for start in range(0, size, BATCH):
        Response.objects.bulk_create(
            Response(
                campaign=campaign,
                key=uuid.uuid4(),
                territory_id=codes[number % len(codes)],
                answers=_answers(questions, number),
                started_at=now,
                updated_at=now,
                submitted_at=now,
            )
            for number in range(start, min(start + BATCH, size))
        )


def _answers(questions, number: int) -> dict[str, object]:
    """Every question answered, in turn by each of its options."""
    found: dict[str, object] = {}
    for rank, question in enumerate(questions):
        codes = [option.code for option in question.options]
        if question.type == "single":
            found[question.code] = codes[(number + rank) % len(codes)]
        elif question.type == "multiple":
            found[question.code] = codes[: 1 + (number + rank) % 3]
        elif question.type == "number":
            found[question.code] = (number % 50) / 10
        elif question.type.endswith("_text") and not question.is_personal:
            found[question.code] = f"Propos inventé numéro {number}, avec des mots."
    return found


def _export(kind: str) -> None:
    from jalons.surveys.answer_files import csv_text, json_text, write_xlsx
    from jalons.surveys.models import Campaign
    from jalons.surveys.tables import export_of

    campaign = Campaign.objects.get()
    wording: Literal["words", "codes"] = "words" if "words" in kind else "codes"
    for block in csv_text(export_of(campaign, wording, "fr")):
        if block:
            break
    idle = _resident("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")
    began, worked = time.perf_counter(), time.process_time()
    export = export_of(campaign, wording, "fr")
    if kind == "xlsx":
        with tempfile.TemporaryDirectory() as folder:
            rows = write_xlsx(export, Path(folder) / "answers.xlsx")
    else:
        blocks = json_text(export) if kind == "json" else csv_text(export)
        # A line an answer, besides the header, or the two lines around the answers.
        rows = sum(block.count("\n") for block in blocks) - (2 if kind == "json" else 1)
    seconds = time.perf_counter() - began
    found = {
        "rows": rows,
        "seconds": seconds,
        "cpu": time.process_time() - worked,
        "memory": _resident("VmHWM") - idle,
    }
    print(json.dumps(found))


def _resident(name: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "fill":
        _fill(int(sys.argv[2]))
    else:
        _export(sys.argv[2])
