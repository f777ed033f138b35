"""`jalons load-indices`: read the files of indices into versions."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from jalons.indicators.problems import InvalidFile
from jalons.indices import operations


class Command(BaseCommand):
    help = "Read indices from TOML files; a changed file makes a new version."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *args, **options):
        paths = options["files"] or operations.shipped_files()
        is_dry_run = options["dry_run"]
        try:
            outcomes = operations.load_definitions(paths, dry_run=is_dry_run)
        except InvalidFile as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            rows = [asdict(outcome) for outcome in outcomes]
            report = {"dry_run": is_dry_run, "indices": rows}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        for one in outcomes:
            self.stdout.write(f"{one.file}: {one.status} {one.code} v{one.number}")
