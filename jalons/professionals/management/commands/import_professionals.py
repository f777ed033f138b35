"""`jalons import-professionals`: people of the actors of a space, from a file."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.files.commands import reading
from jalons.professionals.loaders import import_people
from jalons.spaces.access import find_editor
from jalons.spaces.models import Space


class Command(BaseCommand):
    help = "Note the people of a file; each one who has an address is told by mail."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--space", required=True, type=int, help="number of the space"
        )
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *, file: Path, space: int, by: str, dry_run: bool, **options):
        user = find_editor(by, space)
        found = Space.objects.filter(pk=space).first()
        if user is None or found is None:
            raise CommandError(_("This address is not that of an editor of the space."))
        with reading(file):
            noted = import_people(found, file, file.name, by=user, dry_run=dry_run)
        said = {"file": file.name, "dry_run": dry_run, **noted.as_json()}
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
