"""`jalons read-progress`: how far the roadmaps shared with resource centres are."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from jalons.network.models import SharedProgress
from jalons.network.operations import read_again


class Command(BaseCommand):
    help = "Read again how far the roadmaps shared with resource centres are."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, dry_run, **options):
        shared = SharedProgress.objects.select_related("roadmap__space")
        if not dry_run:
            for one in shared.iterator():
                read_again(one)
        told = {"dry_run": dry_run, "roadmaps": shared.count()}
        if options["json"]:
            self.stdout.write(json.dumps(told))
            return
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        self.stdout.write(_("Roadmaps shared: %(roadmaps)d.") % told)
