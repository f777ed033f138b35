"""Which territories a survey asks, by default those of its space."""

from __future__ import annotations

import re

from django.db.models import QuerySet

from jalons.territories.models import Territory

SEPARATORS = re.compile(r"[\s,;|]+")


def epci_of(territory: Territory) -> QuerySet[Territory]:
    """The EPCI of a territory: itself, those it holds, or the one that holds it."""
    if territory.kind == Territory.Kind.EPCI:
        return Territory.objects.filter(pk=territory.pk)
    if territory.kind == Territory.Kind.COMMUNE:
        return Territory.objects.epci().containing(territory)
    return Territory.objects.epci().within(territory).order_by("name")


def departements_of(territory: Territory) -> QuerySet[Territory]:
    """The départements of a région; none for a smaller territory."""
    return Territory.objects.departements().within(territory).order_by("name")


def codes_in(text: str) -> list[str]:
    """The codes written in a text, one per line or between commas, each once."""
    return list(dict.fromkeys(code for code in SEPARATORS.split(text) if code))
