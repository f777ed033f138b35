"""`jalons freeze-indices`: keep the scores of an area as they are today."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand
from django.db import transaction

from jalons.indices.areas import HOME_REGION, Area
from jalons.indices.models import IndexDefinition
from jalons.indices.operations import freeze_result
from jalons.territories.models import Territory

LEVELS = (Territory.Kind.EPCI, Territory.Kind.COMMUNE)


class Command(BaseCommand):
    help = "Keep the scores of every index as they are today, with what made them."

    def add_arguments(self, parser):
        parser.add_argument("--region", default=HOME_REGION, help="R and two digits")
        parser.add_argument("--level", default=LEVELS[0].value, choices=LEVELS)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    @transaction.atomic
    def handle(self, *, region, level, dry_run, json: bool, **options):
        area = Area(level, region, region)
        rows = [
            _row(definition, freeze_result(definition, area))
            for definition in IndexDefinition.objects.latest_each().order_by("code")
        ]
        transaction.set_rollback(dry_run)
        self.stdout.write(_as_json(rows, dry_run) if json else _as_text(rows))


def _row(definition, result) -> dict[str, object]:
    scored = len(result.scores) if result else 0
    return {
        "index": definition.code,
        "version": definition.number,
        "scored": scored,
        "checksum": result.checksum if result else "",
    }


def _as_json(rows: list[dict[str, object]], is_dry_run: bool) -> str:
    return json.dumps({"dry_run": is_dry_run, "results": rows}, indent=2)


def _as_text(rows: list[dict[str, object]]) -> str:
    return "\n".join(
        f"{row['index']} v{row['version']}: {row['scored']}" for row in rows
    )
