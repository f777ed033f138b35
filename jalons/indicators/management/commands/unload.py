"""`jalons unload SOURCE --vintage 2021`: take files of figures back."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.indicators import undoing
from jalons.indicators.models import Release
from jalons.indicators.undoing import CannotBeUndone, Undoing


class Command(BaseCommand):
    help = (
        "Take back the files loaded of a source for a vintage: what they gave goes "
        "away, what they replaced returns. Once more changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", metavar="SOURCE")
        parser.add_argument("--vintage", required=True, help="2021, or 2024-08")
        parser.add_argument("--file", default="", help="one file only, by its name")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, source, vintage, file, dry_run, json: bool, **options):
        found = Release.objects.filter(
            source=source, vintage=vintage, retrieved_at__isnull=False
        )
        found = found.filter(name=file) if file else found
        try:
            done = [_undone(one, dry_run) for one in found.order_by("pk")]
        except CannotBeUndone as error:
            raise CommandError(str(error)) from error
        known = [one for one in done if one is not None]
        self.stdout.write(_as_json(known, dry_run) if json else _as_text(known))


def _undone(release: Release, is_dry_run: bool) -> Undoing | None:
    if is_dry_run:
        return undoing.undoing_of(release)
    return undoing.undo_release(release, by=None)


def _as_json(done: list[Undoing], is_dry_run: bool) -> str:
    report = {"dry_run": is_dry_run, "files": [asdict(one) for one in done]}
    return json.dumps(report, ensure_ascii=False)


def _as_text(done: list[Undoing]) -> str:
    if not done:
        return _("No file to take back.")
    return "\n".join(line for one in done for line in _lines(one))


def _lines(one: Undoing) -> list[str]:
    told = {"file": one.file, "n": one.figures, "vintage": one.vintage}
    lines = [_("%(file)s, %(vintage)s: %(n)d figures taken back.") % told]
    if one.returns:
        back = {"file": one.returns, "n": one.returning}
        lines.append(_("%(file)s returns: %(n)d figures.") % back)
    return lines
