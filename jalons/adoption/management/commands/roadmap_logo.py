"""`jalons roadmap-logo`: a logo put on the cover of a roadmap, as its page does."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.adoption.logos import RefusedLogo, add_logo
from jalons.documents.images import NotAPicture, picture_of
from jalons.files.operations import RefusedUpload
from jalons.roadmaps.models import Roadmap
from jalons.spaces.access import find_editor


class Command(BaseCommand):
    help = "Put the logo of a sponsor or funder on the cover of a roadmap."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="the number in its address")
        parser.add_argument("file", type=Path, help="PNG, JPEG or SVG, 5 MB at most")
        parser.add_argument("--alt", required=True, help="whose logo it is, in words")
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, number, file, alt, by, dry_run, **options):
        roadmap, user = _known(number, by)
        if not alt.strip():
            raise CommandError(_("Say whose logo it is."))
        try:
            with file.open("rb") as opened:
                given = File(opened, name=file.name)
                if dry_run:
                    picture_of(file.name, opened.read())
                else:
                    add_logo(roadmap, given, alt.strip(), by=user)
        except OSError as error:
            message = _("%(file)s cannot be opened: check its name and its rights.")
            raise CommandError(message % {"file": file}) from error
        except (RefusedLogo, RefusedUpload, NotAPicture) as refused:
            raise CommandError(str(refused)) from refused
        logos = list(roadmap.logos.values_list("alt", flat=True))
        if options["json"]:
            told = {"roadmap": number, "logos": logos, "is_written": not dry_run}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        elif dry_run:
            self.stdout.write(_("The picture can be read; nothing is written."))
        else:
            self.stdout.write(_("The logo is on the cover."))


def _known(number: int, email: str) -> tuple[Roadmap, User]:
    """The roadmap, and somebody who may write in it."""
    roadmap = Roadmap.objects.filter(pk=number).first()
    if roadmap is None:
        message = _("No roadmap has the number %(number)d.")
        raise CommandError(message % {"number": number})
    user = find_editor(email, roadmap.space_id)
    if user is None:
        raise CommandError(_("This address is not that of an editor of the space."))
    return roadmap, user
