"""The report of a load in words, the same for the terminal and the page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.indicators.reports import Report, TableReport

STATES = {
    "loaded": gettext_lazy("%(table)s: loaded, vintage %(vintage)s."),
    "checked": gettext_lazy("%(table)s: can be loaded, vintage %(vintage)s."),
    "unchanged": gettext_lazy("%(table)s: already loaded, nothing changed."),
    "refused": gettext_lazy("%(table)s: must be mended, nothing is loaded."),
}
SHOWN = 10


def _number(count: int) -> str:
    """Written with spaces between thousands."""
    return number_format(count, force_grouping=True)


def lines_of(report: Report) -> list[str]:
    """Every sentence of the report, in the order of reading."""
    return [line for table in report.tables for line in table_lines(table)]


def table_lines(table: TableReport) -> Iterator[str]:
    """What one table holds, what was done, what must be mended."""
    words = {"table": table.table, "vintage": table.vintage}
    yield str(STATES[table.state]) % words
    if table.rows:
        yield _rows(table)
    if table.figures:
        yield _figures(table)
    yield from _lost(table)
    yield from _quarters(table)
    yield from _codes(table)
    yield from table.remarks
    yield from (str(problem) for problem in table.problems)
    if table.problem_count > len(table.problems):
        left = table.problem_count - len(table.problems)
        text = ngettext(
            "… and %(n)s more row to mend.", "… and %(n)s more rows to mend.", left
        )
        yield text % {"n": _number(left)}


def _figures(table: TableReport) -> str:
    """How many figures, and why others lack; a reason without case is not told."""
    known, estimated, secret, missing = (
        table.figures.get(status, 0)
        for status in ("published", "imputed", "secret", "missing")
    )
    told = (
        (known, ngettext("%(n)s known figure", "%(n)s known figures", known)),
        (estimated, ngettext("%(n)s estimated", "%(n)s estimated", estimated)),
        (secret, ngettext("%(n)s secret", "%(n)s secret", secret)),
        (missing, ngettext("%(n)s missing", "%(n)s missing", missing)),
    )
    some = ", ".join(text % {"n": _number(count)} for count, text in told if count)
    text = ngettext(
        "%(n)s territory: %(some)s.", "%(n)s territories: %(some)s.", table.territories
    )
    return text % {"n": _number(table.territories), "some": some}


def _rows(table: TableReport) -> str:
    if not table.set_aside:
        text = ngettext("%(rows)s row read.", "%(rows)s rows read.", table.rows)
        return text % {"rows": _number(table.rows)}
    text = ngettext(
        "%(rows)s row read, %(aside)s of no concern here.",
        "%(rows)s rows read, %(aside)s of no concern here.",
        table.rows,
    )
    return text % {"rows": _number(table.rows), "aside": _number(table.set_aside)}


def _lost(table: TableReport) -> Iterator[str]:
    if table.lost_count:
        text = ngettext(
            "%(n)s value loaded until now for this year is not in this file, which "
            "takes its place: it disappears (%(some)s).",
            "%(n)s values loaded until now for this year are not in this file, which "
            "takes their place: they disappear (%(some)s).",
            table.lost_count,
        )
        some = ", ".join(table.lost[:SHOWN])
        more = "…" if len(table.lost) > SHOWN else ""
        yield text % {"n": _number(table.lost_count), "some": some + more}


def _quarters(table: TableReport) -> Iterator[str]:
    if table.quarters:
        text = ngettext(
            "%(n)s arrondissement of Paris, Lyon or Marseille counts in its commune.",
            "%(n)s arrondissements of Paris, Lyon and Marseille count in their "
            "commune.",
            table.quarters,
        )
        yield text % {"n": _number(table.quarters)}
    if table.quarters_left:
        text = ngettext(
            "%(n)s arrondissement of Paris, Lyon or Marseille is left out: the file "
            "gives its commune too.",
            "%(n)s arrondissements of Paris, Lyon and Marseille are left out: the file "
            "gives their commune too.",
            table.quarters_left,
        )
        yield text % {"n": _number(table.quarters_left)}


def _codes(table: TableReport) -> Iterator[str]:
    if table.merged_count:
        text = ngettext(
            "%(n)s code passed to the commune of today (%(some)s).",
            "%(n)s codes passed to the communes of today (%(some)s…).",
            table.merged_count,
        )
        some = ", ".join(f"{a} → {b}" for a, b in list(table.merged.items())[:3])
        yield text % {"n": _number(table.merged_count), "some": some}
    for code, parts in table.split.items():
        yield _("%(code)s was split: shared among %(parts)s.") % {
            "code": code,
            "parts": ", ".join(parts),
        }
    for code, parts in table.ambiguous.items():
        yield _("%(code)s is ambiguous in a file of that year: %(parts)s.") % {
            "code": code,
            "parts": ", ".join(parts),
        }
    if table.unknown_count:
        text = ngettext(
            "%(n)s code is that of no territory, and was left out: %(some)s.",
            "%(n)s codes are those of no territory, and were left out: %(some)s.",
            table.unknown_count,
        )
        some = ", ".join(code or _("(empty)") for code in table.unknown[:SHOWN])
        yield text % {"n": _number(table.unknown_count), "some": some}
