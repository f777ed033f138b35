"""`jalons unload SOURCE --vintage 2021`: take files of figures back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
        done: list[Undoing | None] = []
        stay: list[str] = []
        try:
            for one in found.order_by("pk"):
                if undoing.has_returned(one):
                    stay.append(one.name)
                else:
                    done.append(_undone(one, dry_run))
        except CannotBeUndone as error:
            raise CommandError(str(error)) from error
        known = [one for one in done if one is not None]
        if json:
            self.stdout.write(_as_json(known, stay, dry_run))
            return
        self.stdout.write("\n".join(_text(known, stay, dry_run)))


def _undone(release: Release, is_dry_run: bool) -> Undoing | None:
    if is_dry_run:
        return undoing.undoing_of(release)
    return undoing.undo_release(release, by=None)


def _as_json(done: list[Undoing], stay: list[str], is_dry_run: bool) -> str:
    files = [asdict(one) for one in done]
    report = {"dry_run": is_dry_run, "files": files, "stay": stay}
    return json.dumps(report, ensure_ascii=False)


def _text(done: list[Undoing], stay: list[str], is_dry_run: bool) -> Iterator[str]:
    if not done:
        yield _("No file to take back.")
    elif is_dry_run:
        yield _("Nothing is changed. Taking back would do this:")
    for one in done:
        yield from _lines(one)
    for name in stay:
        message = _(
            "%(file)s stays: it came back when another file was taken back, and "
            "nothing is kept behind it. Its page takes it away."
        )
        yield message % {"file": name}


def _lines(one: Undoing) -> Iterator[str]:
    message = ngettext(
        "%(file)s, %(vintage)s: %(n)d figure taken back.",
        "%(file)s, %(vintage)s: %(n)d figures taken back.",
        one.figures,
    )
    yield message % {"file": one.file, "n": one.figures, "vintage": one.vintage}
    if one.returns:
        message = ngettext(
            "%(file)s returns: %(n)d figure.",
            "%(file)s returns: %(n)d figures.",
            one.returning,
        )
        yield message % {"file": one.returns, "n": one.returning}
