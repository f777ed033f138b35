"""`jalons measures`: measures of an evaluation, from a CSV, XLSX or ODS file."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.evaluation import loading, measuring
from jalons.evaluation.loaders import Sorted
from jalons.evaluation.models import Evaluation
from jalons.files.commands import reading
from jalons.spaces.access import find_editor


class Command(BaseCommand):
    help = "Read the measures of a file into the evaluation of a roadmap."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--roadmap", required=True, type=int, help="number of the roadmap"
        )
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, file, roadmap, by, dry_run, **options):
        evaluation, user = self._known(roadmap, by)
        today = timezone.localdate()
        with reading(file), file.open("rb") as source:
            found = loading.read_file(evaluation, source, name=file.name, today=today)
        written = kept = None
        if not dry_run:
            written = measuring.load_measures(evaluation, found.measures, by=user)
            kept = loading.set_aside(found, evaluation)
        told = loading.report_of(file.name, found, written, kept)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self._write_text(found, written, kept)

    def _known(self, pk: int, email: str) -> tuple[Evaluation, User]:
        rows = Evaluation.objects.select_related("roadmap__space")
        evaluation = rows.filter(roadmap=pk).first()
        if evaluation is None:
            raise CommandError(_("No roadmap of this number has an evaluation."))
        user = find_editor(email, evaluation.roadmap.space_id)
        if user is None:
            raise CommandError(_("This address is not that of an editor of the space."))
        return evaluation, user

    def _write_text(
        self, found: Sorted, written: int | None, kept: Path | None
    ) -> None:
        if written is None:
            self.stdout.write(_("Dry run: nothing is written."))
        told = {
            "read": len(found.measures),
            "written": written or 0,
            "refused": len(found.refused),
        }
        words = _(
            "Measures read: %(read)d, written: %(written)d; "
            "lines set aside: %(refused)d."
        )
        self.stdout.write(words % told)
        for said in found.told:
            self.stdout.write(said)
        for one in found.refused:
            line = _("line %(line)d, %(value)s: %(reason)s")
            where = {"line": one.line, "value": one.value, "reason": one.reason}
            self.stdout.write(line % where)
        if kept:
            self.stdout.write(_("Kept to be mended: %(path)s") % {"path": kept})
