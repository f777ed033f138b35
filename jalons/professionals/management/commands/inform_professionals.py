"""`jalons inform-professionals`: tell those who were not, ask again each year."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.professionals import operations


class Command(BaseCommand):
    help = "Inform the professionals whose contact is kept, and ask again each year."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="write to nobody")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, dry_run, **options):
        done = operations.tend(timezone.now(), dry_run=dry_run)
        if options["json"]:
            told = {"dry_run": dry_run, **asdict(done)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        said = _(
            "%(told)d people told, %(asked)d asked again, %(unreachable)d whose "
            "address no longer works."
        )
        self.stdout.write(said % asdict(done))
