"""`jalons read-bounces`: note the addresses whose mails came back."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.mail import operations
from jalons.mail.bounces import read_notices
from jalons.mail.operations import Returned


class Command(BaseCommand):
    help = "Read notices of non-delivery: one mail, an mbox, or a folder (Maildir)."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="a file or a folder")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, path, dry_run, **options):
        try:
            returned = operations.record_returns(read_notices(path), dry_run=dry_run)
        except OSError as error:
            message = _("%(file)s cannot be opened: check its name and its rights.")
            raise CommandError(message % {"file": path}) from error
        if options["json"]:
            lines = [asdict(one) for one in returned]
            report = {"path": str(path), "dry_run": dry_run, "mails": lines}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        self._write_text(returned, dry_run)

    def _write_text(self, returned: list[Returned], dry_run: bool) -> None:
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        words = {
            "dead": _("address that no longer exists"),
            "not_delivered": _("not delivered this time"),
            "known": _("already known"),
            "not_ours": _("speaks of no mail sent from here: read it yourself"),
            "not_a_failure": _("not a notice of non-delivery"),
        }
        for one in returned:
            parts = [one.place, words[one.outcome], one.address, one.reason]
            self.stdout.write(" · ".join(part for part in parts if part))
        counts = Counter(one.outcome for one in returned)
        for outcome, count in counts.items():
            told = {"what": words[outcome], "count": count}
            self.stdout.write(_("%(what)s: %(count)d") % told)
