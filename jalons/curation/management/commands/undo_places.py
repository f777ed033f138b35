"""`jalons undo-places IMPORT`: a file of places recorded here, taken back."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.curation.models import UNDO_DAYS, PlaceImport
from jalons.curation.operations import LaterImport, NotReady, undo_import


class Command(BaseCommand):
    help = "Put places back as they were before a file; without a number, list files."

    def add_arguments(self, parser):
        parser.add_argument("import", type=int, nargs="?", help="number of the import")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, **options):
        if options["import"] is None:
            self._say({"imports": [_line(one) for one in _recorded()]})
            return
        batch = _recorded().filter(pk=options["import"]).first()
        if batch is None:
            message = _(
                "No recorded import has this number: run the command without a number "
                "to see those that can be undone."
            )
            raise CommandError(message)
        self._say(_line(batch) | self._undone(batch, options["dry_run"]))

    def _undone(self, batch: PlaceImport, dry_run: bool) -> dict[str, object]:
        try:
            count = undo_import(batch, by=None, dry_run=dry_run)
        except LaterImport as error:
            message = _("A later file of this list was recorded: undo it first.")
            raise CommandError(message) from error
        except NotReady as error:
            message = _("What undoes an import is kept %(days)d days: it is over.")
            raise CommandError(message % {"days": UNDO_DAYS}) from error
        return {"dry_run": dry_run, "places_put_back": count}

    def _say(self, said: dict[str, object]) -> None:
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))


def _recorded():
    recorded = PlaceImport.objects.filter(state=PlaceImport.State.RECORDED)
    return recorded.select_related("space", "place_list").order_by("-pk")


def _line(batch: PlaceImport) -> dict[str, object]:
    return {
        "import": batch.pk,
        "space": batch.space.name if batch.space else None,
        "list": batch.list_name,
        "file": batch.file_name,
        "recorded_at": batch.recorded_at and batch.recorded_at.isoformat(),
    }
