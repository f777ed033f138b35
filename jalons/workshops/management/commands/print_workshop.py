"""`jalons print-workshop CODE FILE`: what a workshop prints, as its page gives it."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.documents.paper import make_paper
from jalons.workshops.console_views import join_address
from jalons.workshops.cutting import PRINTS, prints_of
from jalons.workshops.models import Workshop
from jalons.workshops.sheets import sheet_of


class Command(BaseCommand):
    help = "Write the sheet of a workshop, or what is cut out and filled, as PDF."

    def add_arguments(self, parser):
        parser.add_argument("code", help="the six letters by which people join")
        parser.add_argument("file", type=Path, help="ends with .pdf")
        parser.add_argument(
            "--activity", type=int, help="its place on the run-sheet; none: the sheet"
        )
        parser.add_argument(
            "--what", choices=PRINTS, default="cartes", help="of this activity"
        )
        parser.add_argument("--dry-run", action="store_true", help="writes nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, code, file, activity, what, dry_run, **options):
        if file.suffix != ".pdf":
            message = _("Give a file that ends with %(suffixes)s.")
            raise CommandError(message % {"suffixes": ".pdf"})
        workshop = Workshop.objects.filter(code=code.upper()).first()
        if workshop is None:
            raise CommandError(_("No workshop has this code."))
        data = _sheet(workshop) if activity is None else _of(workshop, activity, what)
        if not dry_run:
            _write(data, file)
        if options["json"]:
            told = {"file": None if dry_run else str(file), "bytes": len(data)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        elif not dry_run:
            self.stdout.write(_("%(file)s is written.") % {"file": file})


def _sheet(workshop: Workshop) -> bytes:
    return make_paper(sheet_of(workshop, address=join_address(workshop)))


def _of(workshop: Workshop, place: int, what: str) -> bytes:
    activities = dict(enumerate(workshop.activities.all(), start=1))
    if place not in activities:
        message = _("The run-sheet has no activity %(place)d.")
        raise CommandError(message % {"place": place})
    prints = prints_of(activities[place], is_team=True)
    if what not in prints:
        message = _("This activity prints: %(codes)s.")
        raise CommandError(message % {"codes": ", ".join(prints) or "–"})
    return prints[what].make(activities[place])


def _write(data: bytes, file: Path) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        message = _("%(file)s is not written: %(reason)s")
        raise CommandError(message % {"file": file, "reason": error}) from error
