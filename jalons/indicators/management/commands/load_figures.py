"""`jalons load-figures`: load the figures that come with the project."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.indicators import operations
from jalons.indicators.operations import FiguresReport
from jalons.indicators.problems import InvalidFile
from jalons.territories.tables import Counts


class Command(BaseCommand):
    help = "Load the definitions of indicators and the figures of data/figures."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--json", action="store_true", help="a JSON report")

    def handle(self, *, dry_run, json: bool, **options):
        try:
            report = operations.load_figures(dry_run=dry_run)
        except InvalidFile as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_as_json(report, dry_run) if json else _as_text(report))


def _as_json(report: FiguresReport, dry_run: bool) -> str:
    return json.dumps({"dry_run": dry_run} | asdict(report), indent=2)


def _as_text(report: FiguresReport) -> str:
    return "\n".join(
        (
            _line(_("Sources"), report.sources),
            _line(_("Indicators"), report.indicators),
            *(_line(file, counts) for file, counts in report.observations.items()),
        )
    )


def _line(title: str, counts: Counts) -> str:
    return _(
        "%(title)s: %(created)d created, %(updated)d updated, %(deleted)d deleted, "
        "%(unchanged)d unchanged."
    ) % ({"title": title} | asdict(counts))
