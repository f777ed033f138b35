"""The answers of a survey as files: CSV, XLSX, JSON, and what their columns mean."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from jalons.files.exports import SIMULATED, csv_blocks
from jalons.files.sheets import Sheet, write_workbook
from jalons.surveys import code_book
from jalons.surveys.tables import Export

LINES_IN_A_BLOCK = 200


def csv_text(export: Export) -> Iterator[str]:
    """A CSV file, in blocks; its code book is a file of its own."""
    return csv_blocks(
        export.header, export.rows(), is_simulated=export.campaign.is_simulated
    )


def json_text(export: Export) -> Iterator[str]:
    """One JSON object, an answer a line; `count` comes last, and only when whole."""
    campaign, language = export.campaign, export.language
    book = [
        dict(zip(code_book.header(), row, strict=True))
        for row in code_book.rows(campaign, language)
    ]
    head = {
        "survey": campaign.title,
        "address": campaign.slug,
        "notice": SIMULATED if campaign.is_simulated else "",
        "questionnaire": campaign.version.questionnaire.code,
        "version": campaign.version.number,
        "code_book": book,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "answers": [\n'
    names, written, lines = export.header, 0, []
    for row in export.rows():
        kept = {n: v for n, v in zip(names, row, strict=True) if v is not None}
        if campaign.is_simulated:
            kept = {"notice": SIMULATED, **kept}
        comma = "," if written else ""
        lines.append(comma + json.dumps(kept, ensure_ascii=False, default=_plain))
        written += 1
        if len(lines) >= LINES_IN_A_BLOCK:
            yield "\n".join(lines) + "\n"
            lines = []
    yield "\n".join([*lines, f'], "count": {written}}}']) + "\n"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def write_xlsx(export: Export, path: Path) -> int:
    """A workbook written row by row: the answers, then the code book."""
    campaign = export.campaign
    counts = write_workbook(
        path,
        [
            Sheet(_("Answers"), export.header, export.rows()),
            Sheet(
                _("Code book"),
                code_book.header(),
                code_book.rows(campaign, export.language),
            ),
        ],
        is_simulated=campaign.is_simulated,
    )
    return counts[0]
