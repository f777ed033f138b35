"""`jalons backup FILE`: the database and the files given, in one signed file."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.cli.archives import BadArchive
from jalons.cli.engines import EngineError
from jalons.cli.operations import make_backup


class Command(BaseCommand):
    help = "Save the database and the files given into one signed file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the backup to write")
        parser.add_argument("--json", action="store_true", help="a JSON report")

    def handle(self, *, file: Path, json: bool, **options):
        try:
            made = make_backup(file, key=settings.BACKUP_KEY)
        except (BadArchive, EngineError, OSError) as error:
            raise CommandError(str(error)) from error
        report = {
            "file": str(file),
            "bytes": file.stat().st_size,
            "engine": made.engine,
            "tables": len(made.tables),
            "rows": made.row_count,
            "files": made.file_count,
        }
        self.stdout.write(_as_json(report) if json else _as_text(report))


def _as_json(report: dict[str, object]) -> str:
    return json.dumps(report, indent=2)


def _as_text(report: dict[str, object]) -> str:
    return (
        _(
            "%(file)s: %(tables)d tables, %(rows)d rows, %(files)d files. It holds "
            "personal data, and is signed but not encrypted: keep it where nobody "
            "else reads."
        )
        % report
    )
