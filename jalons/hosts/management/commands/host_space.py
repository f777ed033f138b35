"""`jalons host-space`: which resource centre answers for this site."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.hosts import operations
from jalons.hosts.access import may_host
from jalons.hosts.models import Host
from jalons.spaces.models import Space


class Command(BaseCommand):
    help = "Tell which resource centre answers for this site, or choose it."

    def add_arguments(self, parser):
        parser.add_argument("space", nargs="?", type=int, help="number of its space")
        parser.add_argument("--json", action="store_true", help="for a program")

    def handle(self, *, space, **options):
        if space is not None:
            _name(space)
        host = Host.objects.select_related("space").first()
        if options["json"]:
            told = {
                "host": host and {"space": host.space_id, "name": host.space.name},
                "centres": list(may_host().values("pk", "name")),
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(
            _("“%(name)s” answers for this site.") % {"name": host.space.name}
            if host
            else _("No resource centre answers for this site yet.")
        )
        for one in may_host():
            self.stdout.write(f"{one.pk}. {one.name}")


def _name(pk: int) -> None:
    found = Space.objects.filter(pk=pk).first()
    if found is None:
        raise CommandError(_("No space has this number."))
    try:
        operations.name_host(found, by=None)
    except operations.NotACentre:
        message = _(
            "Only a resource centre that is recognised may answer for the site."
        )
        raise CommandError(message) from None
