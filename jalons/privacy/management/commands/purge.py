"""`jalons purge`: delete or make anonymous what is past its days."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.privacy import operations
from jalons.privacy.operations import Purged


class Command(BaseCommand):
    help = "Delete or make anonymous the personal data past their days."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--json", action="store_true", help="a JSON report")

    def handle(self, *, dry_run, json: bool, **options):
        report = operations.purge(timezone.now(), dry_run=dry_run)
        self.stdout.write(_as_json(report, dry_run) if json else _as_text(report))


def _as_json(report: list[Purged], dry_run: bool) -> str:
    tables = [
        {
            "model": line.model,
            "ending": line.ending,
            "rows": line.row_count,
            "before": line.before.isoformat() if line.before else None,
        }
        for line in report
    ]
    return json.dumps({"dry_run": dry_run, "tables": tables}, indent=2)


def _as_text(report: list[Purged]) -> str:
    return "\n".join(_line(line) for line in report)


def _line(line: Purged) -> str:
    if line.before is None:
        return _("%(model)s: not purged by itself") % {"model": line.model}
    return ngettext(
        "%(model)s: %(n)d row past its days (before %(date)s)",
        "%(model)s: %(n)d rows past their days (before %(date)s)",
        line.row_count,
    ) % {
        "model": line.model,
        "n": line.row_count,
        "date": timezone.localdate(line.before),
    }
