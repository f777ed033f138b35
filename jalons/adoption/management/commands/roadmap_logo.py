"""`jalons roadmap-logo`: the logos of a cover, told, put, replaced, taken away."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.adoption.logos import add_logo, remove_logo
from jalons.adoption.models import Logo
from jalons.documents.images import NotAPicture, picture_of
from jalons.files.commands import reading
from jalons.files.logos import RefusedLogo
from jalons.files.operations import RefusedUpload
from jalons.roadmaps.models import Roadmap
from jalons.spaces.access import find_editor


class Command(BaseCommand):
    help = "Tell the logos of the cover of a roadmap; put, replace or take away one."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="the number in its address")
        parser.add_argument(
            "file",
            type=Path,
            nargs="?",
            help="PNG, JPEG or SVG, 5 MB at most; without it, the logos are told",
        )
        parser.add_argument("--alt", default="", help="whose logo it is, in words")
        parser.add_argument(
            "--remove", type=int, metavar="RANK", help="take this one away: 1, 2…"
        )
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, number, file, alt, by, dry_run, remove, **options):
        roadmap, user = _known(number, by)
        gone = _logo_at(roadmap, remove) if remove is not None else None
        if file and not alt.strip():
            raise CommandError(_("Say whose logo it is."))
        with transaction.atomic():
            if gone and not dry_run:
                remove_logo(gone, by=user)
            if file:
                _put(roadmap, file, alt.strip(), user, dry_run)
        self._tell(roadmap, file, gone, dry_run, options["json"])

    def _tell(self, roadmap, file, gone, dry_run, as_json) -> None:
        logos = list(roadmap.logos.values_list("alt", flat=True))
        if as_json:
            is_written = bool(file or gone) and not dry_run
            told = {"roadmap": roadmap.pk, "logos": logos, "is_written": is_written}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        if dry_run and file:
            self.stdout.write(_("The picture can be read; nothing is written."))
        elif file:
            self.stdout.write(_("The logo is on the cover."))
        for rank, words in enumerate(logos, start=1):
            self.stdout.write(f"{rank}. {words}")


def _put(roadmap: Roadmap, file: Path, alt: str, user: User, dry_run: bool) -> None:
    try:
        with reading(file), file.open("rb") as opened:
            if dry_run:
                picture_of(file.name, opened.read())
            else:
                add_logo(roadmap, File(opened, name=file.name), alt, by=user)
    except (RefusedLogo, RefusedUpload, NotAPicture) as refused:
        raise CommandError(str(refused)) from refused


def _logo_at(roadmap: Roadmap, rank: int) -> Logo:
    """The one that the list tells under this number."""
    logos = list(roadmap.logos.all())
    if not 1 <= rank <= len(logos):
        raise CommandError(_("No logo of the cover has this number."))
    return logos[rank - 1]


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
