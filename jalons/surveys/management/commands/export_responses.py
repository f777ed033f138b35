"""`jalons export-responses`: answers of a survey as a file, counted once written."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.files.tables import UnreadableFile, read_table
from jalons.surveys.answer_files import csv_text, json_text, write_xlsx
from jalons.surveys.models import Campaign
from jalons.surveys.tables import Export, Truncated, export_of

FORMATS = ("csv", "xlsx", "json")


class Command(BaseCommand):
    help = (
        "Write the answers of a survey as CSV, XLSX or JSON; not to be passed around."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="ends with .csv, .xlsx or .json")
        parser.add_argument("--campaign", required=True, help="address of the survey")
        parser.add_argument("--words", action="store_true", help="words, not codes")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, file, campaign, words, **options):
        kind = file.suffix.lstrip(".").lower()
        if kind not in FORMATS:
            message = _("Give a file that ends with .csv, .xlsx or .json.")
            raise CommandError(message)
        survey = Campaign.objects.filter(slug=campaign).first()
        if survey is None:
            message = _("No survey has the address “%(slug)s”.")
            raise CommandError(message % {"slug": campaign})
        wording = "words" if words else "codes"
        export = export_of(survey, wording, get_language() or "fr")
        try:
            count = self._write(export, file, kind)
        except (OSError, Truncated, UnreadableFile) as error:
            message = _("%(file)s is not written: %(reason)s")
            details = {"file": file, "reason": error}
            raise CommandError(message % details) from error
        if options["json"]:
            self.stdout.write(json.dumps({"file": str(file), "rows": count}))
        else:
            message = _("%(file)s: %(count)d answers written, and counted again.")
            self.stdout.write(message % {"file": file, "count": count})

    def _write(self, export: Export, path: Path, kind: str) -> int:
        """Write beside, count what was written, and only then give it its name."""
        beside = path.with_name(f".{path.name}.partial{path.suffix}")
        try:
            if kind == "xlsx":
                write_xlsx(export, beside)
            else:
                blocks = csv_text(export) if kind == "csv" else json_text(export)
                with beside.open("w", encoding="utf-8", newline="") as written:
                    beside.chmod(0o600)
                    written.writelines(blocks)
            count = _counted(beside, kind)
            if count < export.row_count:
                message = _("%(count)d answers found in it out of %(expected)d.")
                raise Truncated(
                    message % {"count": count, "expected": export.row_count}
                )
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        return count


def _counted(path: Path, kind: str) -> int:
    """How many answers the file really holds."""
    if kind == "xlsx":
        return sum(1 for _row in read_table(path).rows)
    with path.open(encoding="utf-8-sig", newline="") as written:
        if kind == "csv":
            return sum(1 for _row in csv.reader(written, delimiter=";")) - 1
        # One answer a line, after the line that holds the code book.
        return sum(line.startswith((",{", "{")) for line in written) - 1
