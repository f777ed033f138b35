"""`jalons load-population FILE --year 2021`: inhabitants by sex and age (INSEE)."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.files.commands import reading
from jalons.rounds import operations
from jalons.rounds.population import NotThisTable, Read, read
from jalons.rounds.population_files import lines_of
from jalons.territories import passage


class Command(BaseCommand):
    help = "Load INSEE’s inhabitants by sex and age (tables POP1B or POP1A)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True, help="of the census")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    def handle(self, *, file: Path, year: int, dry_run: bool, **options):
        try:
            with reading(file), file.open("rb") as opened:
                found = read(lines_of(opened), year=year, passage=passage.read())
        except NotThisTable as error:
            raise CommandError(f"{file.name}: {error}") from error
        loads = not dry_run and not found.wrong
        if loads:
            operations.load_inhabitants(found.counts, vintage=str(year), by=None)
        self.stdout.write(
            json.dumps(_report(found, loads), ensure_ascii=False, indent=2)
        )
        if found.wrong and not dry_run:
            raise CommandError(_("Nothing is loaded: mend the lines named above."))


def _report(found: Read, loads: bool) -> dict[str, object]:
    return {
        "loaded": loads,
        "rows": found.rows,
        "communes": found.communes,
        "inhabitants_of_15_and_over": found.inhabitants,
        "merged_or_split": found.merged,
        "unknown": list(found.unknown),
        "ages_15_to_17": "exact" if found.is_exact else "3/7 of 11-17",
        "wrong": [
            {"line": one.line, "field": one.field, "mend": one.message}
            for one in found.wrong
        ],
        "wrong_count": found.wrong_count,
    }
