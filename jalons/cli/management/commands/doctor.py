"""`jalons doctor`: what is wrong with this installation, and the mend."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils import timezone

from jalons.cli import checkups, pulse
from jalons.cli.checkups import Finding

SIGNS = {"good": "✓", "doubtful": "?", "wrong": "✗"}


class Command(BaseCommand):
    help = "Say what is wrong with this installation, line by line, with its mend."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="a JSON report")

    def handle(self, *, json: bool, **options):
        found = [line for look in checkups.OF_THE_MACHINE for line in look()]
        found += pulse.database(timezone.now())
        self.stdout.write(_as_json(found) if json else _as_text(found))
        if any(line.state == "wrong" for line in found):
            sys.exit(1)


def _as_json(found: list[Finding]) -> str:
    return json.dumps([asdict(line) for line in found], indent=2)


def _as_text(found: list[Finding]) -> str:
    return "\n".join(_line(line) for line in found)


def _line(line: Finding) -> str:
    mend = f" → {line.mend}" if line.mend else ""
    return f"{SIGNS[line.state]} {line.about}: {line.said}{mend}"
