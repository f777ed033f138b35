"""`jalons restore FILE`: the site as it was when this backup was made."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.cli.archives import BadArchive
from jalons.cli.engines import EngineError
from jalons.cli.operations import Refused, Restored, restore_backup


class Command(BaseCommand):
    help = "Put back a backup, and compare every table with what was saved."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the backup to put back")
        parser.add_argument(
            "--replace", action="store_true", help="even when the site is not empty"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check, write nothing"
        )
        parser.add_argument("--json", action="store_true", help="a JSON report")

    def handle(self, *, file: Path, replace, dry_run, json: bool, **options):
        try:
            done = restore_backup(
                file, key=settings.BACKUP_KEY, over_a_site=replace, dry_run=dry_run
            )
        except (BadArchive, EngineError, Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_as_json(done) if json else "\n".join(_lines(done)))


def _as_json(done: Restored) -> str:
    saved = done.manifest
    report = {
        "restored": done.is_done,
        "made_at": saved.made_at,
        "version": saved.version,
        "tables": len(saved.tables),
        "rows": saved.row_count,
        "files": saved.file_count,
        "replaces": {"rows": done.held_rows, "files": done.held_files},
        "pending_migrations": list(done.pending),
        "same_secret_key": done.is_same_secret,
    }
    return json.dumps(report, indent=2)


def _lines(done: Restored) -> list[str]:
    saved = done.manifest
    said = (
        _(
            "Put back and compared, as of %(at)s: %(tables)d tables, %(rows)d rows, "
            "%(files)d files."
        )
        if done.is_done
        else _(
            "Would be put back, as of %(at)s: %(tables)d tables, %(rows)d rows, "
            "%(files)d files."
        )
    )
    counts = {
        "at": saved.made_at,
        "tables": len(saved.tables),
        "rows": saved.row_count,
        "files": saved.file_count,
    }
    lines = [said % counts]
    if not done.is_done and (done.held_rows or done.held_files):
        lines.append(
            _("It would replace %(rows)d rows and %(files)d files: --replace.")
            % {"rows": done.held_rows, "files": done.held_files}
        )
    if done.pending:
        lines.append(_("Older than this version: run `make setup`, then restart."))
    if not done.is_same_secret:
        lines.append(
            _(
                "Made under another secret key: without it (JALONS_SECRET_KEY), links "
                "already sent and sealed interviews cannot be read."
            )
        )
    return lines
