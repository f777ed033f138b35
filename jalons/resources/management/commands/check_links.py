"""`jalons check-links`: which addresses of the library and resources no longer open."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils import timezone

from jalons.resources.links import check_links


class Command(BaseCommand):
    help = "Ask every address of the library and of the resources whether it opens."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *args, **options):
        probed = check_links(timezone.now(), dry_run=options["dry_run"])
        if options["json"]:
            rows = [asdict(one) for one in probed]
            report = {"dry_run": options["dry_run"], "links": rows}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        for one in probed:
            self.stdout.write(f"{one.answer}: {one.address} ({one.detail})")
