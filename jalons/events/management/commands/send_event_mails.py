"""`jalons send-event-mails`: reminders of events, and opinions asked afterwards."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.events.mailing import send_due


class Command(BaseCommand):
    help = "Remind of the events to come, and ask what people thought of the past ones."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="write to nobody")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, dry_run, **options):
        done = send_due(timezone.now(), dry_run=dry_run)
        if options["json"]:
            told = {"dry_run": dry_run, **asdict(done)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        said = _("Reminders: %(reminders)d. Opinions asked: %(after)d.")
        self.stdout.write(said % asdict(done))
