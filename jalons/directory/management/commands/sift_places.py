"""`jalons sift-places`: what searches read of each place, made again."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from jalons.directory.models import Findable, Place
from jalons.directory.sifting import sift


class Command(BaseCommand):
    help = "Make again what searches read of each place, after a change of vocabulary."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, **options):
        pks = list(Place.objects.order_by("pk").values_list("pk", flat=True))
        if not options["dry_run"]:
            sift(pks)
        said = _("Places: %(n)d, of which found by a search: %(found)d.")
        details = {"n": len(pks), "found": Findable.objects.count()}
        self.stdout.write(said % details)
