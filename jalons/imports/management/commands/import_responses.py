"""`jalons import-responses`: answers to a survey, from a CSV, XLSX or ODS file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.files.tables import UnreadableFile
from jalons.imports import operations
from jalons.imports.loaders import Reading, read_answers
from jalons.imports.mapping import InvalidMapping, read_mapping
from jalons.imports.quarantine import set_aside
from jalons.surveys.models import Campaign, Response
from jalons.surveys.operations import AlreadyClosed, preview_responses


class Command(BaseCommand):
    help = "Import answers to a survey, through a reviewed mapping of its columns."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--campaign", required=True, help="address of the survey")
        parser.add_argument("--mapping", required=True, type=Path, help="TOML file")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, file, campaign, mapping, dry_run, **options):
        try:
            survey = Campaign.objects.select_related("space", "version").get(
                slug=campaign
            )
            known = read_mapping(mapping, survey.version.read())
            reading = read_answers(survey, known, file, name=file.name)
            recorded = self._record(survey, reading, dry_run)
        except Campaign.DoesNotExist as error:
            raise CommandError(self._unknown_survey(campaign)) from error
        except OSError as error:
            message = _("%(file)s cannot be opened: check its name and its rights.")
            raise CommandError(message % {"file": file}) from error
        except AlreadyClosed as error:
            message = _("The survey “%(title)s” is closed: it takes no more answers.")
            raise CommandError(message % {"title": survey.title}) from error
        except (InvalidMapping, UnreadableFile) as error:
            raise CommandError(str(error)) from error
        kept = set_aside(reading, survey) if reading.refused and not dry_run else None
        write = self._write_json if options["json"] else self._write_text
        write(reading, recorded, kept, dry_run)

    def _record(self, survey: Campaign, reading: Reading, dry_run: bool):
        if dry_run:
            return preview_responses(
                survey, reading.entries, channel=Response.Channel.IMPORT
            )
        return operations.import_responses(survey, reading, by=None)

    def _unknown_survey(self, slug: str) -> str:
        known = ", ".join(
            Campaign.objects.order_by("slug").values_list("slug", flat=True)
        )
        message = _("No survey has the address “%(slug)s”. Those known: %(known)s.")
        return message % {"slug": slug, "known": known}

    def _write_json(self, reading, recorded, kept, dry_run) -> None:
        report = {
            "file": reading.name,
            "dry_run": dry_run,
            "rows": reading.row_count,
            **asdict(recorded),
            "unfinished": reading.unfinished_count,
            "refused": [
                {"line": row.line, "id": row.identifier, "reason": row.reason}
                for row in reading.refused
            ],
            "quarantine": str(kept) if kept else None,
            "unknown_columns": list(reading.unknown_columns),
            "remarks": list(reading.remarks),
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))

    def _write_text(self, reading, recorded, kept, dry_run) -> None:
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        counts = _(
            "%(rows)d rows read: %(created)d new, %(updated)d changed, "
            "%(unchanged)d unchanged, %(unfinished)d unfinished, %(refused)d refused."
        )
        details = {
            "rows": reading.row_count,
            "unfinished": reading.unfinished_count,
            "refused": len(reading.refused),
        }
        self.stdout.write(counts % {**details, **asdict(recorded)})
        for row in reading.refused:
            line = _("line %(line)d (%(id)s): %(reason)s")
            where = {"line": row.line, "id": row.identifier, "reason": row.reason}
            self.stdout.write(line % where)
        for remark in self._remarks(reading, kept):
            self.stdout.write(remark)

    def _remarks(self, reading: Reading, kept: Path | None) -> list[str]:
        remarks = list(reading.remarks)
        if reading.unknown_columns:
            message = ngettext(
                "This column is not in the mapping and was not read: %(columns)s.",
                "These columns are not in the mapping and were not read: %(columns)s.",
                len(reading.unknown_columns),
            )
            remarks.append(message % {"columns": ", ".join(reading.unknown_columns)})
        if kept:
            message = _("Refused rows, to be mended and imported again: %(path)s")
            remarks.append(message % {"path": kept})
        return remarks
