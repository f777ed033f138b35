"""`jalons import-contributions`: what actors give, from a CSV, XLSX or ODS file."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.coordination.loaders import Sorted, read_contributions
from jalons.coordination.operations import import_contributions
from jalons.files.tables import UnreadableFile, read_table
from jalons.spaces.access import find_editor
from jalons.spaces.models import Space


class Command(BaseCommand):
    help = "Load the contributions of a file into the register of a space."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--space", required=True, type=int, help="its number")
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *, file, space, by, dry_run, **options):
        known, user = _known(space, by)
        try:
            table = read_table(file, name=file.name)
            with closing(table.rows):
                found = read_contributions(known, table, name=file.name)
        except OSError as error:
            message = _("%(file)s cannot be opened: check its name and its rights.")
            raise CommandError(message % {"file": file}) from error
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        is_written = not dry_run and not found.refused
        if is_written:
            import_contributions(known, found.rows, by=user)
        told = _report(file.name, found, is_written=is_written)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        if found.refused:
            raise CommandError(_("Nothing is written: correct the lines refused."))


def _known(pk: int, email: str) -> tuple[Space, User]:
    """The space, and somebody who may import into it."""
    space = Space.objects.select_related("territory").filter(pk=pk).first()
    if space is None:
        raise CommandError(_("No space has this number."))
    user = find_editor(email, pk)
    if user is None:
        raise CommandError(_("This address is not that of an editor of the space."))
    return space, user


def _report(name: str, found: Sorted, *, is_written: bool) -> dict[str, object]:
    return {
        "file": name,
        "written": is_written,
        "lines": found.line_count,
        "contributions": len(found.rows),
        "unread_columns": found.unread_columns,
        "refused": [asdict(one) for one in found.refused],
    }
