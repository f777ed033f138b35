"""`jalons import-responses`: answers to a survey, from a table or JSON submissions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.files.commands import reading
from jalons.imports import operations
from jalons.imports.loaders import open_answers
from jalons.imports.mapping import (
    InvalidMapping,
    Mapping,
    parse_mapping,
    read_mapping,
    written,
)
from jalons.imports.models import ImportBatch, SavedMapping
from jalons.imports.proposing import NotEnough, proposed
from jalons.imports.quarantine import set_aside
from jalons.imports.report import Report
from jalons.imports.scanning import scan
from jalons.surveys.models import Campaign
from jalons.surveys.operations import AlreadyClosed


class Command(BaseCommand):
    help = "Import answers to a survey through a reviewed mapping, or undo an import."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--campaign", help="address of the survey")
        parser.add_argument("--mapping", type=Path, help="TOML file")
        parser.add_argument("--saved", help="title of a mapping kept by the space")
        parser.add_argument(
            "--propose", type=Path, help="write here a mapping to be reviewed"
        )
        parser.add_argument(
            "--day", type=date.fromisoformat, help="with --propose: day of all answers"
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--report", choices=("text", "json"), default="text")
        parser.add_argument("--json", action="store_true", help="as --report json")
        parser.add_argument(
            "--undo", type=int, metavar="BATCH", help="number of an import to undo"
        )

    def handle(self, *, file, campaign, mapping, saved, dry_run, undo, **options):
        self.is_json = options["json"] or options["report"] == "json"
        if undo is not None:
            return self._undo(undo)
        asked = mapping or saved or options["propose"]
        if not (file and campaign and asked):
            message = _(
                "Give a file, --campaign and --mapping (or --saved), or --undo NUMBER. "
                "Without a mapping, --propose FILE.toml writes one to be reviewed."
            )
            raise CommandError(message)
        survey = self._survey(campaign)
        try:
            with reading(file):
                if options["propose"]:
                    path, day = options["propose"], options["day"]
                    return self._propose(survey, file, path, day, dry_run)
                known = self._mapping(survey, mapping, saved)
                self._import(survey, known, file, dry_run)
        except AlreadyClosed as error:
            message = _("The survey “%(title)s” is closed: it takes no more answers.")
            raise CommandError(message % {"title": survey.title}) from error
        except (InvalidMapping, NotEnough) as error:
            raise CommandError(str(error)) from error

    def _mapping(self, survey: Campaign, path: Path | None, saved: str) -> Mapping:
        """The mapping of a file, or the one that the team kept under this title."""
        definition = survey.version.read()
        if path:
            return read_mapping(path, definition)
        kept = SavedMapping.objects.filter(space=survey.space_id, title=saved).first()
        if kept is None:
            titles = survey.space.mappings.order_by("title")
            message = _("No mapping kept is called “%(title)s”. Those kept: %(known)s.")
            known = ", ".join(titles.values_list("title", flat=True)) or "–"
            raise CommandError(message % {"title": saved, "known": known})
        return parse_mapping(kept.content.encode(), saved, definition)

    def _propose(
        self, survey: Campaign, file: Path, path: Path, day: date | None, dry_run: bool
    ) -> None:
        """Write a mapping to be read by somebody; nothing is imported with it."""
        with file.open("rb") as source:
            seen = scan(source, name=file.name, header_line=None)
            text = proposed(survey, seen, name=file.name, day=day)
        if not dry_run:
            _write_new(path, text)
        if self.is_json:
            kept = None if dry_run else str(path)
            said = {"file": file.name, "dry_run": dry_run, "path": kept}
            said["mapping"] = text
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
        elif dry_run:
            self.stdout.write(text)
        else:
            message = _("Mapping proposed in %(path)s: read it, mend it, give it back.")
            self.stdout.write(message % {"path": path})

    def _survey(self, slug: str) -> Campaign:
        surveys = Campaign.objects.select_related("space", "version")
        survey = surveys.filter(slug=slug).first()
        if survey is None:
            known = Campaign.objects.order_by("slug").values_list("slug", flat=True)
            message = _("No survey has the address “%(slug)s”. Those known: %(known)s.")
            raise CommandError(message % {"slug": slug, "known": ", ".join(known)})
        return survey

    def _import(
        self, survey: Campaign, mapping: Mapping, path: Path, dry_run: bool
    ) -> None:
        """Read the whole file first: one that breaks halfway must record nothing."""
        if survey.is_closed:
            raise AlreadyClosed(survey)
        report = operations.check_file(
            survey, open_answers(survey, mapping, path, name=path.name)
        )
        number, kept = None, None
        if not dry_run:
            batch = operations.start_import(
                survey, path.name, written(mapping), by=None
            )
            number = batch.pk
            report = operations.record_file(
                batch, open_answers(survey, mapping, path, name=path.name)
            )
            if report.refused:
                file = open_answers(survey, mapping, path, name=path.name)
                kept = set_aside(file, survey)
        write = self._write_json if self.is_json else self._write_text
        write(path.name, report, number, kept)

    def _undo(self, number: int) -> None:
        batch = ImportBatch.objects.select_related("campaign", "refused").filter(
            pk=number
        )
        try:
            found = batch.get()
            operations.start_undoing(found, by=None)
        except ImportBatch.DoesNotExist as error:
            message = _("No import has the number %(number)d.")
            raise CommandError(message % {"number": number}) from error
        except operations.CannotBeUndone as error:
            raise CommandError(_("This import can no longer be undone.")) from error
        except AlreadyClosed as error:
            message = _("The survey is closed: its scores are frozen.")
            raise CommandError(message) from error
        except operations.EditedSince as error:
            message = _("Answers have changed since the import: %(which)s.")
            raise CommandError(message % {"which": error}) from error
        count = operations.undo_import(found)
        if found.problem:
            raise CommandError(found.problem)
        if self.is_json:
            self.stdout.write(json.dumps({"import": number, "undone": count}))
        else:
            message = ngettext(
                "The import is undone: %(count)d answer is as it was before.",
                "The import is undone: %(count)d answers are as they were before.",
                count,
            )
            self.stdout.write(message % {"count": count})

    def _write_json(self, name, report: Report, number, kept) -> None:
        counts = report.as_json()
        said = {
            "file": name,
            "import": number,
            "dry_run": number is None,
            "rows": counts.pop("row_count"),
            **counts,
            "quarantine": str(kept) if kept else None,
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))

    def _write_text(self, name, report: Report, number, kept) -> None:
        if number is None:
            self.stdout.write(_("Dry run: nothing is written."))
        counts = _(
            "Rows read: %(row_count)d. New answers: %(created)d, changed: %(updated)d, "
            "unchanged: %(unchanged)d, unfinished: %(unfinished)d, "
            "refused: %(refused)d."
        )
        self.stdout.write(counts % report.as_json())
        for one in report.reasons:
            lines = ", ".join(str(line) for line in one["lines"])
            more = "…" if one["count"] > len(one["lines"]) else ""
            said = {"lines": lines + more, "reason": one["reason"]}
            self.stdout.write(_("lines %(lines)s: %(reason)s") % said)
        for remark in _remarks(report, number, kept):
            self.stdout.write(remark)


def _write_new(path: Path, text: str) -> None:
    """Write a file that does not exist yet."""
    try:
        with path.open("x", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError as error:
        message = _("%(path)s exists already: give another name, or remove it.")
        raise CommandError(message % {"path": path}) from error
    except OSError as error:
        message = _("%(path)s cannot be written: check the folder and its rights.")
        raise CommandError(message % {"path": path}) from error


def _remarks(report: Report, number: int | None, kept: Path | None) -> list[str]:
    remarks = list(report.remarks)
    if report.unknown_columns:
        message = ngettext(
            "This column is not in the mapping and was not read: %(columns)s.",
            "These columns are not in the mapping and were not read: %(columns)s.",
            len(report.unknown_columns),
        )
        remarks.append(message % {"columns": ", ".join(report.unknown_columns)})
    if report.emptied:
        message = ngettext(
            "%(count)d value read as no answer: %(values)s.",
            "%(count)d values read as no answer: %(values)s.",
            report.emptied_count,
        )
        values = ", ".join(_emptied(report))
        remarks.append(message % {"count": report.emptied_count, "values": values})
    if report.weight_column:
        message = ngettext(
            "Column “%(column)s”: %(count)d answer keeps the weight it gives, used "
            "only where somebody chooses it.",
            "Column “%(column)s”: %(count)d answers keep the weight it gives, used "
            "only where somebody chooses it.",
            report.weighted,
        )
        details = {"column": report.weight_column, "count": report.weighted}
        remarks.append(message % details)
    if kept:
        message = _("Refused rows, to be mended and imported again: %(path)s")
        remarks.append(message % {"path": kept})
    if number is not None:
        message = _("To undo it: jalons import-responses --undo %(number)d")
        remarks.append(message % {"number": number})
    return remarks


def _emptied(report: Report) -> Iterator[str]:
    """Each value read as no answer, and how many are not listed."""
    for one in report.emptied:
        message = ngettext(
            "“%(value)s” (column “%(column)s”, %(count)d time)",
            "“%(value)s” (column “%(column)s”, %(count)d times)",
            one["count"],
        )
        yield message % one
    if count := report.emptied_unlisted:
        message = ngettext("and others, %(n)d time", "and others, %(n)d times", count)
        yield message % {"n": count}
