"""`jalons import-contacts`: people of a list, from a CSV, XLSX or ODS file."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.files.commands import reading
from jalons.files.tables import read_table
from jalons.invitations import loaders, operations
from jalons.invitations.loaders import Completed, Refused, Sorted
from jalons.invitations.models import ContactList
from jalons.spaces.access import find_editor


class Command(BaseCommand):
    help = "Add the people of a file to a list of contacts made beforehand."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--list", required=True, type=int, help="number of the list"
        )
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")
        parser.add_argument("--report", type=Path, help="write the JSON report here")

    def handle(self, *, file, list, by, dry_run, report, **options):
        contact_list, user = self._known(list, by)
        with reading(file):
            entries = loaders.read_rows(
                read_table(file, name=file.name), name=file.name
            )
        found = loaders.sort_out(contact_list, entries)
        if not dry_run:
            operations.add_people(
                contact_list, found.people, completed=found.completed, by=user
            )
        text = json.dumps(
            _report(file.name, found, dry_run), ensure_ascii=False, indent=2
        )
        if report:
            report.write_text(text, encoding="utf-8")
        if options["json"]:
            self.stdout.write(text)
        else:
            self._write_text(found, dry_run)

    def _known(self, pk: int, email: str) -> tuple[ContactList, User]:
        """The list, and a member of its space who may fill it."""
        found = ContactList.objects.select_related("space__territory").filter(pk=pk)
        contact_list = found.first()
        if contact_list is None:
            raise CommandError(_("No list of contacts has this number."))
        user = find_editor(email, contact_list.space_id)
        if user is None:
            raise CommandError(_("This address is not that of an editor of the space."))
        return contact_list, user

    def _write_text(self, found: Sorted, dry_run: bool) -> None:
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        counts = _(
            "%(rows)d lines read: %(added)d to add, %(completed)d completed, "
            "%(known)d known, %(left)d left."
        )
        told = {
            "rows": found.line_count,
            "added": len(found.people),
            "completed": len(found.completed),
            "known": len(found.known) + len(found.differing),
            "left": len(found.refused),
        }
        self.stdout.write(counts % told)
        lines: list[Refused | Completed] = [*found.refused, *found.completed]
        lines += (*found.differing, *found.known)
        for one in lines:
            line = _("line %(line)d, %(value)s: %(reason)s")
            where = {"line": one.entry.line, "value": one.value, "reason": one.reason}
            self.stdout.write(line % where)


def _report(name: str, found: Sorted, dry_run: bool) -> dict[str, object]:
    return {
        "file": name,
        "dry_run": dry_run,
        "lines": found.line_count,
        "added": len(found.people),
        "completed": [
            {"line": one.entry.line, "value": one.value, "fields": list(one.fields)}
            for one in found.completed
        ],
        "known": [_told(one) for one in (*found.differing, *found.known)],
        "refused": [_told(one) for one in found.refused],
    }


def _told(one: Refused) -> dict[str, object]:
    return {
        "line": one.entry.line,
        "field": one.field,
        "value": one.value,
        "reason": one.reason,
        "content": one.entry.text,
    }
