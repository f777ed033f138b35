"""`jalons send-newsletter`: go on with the letters whose sending was cut short."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from jalons.gazette.sending import finish_letters


class Command(BaseCommand):
    help = "Write the mails left of the letters being sent, each address once."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="write to nobody")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, dry_run, **options):
        done = finish_letters(dry_run=dry_run)
        if options["json"]:
            told = {"dry_run": dry_run, **asdict(done)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        said = _("Letters on their way: %(letters)d. Mails written: %(mails)d.")
        self.stdout.write(said % asdict(done))
