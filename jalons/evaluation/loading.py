"""A file of measures, whichever of the two shapes it has; what is wrong set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.evaluation import coop, loaders
from jalons.evaluation.loaders import Sorted
from jalons.evaluation.models import Evaluation
from jalons.files.exports import csv_blocks
from jalons.files.tables import Table, first_lines, read_table

LOOKED_AT = 30
"""Lines among which the head of an activity report is looked for."""


def read_file(
    evaluation: Evaluation, source: BinaryIO | File, *, name: str, today: date
) -> Sorted:
    """Measures one a line, or an activity report of La Coop. Raises UnreadableFile."""
    head = coop.header_line(first_lines(source, name=name, count=LOOKED_AT))
    table = read_table(source, name=name, header_line=head)
    with closing(table.rows):
        if head is not None:
            return coop.read_activities(evaluation, table, name=name, today=today)
        return loaders.read_measures(evaluation, table, name=name, today=today)


def read_lines(
    evaluation: Evaluation, lines: Sequence[Mapping[str, str]], *, today: date
) -> Sorted:
    """The same of lines that a program gives, by field, the first one numbered 1.

    Raises UnreadableFile.
    """
    columns = {one: one.replace("_", " ") for one in loaders.FIELDS}
    rows = (
        (number, {head: line.get(one, "") for one, head in columns.items()})
        for number, line in enumerate(lines, start=1)
    )
    table = Table(tuple(columns.values()), rows, "", "", ())
    return loaders.read_measures(evaluation, table, name="", today=today)


def set_aside(found: Sorted, evaluation: Evaluation) -> Path | None:
    """The lines refused, as CSV in the run-time folder; its path."""
    if not found.refused:
        return None
    folder = Path(settings.VAR_DIR) / "quarantine"
    folder.mkdir(parents=True, exist_ok=True)
    moment = timezone.now().strftime("%Y%m%d-%H%M%S")
    path = folder / f"measures-{evaluation.roadmap_id}-{moment}.csv"
    header = (_("line in the file"), _("column to correct"), _("value"), _("reason"))
    rows = ((one.line, one.field_words, one.value, one.reason) for one in found.refused)
    with path.open("w", encoding="utf-8", newline="") as written:
        path.chmod(0o600)
        written.writelines(csv_blocks(header, rows))
    return path


def report_of(
    name: str, found: Sorted, written: int | None, kept: Path | None
) -> dict[str, object]:
    """What a program reads of it; `written` is None when nothing was to be."""
    return {
        "file": name,
        "dry_run": written is None,
        "lines": found.line_count,
        "measures": len(found.measures),
        "written": written or 0,
        "unread_columns": found.unread_columns,
        "told": found.told,
        "quarantine": str(kept) if kept else None,
        "refused": [
            {
                "line": one.line,
                "field": one.field,
                "value": one.value,
                "reason": str(one.reason),
            }
            for one in found.refused
        ],
    }
