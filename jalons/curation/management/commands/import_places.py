"""`jalons import-places FILE`: a list of places, in the formats known or by mapping."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.curation.models import UNDO_DAYS, PlaceImport
from jalons.curation.operations import import_at_once
from jalons.directory.mapping import Format, known_formats, read_format
from jalons.directory.opening import open_places
from jalons.directory.operations import (
    ListOfOthers,
    MixedList,
    Order,
    Told,
    check_file,
)
from jalons.directory.quarantine import set_aside
from jalons.directory.records import Records
from jalons.directory.report import Report
from jalons.files.commands import reading
from jalons.indicators.problems import InvalidFile


class Command(BaseCommand):
    help = "Import places of digital mediation (CSV, XLSX, ODS or JSON)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--format", choices=sorted(known_formats()), help="told by the columns"
        )
        parser.add_argument("--mapping", type=Path, help="columns of any table (TOML)")
        parser.add_argument(
            "--services", type=Path, help="services of data·inclusion, beside FILE"
        )
        parser.add_argument("--list", default="", help="name; that of the file if none")
        parser.add_argument("--licence", default="", help="as the producer states it")
        parser.add_argument("--whole", action="store_true", help="others left the list")
        parser.add_argument("--make-ids", action="store_true", help="if there are none")
        parser.add_argument("--simulated", action="store_true", help="invented places")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--report", choices=("text", "json"), default="text")

    def handle(self, *, file: Path, **options):
        order = Order(
            name=options["list"] or file.stem,
            licence=options["licence"],
            is_simulated=options["simulated"],
            is_whole=options["whole"],
            makes_ids=options["make_ids"],
        )
        records, report, batch = self._imported(file, order, options)
        kept = None
        if report.refused and not options["dry_run"]:
            kept = set_aside(report.refused, records.columns, order.name)
        if options["report"] == "text":
            self._write_text(report, options["dry_run"], kept, records.remarks)
            if batch:
                message = _("To take it back within %(days)d days: %(command)s")
                command = f"jalons undo-places {batch.pk}"
                self.stdout.write(message % {"days": UNDO_DAYS, "command": command})
            return
        said = {
            "file": file.name,
            "list": order.name,
            "dry_run": options["dry_run"],
            **report.as_json(),
            "quarantine": str(kept) if kept else None,
            "import": batch and batch.pk,
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))

    def _imported(
        self, file: Path, order: Order, options: dict
    ) -> tuple[Records, Report, PlaceImport | None]:
        is_text = options["report"] == "text"
        progress = self._progress if is_text else lambda rows: None
        try:
            with reading(file):
                records = open_places(file, _format_of(options), options["services"])
                if options["dry_run"]:
                    told = Told(progress, lambda changes: None)
                    return records, check_file(records, order, told), None
                report, batch = import_at_once(
                    records, order, by=None, on_progress=progress
                )
        except InvalidFile as error:
            raise CommandError(str(error)) from error
        except MixedList as error:
            message = _(
                "The list “%(name)s” would hold both real and invented places: import "
                "invented ones with --simulated, into a list of their own."
            )
            raise CommandError(message % {"name": error}) from error
        except ListOfOthers as error:
            message = _(
                "The list “%(name)s” belongs to another team: choose another name."
            )
            raise CommandError(message % {"name": error}) from error
        return records, report, batch

    def _progress(self, rows: int) -> None:
        self.stderr.write(_("%(n)d rows read") % {"n": rows}, ending="\r")

    def _write_text(
        self, report: Report, dry_run: bool, kept: Path | None, remarks: tuple[str, ...]
    ) -> None:
        self.stderr.write("")
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        counts = _(
            "Rows read: %(rows)d. New places: %(created)d, changed: %(updated)d, "
            "unchanged: %(unchanged)d, refused: %(refused)d, gone from the list: "
            "%(left)d, absent from this file: %(absent)d."
        )
        self.stdout.write(
            counts
            % {
                "rows": report.rows,
                "created": report.created,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "refused": len(report.refused),
                "left": report.left,
                "absent": report.absent,
            }
        )
        for line in (*remarks, *_details(report)):
            self.stdout.write(line)
        if kept:
            message = _("Refused rows, to be mended and imported again: %(path)s")
            self.stdout.write(message % {"path": kept})


def _format_of(options: dict) -> Format | None:
    """The format asked for; none when the columns are to tell it."""
    if options["mapping"]:
        return read_format(options["mapping"])
    return known_formats()[options["format"]] if options["format"] else None


def _details(report: Report) -> list[str]:
    """Refusals one by one, then what was said of several rows."""
    refusal = _("line %(line)d, %(column)s: %(reason)s")
    lines = [
        refusal % {"line": one.line, "column": one.column, "reason": one.reason}
        for one in report.refused
    ]
    for (column, sentence), told in report.told.items():
        more = "…" if told.count > len(told.lines) else ""
        remark = _("%(column)s: %(remark)s Rows: %(n)d (%(lines)s)")
        lines.append(
            remark
            % {
                "column": column,
                "remark": sentence,
                "n": told.count,
                "lines": ", ".join(map(str, told.lines)) + more,
            }
        )
    value_line = _("%(column)s: “%(value)s” is not in the vocabulary. Rows: %(n)d")
    for (column, value), count in report.unknown_values.most_common(30):
        lines.append(value_line % {"column": column, "value": value, "n": count})
    if report.unknown_columns:
        message = _("Columns that the schema lacks, not read: %(columns)s.")
        lines.append(message % {"columns": ", ".join(report.unknown_columns)})
    if report.personal_contacts:
        message = _(
            "Contacts that seem to be a person’s: %(n)d. They are shown to nobody "
            "without that person’s agreement, and erased after %(days)d days."
        )
        lines.append(message % {"n": report.personal_contacts, "days": 30})
    return lines
