"""`jalons list-alike-actors`: what may be one body under two names, team by team."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.actors.models import Actor, ToldApart
from jalons.actors.resembling import doubts_of, told_apart
from jalons.spaces.models import Space


class Command(BaseCommand):
    help = "List the actors of teams that may be one body under two names."

    def add_arguments(self, parser):
        parser.add_argument("--space", type=int, help="number of one space")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, **options):
        told = [_told_of(space) for space in _spaces(options["space"])]
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for one in told:
            for pair in one["pairs"]:
                line = f"{one['name']}: {pair['ours']['name']} / "
                line += f"{pair['theirs']['name']} ({pair['theirs']['team']})"
                self.stdout.write(line)
        said = _("Pairs: %(pairs)d. Said to be two bodies: %(apart)d.")
        counts = {
            "pairs": sum(len(one["pairs"]) for one in told),
            "apart": sum(len(one["told_apart"]) for one in told),
        }
        self.stdout.write(said % counts)


def _spaces(pk: int | None) -> list[Space]:
    found = Space.objects.select_related("territory").order_by("pk")
    if pk is None:
        return list(found)
    spaces = list(found.filter(pk=pk))
    if not spaces:
        raise CommandError(_("There is no space %(number)s.") % {"number": pk})
    return spaces


def _told_of(space: Space) -> dict:
    return {
        "space": space.pk,
        "name": space.name,
        "pairs": [
            {"ours": _actor(one.ours), "theirs": _actor(one.theirs)}
            for one in doubts_of(space)
        ],
        "told_apart": [_decision(one) for one in told_apart(space)],
    }


def _actor(one: Actor) -> dict:
    return {
        "pk": one.pk,
        "name": one.name,
        "commune": one.commune_id,
        "team": one.space.name,
    }


def _decision(one: ToldApart) -> dict:
    return {
        "ours": _actor(one.ours),
        "theirs": _actor(one.theirs),
        "told_at": one.told_at.isoformat(),
        "told_by": one.told_by_id,
    }
