"""`jalons import-actors`: actors of a space, from a CSV, XLSX or ODS file."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.actors import loaders, operations
from jalons.actors.lines import Refused, guess_columns
from jalons.actors.loaders import FIELDS, Sorted
from jalons.files.commands import reading
from jalons.files.tables import Table, read_table
from jalons.spaces.commands import space_and_editor


class Command(BaseCommand):
    help = "Add the actors of a file to the table of a space."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--space", required=True, type=int, help="number of the space"
        )
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help=f"which column holds a field ({', '.join(FIELDS)})",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")
        parser.add_argument("--report", type=Path, help="write the JSON report here")

    def handle(self, *, file, space, by, column, dry_run, report, **options):
        known, user = space_and_editor(space, by)
        with reading(file):
            table = read_table(file, name=file.name)
            columns = self._columns(table, column)
            found = loaders.sort_out(known, table, columns, name=file.name)
        if not dry_run and found.actors:
            operations.import_actors(known, found.actors, by=user)
        told = _report(file.name, columns, found, dry_run)
        text = json.dumps(told, ensure_ascii=False, indent=2)
        if report:
            report.write_text(text, encoding="utf-8")
        if options["json"]:
            self.stdout.write(text)
        else:
            self._write_text(found, dry_run)

    def _columns(self, table: Table, given: list[str]) -> dict[str, str]:
        """Those proposed from their names, then those given."""
        said: dict[str, str] = {}
        for text in given:
            field, _equals, column = text.partition("=")
            if field not in FIELDS or column not in table.columns:
                message = _(
                    "“%(text)s” is not understood: write FIELD=COLUMN, with a field "
                    "among %(fields)s and a column among %(columns)s."
                )
                known = {"text": text, "fields": ", ".join(FIELDS)}
                known["columns"] = ", ".join(table.columns)
                raise CommandError(message % known)
            said[field] = column
        columns = guess_columns(table.columns, loaders.HEADINGS, said)
        if missing := loaders.missing_columns(columns):
            message = _("No column holds: %(fields)s. Say which one with --column.")
            raise CommandError(message % {"fields": ", ".join(missing)})
        return columns

    def _write_text(self, found: Sorted, dry_run: bool) -> None:
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        counts = _(
            "%(rows)d lines read: %(added)d to add, %(known)d known, %(left)d left."
        )
        told = {
            "rows": found.line_count,
            "added": len(found.actors),
            "known": len(found.known),
            "left": len(found.refused),
        }
        self.stdout.write(counts % told)
        for one in (*found.refused, *found.known):
            line = _("line %(line)d, %(value)s: %(reason)s")
            where = {"line": one.line, "value": one.value, "reason": one.reason}
            self.stdout.write(line % where)


def _report(
    name: str, columns: dict[str, str], found: Sorted, dry_run: bool
) -> dict[str, object]:
    return {
        "file": name,
        "dry_run": dry_run,
        "columns": columns,
        "unread_columns": found.unread_columns,
        "lines": found.line_count,
        "added": len(found.actors),
        "known": [_told(one) for one in found.known],
        "refused": [_told(one) for one in found.refused],
    }


def _told(one: Refused) -> dict[str, object]:
    return {
        "line": one.line,
        "field": one.field,
        "value": one.value,
        "reason": one.reason,
    }
