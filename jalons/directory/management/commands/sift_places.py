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
        parser.add_argument(
            "--missing", action="store_true", help="only places that have none"
        )

    def handle(self, **options):
        places = Place.objects.order_by("pk")
        if options["missing"]:
            places = places.in_their_list().filter(findable=None)
        pks = list(places.values_list("pk", flat=True))
        if not options["dry_run"]:
            sift(pks)
        said = _("Places read again: %(n)d. A search finds %(found)d.")
        details = {"n": len(pks), "found": Findable.objects.count()}
        self.stdout.write(said % details)
