"""`jalons export-places LIST FILE`: a list of places in the national schema."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.directory.exporting import (
    csv_blocks,
    json_array,
    json_blocks,
    rows_of,
)
from jalons.directory.inclusion import (
    LEAST_DESCRIPTION,
    services_of,
    structures_of,
)
from jalons.directory.models import PlaceList


class Command(BaseCommand):
    help = "Write a list of places in the national schema, as CSV or JSON."

    def add_arguments(self, parser):
        parser.add_argument("list", help="name of the list")
        parser.add_argument("file", type=Path, help="ends in .csv or .json")
        parser.add_argument(
            "--services",
            type=Path,
            help="write data·inclusion v1: structures in FILE, services in this one",
        )
        parser.add_argument(
            "--with-persons",
            action="store_true",
            help="with the contacts of professionals, for whoever answers for the list",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *, file: Path, **options):
        place_list = PlaceList.objects.filter(name=options["list"]).first()
        if place_list is None:
            known = PlaceList.objects.order_by("name").values_list("name", flat=True)
            message = _("No list has the name “%(name)s”. Those known: %(known)s.")
            details = {"name": options["list"], "known": ", ".join(known)}
            raise CommandError(message % details)
        if options["services"]:
            if options["with_persons"]:
                message = _(
                    "data·inclusion is read by everybody: no person’s contact goes "
                    "there. Leave out --with-persons, or --services."
                )
                raise CommandError(message)
            self._write_inclusion(place_list, file, options)
            return
        count = place_list.places.in_their_list().count()
        if not options["dry_run"]:
            rows = rows_of(place_list, with_persons=options["with_persons"])
            blocks = json_blocks if file.suffix.lower() == ".json" else csv_blocks
            with file.open("w", encoding="utf-8", newline="") as written:
                written.writelines(blocks(rows))
        self.stdout.write(_("Places written: %(n)d.") % {"n": count})

    def _write_inclusion(self, place_list: PlaceList, file: Path, options) -> None:
        """The two files of data·inclusion; a description too short is counted."""
        structures, short = 0, 0
        for row in structures_of(place_list):
            structures += 1
            short += len(str(row["description"])) < LEAST_DESCRIPTION
        services = sum(1 for _row in services_of(place_list))
        if not options["dry_run"]:
            for path, rows in (
                (file, structures_of(place_list)),
                (options["services"], services_of(place_list)),
            ):
                with path.open("w", encoding="utf-8") as written:
                    written.writelines(json_array(rows))
        said = _(
            "Structures: %(structures)d. Services: %(services)d. Descriptions shorter "
            "than the %(n)d characters that data·inclusion asks for: %(short)d."
        )
        details = {"structures": structures, "services": services, "short": short}
        self.stdout.write(said % (details | {"n": LEAST_DESCRIPTION}))
