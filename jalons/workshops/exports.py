"""Every contribution and every vote as lines, those replaced or withdrawn included."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.workshops.models import Ballot, Item, Workshop


def header() -> list[str]:
    return [
        _("Activity"),
        _("What"),
        _("Round"),
        _("Item number"),
        _("Text or answer"),
        _("Category"),
        _("Change or inertia"),
        _("First name or pseudonym"),
        _("Family"),
        _("Counted"),
        _("Received at"),
    ]


def lines_of(workshop: Workshop) -> Iterator[list[object]]:
    """Ideas first, then votes, in the order in which they came."""
    people = {one.pk: one for one in workshop.participants.all()}
    items = Item.objects.filter(activity__workshop=workshop)
    for one in items.select_related("activity").order_by("activity__position", "pk"):
        who = people.get(one.author_id or 0)
        stands = not (one.withdrawn_at or one.set_aside_at)
        yield [
            one.activity.title,
            _("idea") if who else _("option"),
            "",
            one.number,
            one.text,
            one.get_category_display(),
            one.get_direction_display(),
            who.alias if who else "",
            who.family if who else "",
            _("yes") if stands else _("no"),
            one.added_at,
        ]
    yield from _votes(workshop, people)


def _votes(workshop: Workshop, people: dict) -> Iterator[list[object]]:
    ballots = Ballot.objects.filter(activity__workshop=workshop)
    found = ballots.select_related("activity", "item").order_by("pk")
    for one in found.iterator(500):
        who = people[one.participant_id]
        counts = one.is_current and one.round == one.activity.round
        yield [
            one.activity.title,
            _("vote"),
            one.round,
            one.item.number if one.item else "",
            json.dumps(one.marks, ensure_ascii=False),
            "",
            "",
            who.alias,
            who.family,
            _("yes") if counts else _("no"),
            one.cast_at,
        ]
