"""`jalons load-library`: publish the sheets that come with the project."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from jalons.indicators.problems import InvalidFile
from jalons.library.loading import load_library, shipped_files


class Command(BaseCommand):
    help = "Publish the sheets of the library; a changed one makes a new version."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *args, **options):
        paths = options["files"] or shipped_files()
        try:
            outcomes = load_library(paths, dry_run=options["dry_run"])
        except InvalidFile as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            rows = [asdict(one) for one in outcomes]
            report = {"dry_run": options["dry_run"], "sheets": rows}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        counts = Counter(one.status for one in outcomes)
        for status, count in sorted(counts.items()):
            self.stdout.write(f"{status}: {count}")
