"""`jalons commune-map`: the communes of France in one file, read piece by piece."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from jalons.territories import pieces


class Command(BaseCommand):
    help = (
        "Make the file from which the map of France reads its communes, a département "
        "at a time; then run “jalons collectstatic” and start the site again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="a JSON report")

    def handle(self, *, dry_run: bool, json: bool, **options):
        report = pieces.write_pieces(dry_run=dry_run)
        self.stdout.write(_as_json(report, dry_run) if json else _as_text(report))


def _as_json(report: pieces.Report, dry_run: bool) -> str:
    told = {"dry_run": dry_run, "file": str(pieces.path())} | asdict(report)
    return json.dumps(told, indent=2)


def _as_text(report: pieces.Report) -> str:
    return _(
        "%(communes)d communes of %(departements)d départements, %(without)d without "
        "contour: %(size)d bytes."
    ) % {
        "communes": report.communes,
        "departements": report.departements,
        "without": report.without_contour,
        "size": report.size,
    }
