"""`jalons panel-answers`: answers of a mini-survey keyed elsewhere, from a table."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.files.commands import reading
from jalons.panels.loaders import Loaded, load_replies
from jalons.panels.models import Panel
from jalons.spaces.access import find_editor


class Command(BaseCommand):
    help = "Read the answers of a file into a mini-survey, each by its code."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--panel", required=True, type=int, help="number of the mini-survey"
        )
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, file, panel, by, dry_run, **options):
        row, user = self._known(panel, by)
        with reading(file), file.open("rb") as source:
            found = load_replies(row, source, name=file.name, by=user, dry_run=dry_run)
        if options["json"]:
            told = found.report(file.name, dry_run=dry_run)
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self._write_text(found, dry_run=dry_run)

    def _known(self, pk: int, email: str) -> tuple[Panel, User]:
        panel = Panel.objects.select_related("roadmap").filter(pk=pk).first()
        if panel is None:
            raise CommandError(_("No mini-survey has this number."))
        user = find_editor(email, panel.roadmap.space_id)
        if user is None:
            raise CommandError(_("This address is not that of an editor of the space."))
        return panel, user

    def _write_text(self, found: Loaded, *, dry_run: bool) -> None:
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        words = _("Answers taken: %(taken)d; lines set aside: %(refused)d.")
        told = {"taken": found.taken, "refused": len(found.refused)}
        self.stdout.write(words % told)
        for one in found.refused:
            line = _("line %(line)d: %(reason)s")
            self.stdout.write(line % {"line": one.line, "reason": one.reason})
