"""`jalons person EMAIL`: what is kept of one person, given to them or erased."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.front.operations import OnlyOwner, erase_person
from jalons.privacy import erasure, persons
from jalons.privacy.erasure import Erased


class Command(BaseCommand):
    help = "Export or erase what is kept of one person, in every table."

    def add_arguments(self, parser):
        parser.add_argument("email")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "--export", type=Path, metavar="FILE", help="write it as JSON"
        )
        what.add_argument("--erase", action="store_true", help="leave nothing of it")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--json", action="store_true", help="a JSON report")

    def handle(self, *, email, export, erase, dry_run, json: bool, **options):
        person = persons.find(email)
        if not person.is_known:
            raise CommandError(_("Nothing is kept under this address."))
        if export:
            _write(export, erasure.export(person))
            self.stdout.write(str(export))
            return
        try:
            report = erase_person(person, by=None, dry_run=dry_run)
        except OnlyOwner as error:
            raise CommandError(
                _("First name another owner, in: %(spaces)s.") % {"spaces": error}
            ) from error
        self.stdout.write(_as_json(report, dry_run) if json else _as_text(report))


def _write(file: Path, text: str) -> None:
    """A new file that nobody else reads."""
    try:
        with os.fdopen(
            os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w"
        ) as to:
            to.write(text)
    except FileExistsError as error:
        message = _("%(file)s exists: choose another name.") % {"file": file}
        raise CommandError(message) from error


def _as_json(report: list[Erased], dry_run: bool) -> str:
    tables = [asdict(line) for line in report]
    return json.dumps({"dry_run": dry_run, "tables": tables}, indent=2)


def _as_text(report: list[Erased]) -> str:
    lines = [f"{line.model}: {line.row_count} {line.how}" for line in report]
    return "\n".join(
        [*map(str, lines), _("Backups keep what they held: delete the older ones.")]
    )
