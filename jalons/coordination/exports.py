"""The register as tables: one line a contribution, then the totals by college."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from jalons.coordination.figures import Register, Total
from jalons.files.sheets import Sheet, write_workbook


def header() -> list[str]:
    return [
        _("actor"),
        _("college"),
        _("kind of contribution"),
        _("what exactly"),
        _("year"),
        _("state"),
        _("value, in euros"),
        _("days of work"),
        _("how you know it"),
        _("key workstream"),
    ]


def lines_of(found: Register) -> Iterator[list[object]]:
    for one in found.rows:
        yield [
            *(one.actor.name, one.actor.college_words, one.get_kind_display()),
            *(one.what, one.year, one.get_state_display()),
            *(one.value, one.days, one.source),
            one.workstream.title if one.workstream else "",
        ]


def workbook(found: Register) -> bytes:
    sheets = [
        Sheet(_("contributions"), header(), map(_numbers, lines_of(found))),
        Sheet(_("colleges"), totals_header(), map(_numbers, totals_of(found))),
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        write_workbook(path, sheets, is_simulated=found.is_simulated)
        return path.read_bytes()


def totals_header() -> list[str]:
    return [
        _("college"),
        _("actors"),
        _("given: how many"),
        _("given: value known, in euros"),
        _("given: without a value"),
        _("given: days known"),
        _("promised: how many"),
        _("promised: value known, in euros"),
        _("promised: without a value"),
        _("promised: days known"),
    ]


def totals_of(found: Register) -> Iterator[list[object]]:
    """Where nothing is known the cell is empty, never zero."""
    for one in found.colleges:
        yield [one.words, one.actors, *_cells(one.given), *_cells(one.promised)]


def _cells(total: Total) -> list[object]:
    return [total.count, total.value, total.unvalued, total.days]


def _numbers(line: list[object]) -> list[object]:
    """Amounts as numbers, which a spreadsheet adds up; a Decimal is written as text."""
    return [float(one) if isinstance(one, Decimal) else one for one in line]
