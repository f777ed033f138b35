"""`jalons send-digests`: what is new, in one mail, to those whose day has come."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.digests.sending import send_digests


class Command(BaseCommand):
    help = "Write what is new to those whose day has come, in one mail each."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="write to nobody")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, dry_run, **options):
        done = send_digests(timezone.now(), dry_run=dry_run)
        told = {"due": done.due, "mails": done.mails, "things": dict(done.things)}
        if options["json"]:
            report = {"dry_run": dry_run, **told}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        said = _("People whose day has come: %(due)d. Mails: %(mails)d.")
        self.stdout.write(said % told)
