"""`jalons bring-back FILE`: the results of a room, into the site they came from."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.files.commands import reading
from jalons.rooms.access import find_outing
from jalons.rooms.bundles import MOST_BYTES, RefusedBundle
from jalons.rooms.merging import Report, bring_back
from jalons.spaces.access import find_editor


class Command(BaseCommand):
    help = "Bring the results of a workshop played without network back into the site."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument(
            "--take-room",
            action="store_true",
            help="where both sides changed, take the room's",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, file, by, take_room, dry_run, **options):
        try:
            with reading(file):
                with file.open("rb") as opened:
                    data = opened.read(MOST_BYTES + 1)
                outing, bundle = find_outing(data)
                user = _editor(by, outing.workshop.meeting.space_id)
                report = bring_back(
                    outing, bundle, by=user, takes_room=take_room, dry_run=dry_run
                )
        except RefusedBundle as refused:
            raise CommandError(f"{file} : {refused.reason}") from refused
        if options["json"]:
            told = report.as_json()
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self._tell(report)

    def _tell(self, report: Report) -> None:
        if report.dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        for name, n in report.added.items():
            told = {"name": name, "n": n}
            self.stdout.write(_("%(name)s: %(n)s added") % told)
        for name, n in report.changed.items():
            told = {"name": name, "n": n}
            self.stdout.write(_("%(name)s: %(n)s changed") % told)
        for one in report.conflicts:
            line = _(
                "%(where)s, %(field)s: “%(site)s” on the site, “%(room)s” in the room"
            )
            told = {"where": one.where, "field": one.field}
            told |= {"site": one.site, "room": one.room}
            self.stdout.write(line % told)


def _editor(email: str, space_pk: int) -> User:
    user = find_editor(email, space_pk)
    if user is None:
        raise CommandError(_("This address is not that of an editor of the space."))
    return user
