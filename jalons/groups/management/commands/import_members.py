"""`jalons import-members`: members of a group, from a CSV, XLSX or ODS file."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.files.commands import reading
from jalons.files.tables import read_table
from jalons.groups import loaders, operations
from jalons.groups.models import Group
from jalons.spaces.access import find_editor


class Command(BaseCommand):
    help = "Add the members of a file to a group of actors."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--group", required=True, type=int, help="number of the group"
        )
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            type=_column,
            metavar="FIELD=COLUMN",
            help=f"which column holds {', '.join(loaders.FIELDS)}; may be repeated",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")
        parser.add_argument("--report", type=Path, help="write the JSON report here")

    def handle(self, *, file, group, by, column, dry_run, report, **options):
        known, user = self._known(group, by)
        with reading(file):
            table = read_table(file, name=file.name)
            with closing(table.rows):
                columns = loaders.columns_of(table, dict(column), name=file.name)
                found = loaders.sort_out(known, table, columns, name=file.name)
        if not dry_run and found.seats:
            operations.import_seats(known, found.seats, by=user)
        told = _report(file.name, found, dry_run)
        text = json.dumps(told, ensure_ascii=False, indent=2)
        if report:
            report.write_text(text, encoding="utf-8")
        self.stdout.write(text if options["json"] else _text(found, dry_run))

    def _known(self, pk: int, email: str) -> tuple[Group, User]:
        """The group, and a member of its space who may fill it."""
        group = Group.objects.select_related("space").filter(pk=pk).first()
        if group is None:
            raise CommandError(_("No group has this number."))
        user = find_editor(email, group.space_id)
        if user is None:
            raise CommandError(_("This address is not that of an editor of the space."))
        return group, user


def _column(said: str) -> tuple[str, str]:
    """`actor=Adhérent`: the field, and the column of the file."""
    name, _equals, column = said.partition("=")
    if name not in loaders.FIELDS or not column:
        raise ArgumentTypeError(f"“{said}”: {'|'.join(loaders.FIELDS)}=COLUMN")
    return name, column


def _text(found: loaders.Sorted, dry_run: bool) -> str:
    lines = [_("Dry run: nothing is written.")] if dry_run else []
    counts = _("%(rows)d lines read: %(added)d to add, %(known)d known, %(left)d left.")
    told = {
        "rows": found.line_count,
        "added": len(found.seats),
        "known": len(found.known),
        "left": len(found.refused),
    }
    lines.append(counts % told)
    for one in (*found.refused, *found.known):
        line = _("line %(line)d, %(value)s: %(reason)s")
        where = {"line": one.line, "value": one.value, "reason": one.reason}
        lines.append(line % where)
    return "\n".join(lines)


def _report(name: str, found: loaders.Sorted, dry_run: bool) -> dict[str, object]:
    return {
        "file": name,
        "dry_run": dry_run,
        "lines": found.line_count,
        "added": len(found.seats),
        "unread_columns": found.unread_columns,
        "known": [asdict(one) for one in found.known],
        "refused": [asdict(one) for one in found.refused],
    }
