"""Between which values the EPCI of a département or of a région lie."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jalons.diagnosis.portrait import Spread
from jalons.diagnosis.reference import members
from jalons.territories.models import Territory

Kind = Territory.Kind


def spreads_of(territory: Territory) -> dict[str, Spread]:
    """By indicator; none for a smaller territory."""
    if territory.kind not in (Kind.DEPARTEMENT, Kind.REGION):
        return {}
    peers = members(Kind.EPCI, territory)
    return {
        code: Spread(
            min(values.values()),
            max(values.values()),
            len(values),
            years=", ".join(peers.origins[code].years),
            source=_("; ").join(peers.origins[code].sources),
        )
        for code, values in peers.values.items()
        if values
    }
