"""`jalons import-contributions`: what actors give, from a CSV, XLSX or ODS file."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.coordination.loaders import Sorted, read_contributions
from jalons.coordination.operations import import_contributions
from jalons.files.commands import reading
from jalons.files.tables import read_table
from jalons.spaces.commands import space_and_editor


class Command(BaseCommand):
    help = "Load the contributions of a file into the register of a space."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--space", required=True, type=int, help="its number")
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *, file, space, by, dry_run, **options):
        known, user = space_and_editor(space, by)
        with reading(file):
            table = read_table(file, name=file.name)
            with closing(table.rows):
                found = read_contributions(known, table, name=file.name)
        is_written = not dry_run and not found.refused
        if is_written:
            import_contributions(known, found.rows, by=user)
        told = _report(file.name, found, is_written=is_written)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        if found.refused:
            raise CommandError(_("Nothing is written: correct the lines refused."))


def _report(name: str, found: Sorted, *, is_written: bool) -> dict[str, object]:
    return {
        "file": name,
        "written": is_written,
        "lines": found.line_count,
        "contributions": len(found.rows),
        "unread_columns": found.unread_columns,
        "refused": [asdict(one) for one in found.refused],
    }
