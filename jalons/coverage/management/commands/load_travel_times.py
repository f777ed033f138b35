"""`jalons load-travel-times FILE`: minutes between communes, CSV or workbook."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.coverage import operations
from jalons.coverage.loaders import Report, read_times
from jalons.coverage.operations import Described
from jalons.files.commands import reading
from jalons.files.tables import read_table


class Command(BaseCommand):
    help = (
        "Load travel times between communes (commune_depart, commune_arrivee, minutes)."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--name", default="", help="that of the file if none")
        parser.add_argument("--source", default="", help="how they were computed")
        parser.add_argument("--vintage", required=True, help="year or month: 2026-05")
        parser.add_argument("--leave-refused", action="store_true", help="load others")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--report", choices=("text", "json"), default="text")

    def handle(self, *, file: Path, **options):
        with reading(file):
            report = read_times(read_table(file), name=file.name)
        loads = not options["dry_run"] and (
            options["leave_refused"] or not report.refused
        )
        self._say(report, options, loads)
        if loads:
            self._load(report, file, options)
        elif report.refused and not options["dry_run"]:
            message = _("Nothing is loaded: mend these rows, or add --leave-refused.")
            raise CommandError(message)

    def _load(self, report: Report, file: Path, options: dict) -> None:
        described = Described(
            options["name"] or file.stem,
            options["source"] or file.name,
            options["vintage"],
        )
        try:
            operations.load_times(described, report.times, space=None, by=None)
        except operations.NameTaken as error:
            message = _("A table is called “%(name)s” already: give another --name.")
            raise CommandError(message % {"name": error}) from error
        except operations.NoTime as error:
            raise CommandError(_("The file gives no time to keep.")) from error

    def _say(self, report: Report, options: dict, loads: bool) -> None:
        if options["report"] == "json":
            said = {"loaded": loads, **report.as_json()}
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
            return
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing is written."))
        counts = _(
            "Rows read: %(rows)d. Times kept: %(kept)d from %(origins)d communes; "
            "longer than two hours, left out: %(long)d; given twice: %(twice)d; "
            "refused: %(refused)d."
        )
        self.stdout.write(
            counts
            % {
                "rows": report.rows,
                "kept": len(report.times),
                "origins": report.origins,
                "long": report.too_long,
                "twice": report.doubled,
                "refused": len(report.refused),
            }
        )
        line = _("line %(line)d, %(column)s: %(reason)s")
        for one in report.refused:
            said = {"line": one.line, "column": one.column, "reason": one.reason}
            self.stdout.write(line % said)
