"""`jalons export-exchanges`: contacts of a resource centre and what it gave, as CSV."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.files.exports import csv_blocks
from jalons.network.history import header, history_of, lines_of
from jalons.spaces.models import Space


class Command(BaseCommand):
    help = "Write the contacts and the support given by a resource centre as CSV."

    def add_arguments(self, parser):
        parser.add_argument("--space", required=True, type=int, help="its number")
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *, space, output, **options):
        centre = Space.Kind.RESOURCE_CENTRE
        known = Space.objects.filter(pk=space, kind=centre).first()
        if known is None:
            raise CommandError(_("No resource centre has this number."))
        rows = list(history_of(known))
        is_simulated = any(one.is_simulated for one in rows)
        blocks = csv_blocks(header(), lines_of(rows), is_simulated=is_simulated)
        try:
            with output.open("w", encoding="utf-8", newline="") as written:
                output.chmod(0o600)
                written.writelines(blocks)
        except OSError as error:
            message = _("%(file)s cannot be written: check its folder and its rights.")
            raise CommandError(message % {"file": output}) from error
        words = _("Exchanges written: %(n)d.") % {"n": len(rows)}
        self.stdout.write(words)
