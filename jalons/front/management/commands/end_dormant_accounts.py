"""`jalons end-dormant-accounts`: warn, then end, accounts unused for two years."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.front.dormant import Report, end_dormant


class Command(BaseCommand):
    help = "Warn, then end, the accounts where nobody has signed in for two years."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--json", action="store_true", help="a JSON report")

    def handle(self, *, dry_run, json: bool, **options):
        report = end_dormant(timezone.now(), dry_run=dry_run)
        self.stdout.write(_as_json(report, dry_run) if json else _as_text(report))


def _as_json(report: Report, dry_run: bool) -> str:
    return json.dumps({"dry_run": dry_run, **asdict(report)}, indent=2)


def _as_text(report: Report) -> str:
    lines = [
        _("Warned a month before: %(n)d.") % {"n": len(report.warned)},
        _("Warned, whose day has not come: %(n)d.") % {"n": len(report.waiting)},
        _("Ended: %(n)d.") % {"n": len(report.ended)},
    ]
    for account, spaces in report.kept_for_spaces.items():
        lines.append(
            _("Kept: account %(account)d, only owner of the spaces %(spaces)s.")
            % {"account": account, "spaces": ", ".join(map(str, spaces))}
        )
    lines += [
        _("Space %(space)d has no member any more.") % {"space": space}
        for space in report.spaces_left_empty
    ]
    return "\n".join(map(str, lines))
