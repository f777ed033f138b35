"""`jalons measure-distances`: how far help is, as figures of each territory."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.coverage.measuring import NoDefinition, NoPlace, write_distances


class Command(BaseCommand):
    help = "Write the distance to the nearest place of help as a figure of territories."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, **options):
        dry_run = options["dry_run"]
        try:
            found = write_distances(timezone.localdate(), by=None, dry_run=dry_run)
        except NoPlace as error:
            message = _("No list of real places is loaded: import one first.")
            raise CommandError(message) from error
        except NoDefinition as error:
            message = _("The indicator is not known: run jalons load-figures first.")
            raise CommandError(message) from error
        said = {"dry_run": dry_run, **asdict(found)}
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
