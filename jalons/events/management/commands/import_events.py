"""`jalons import-events`: an agenda kept in a CSV, XLSX or ODS file."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.events.loaders import Sorted, read_agenda
from jalons.events.operations import save_event
from jalons.files.commands import reading
from jalons.files.tables import read_table
from jalons.spaces.commands import space_and_editor


class Command(BaseCommand):
    help = "Add the events of a file to a space; they are published on screen."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--space", required=True, type=int, help="its number")
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, file, space, by, dry_run, **options):
        known, user = space_and_editor(space, by)
        with reading(file):
            table = read_table(file, name=file.name)
            with closing(table.rows):
                found = read_agenda(known, table, name=file.name)
        if not dry_run:
            _write(found, user)
        if options["json"]:
            told = _report(file.name, found, dry_run=dry_run)
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self._write_text(found, dry_run=dry_run)

    def _write_text(self, found: Sorted, *, dry_run: bool) -> None:
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        words = _("Events taken: %(taken)d; lines set aside: %(refused)d.")
        told = {"taken": len(found.events), "refused": len(found.refused)}
        self.stdout.write(words % told)
        for one in found.refused:
            line = _("line %(line)d: %(reason)s")
            self.stdout.write(line % {"line": one.line, "reason": one.reason})


@transaction.atomic
def _write(found: Sorted, user: User) -> None:
    for event, meeting in found.events:
        save_event(event, meeting, [], by=user)


def _report(name: str, found: Sorted, *, dry_run: bool) -> dict[str, object]:
    return {
        "file": name,
        "dry_run": dry_run,
        "taken": len(found.events),
        "already_there": found.known_count,
        "refused": [asdict(one) for one in found.refused if not one.is_known],
        "unread_columns": found.unread_columns,
    }
