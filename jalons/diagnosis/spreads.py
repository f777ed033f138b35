"""Between which values the EPCI of a département or of a région lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from jalons.diagnosis.portrait import Spread
from jalons.diagnosis.reference import members
from jalons.diagnosis.themes import SHOWN
from jalons.indicators.figures import dated
from jalons.indicators.models import Observation
from jalons.territories.models import Territory

Kind = Territory.Kind


def spreads_of(territory: Territory) -> dict[str, Spread]:
    """By indicator; none for a smaller territory."""
    if territory.kind not in (Kind.DEPARTEMENT, Kind.REGION):
        return {}
    peers = members(Kind.EPCI, territory)
    origins = _origins(peers.places)
    return {
        code: Spread(
            min(values.values()), max(values.values()), len(values), *origins[code]
        )
        for code, values in peers.values.items()
        if values
    }


def _origins(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Years and sources of what is loaded of these territories, by indicator."""
    read = Observation.objects.filter(
        indicator__in=SHOWN, territory__in=codes, value__isnull=False
    ).order_by("release__vintage")
    years: dict[str, dict[str, None]] = defaultdict(dict)
    sources: dict[str, dict[str, None]] = defaultdict(dict)
    for code, vintage, title, producer in read.values_list(
        "indicator",
        "release__vintage",
        "release__source__title",
        "release__source__producer",
    ).distinct():
        years[code][dated(vintage)] = None
        sources[code][f"{title}, {producer}"] = None
    return {
        code: (", ".join(years[code]), _("; ").join(sources[code])) for code in years
    }
