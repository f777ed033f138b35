"""`jalons send-reminders`: what is late, begins or ends, to those who asked for it."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.steering.reminding import send_reminders


class Command(BaseCommand):
    help = "Remind of the actions of the roadmaps those whose day has come."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="write to nobody")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, dry_run, **options):
        done = send_reminders(timezone.now(), dry_run=dry_run)
        if options["json"]:
            told = {"dry_run": dry_run, **asdict(done)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        said = _("People whose day has come: %(due)d. Mails: %(mails)d.")
        self.stdout.write(said % asdict(done))
