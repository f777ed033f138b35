"""`jalons load-reference`: load the committed geography of France."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.territories import operations
from jalons.territories.loaders import BadReference
from jalons.territories.operations import ReferenceReport
from jalons.territories.tables import Counts


class Command(BaseCommand):
    help = "Load communes, EPCI, départements, régions and their contours."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--json", action="store_true", help="a JSON report")

    def handle(self, *, dry_run, json: bool, **options):
        try:
            report = operations.load_reference(dry_run=dry_run)
        except BadReference as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_as_json(report, dry_run) if json else _as_text(report))


def _as_json(report: ReferenceReport, dry_run: bool) -> str:
    return json.dumps({"dry_run": dry_run} | asdict(report), indent=2)


def _as_text(report: ReferenceReport) -> str:
    return "\n".join(
        (
            _line(_("Territories"), report.territories),
            _line(_("Memberships"), report.memberships),
            _line(_("Contours"), report.contours),
            _("Search: %(count)d names indexed.") % {"count": report.indexed},
        )
    )


def _line(title: str, counts: Counts) -> str:
    return _(
        "%(title)s: %(created)d created, %(updated)d updated, %(deleted)d deleted, "
        "%(unchanged)d unchanged."
    ) % ({"title": title} | asdict(counts))
