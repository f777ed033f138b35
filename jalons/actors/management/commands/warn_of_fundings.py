"""`jalons warn-of-fundings`: tells teams of the posts whose funding ends."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.actors import leading


class Command(BaseCommand):
    help = "Tell teams, once a threshold, of the posts whose funding ends."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="write to nobody")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, dry_run, **options):
        done = leading.warn_of_ends(timezone.now(), dry_run=dry_run)
        if options["json"]:
            told = {"dry_run": dry_run, **asdict(done)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        said = _("Posts told of: %(posts)d. Mails: %(mails)d.")
        self.stdout.write(said % asdict(done))
