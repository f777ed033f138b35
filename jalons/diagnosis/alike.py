"""Territories that resemble one, on criteria that the reader may change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.analysis.observations import Figures
from jalons.analysis.peers import Criterion, Neighbour, nearest
from jalons.diagnosis.reference import Peers
from jalons.diagnosis.words import listed

COUNT = 5
CRITERIA: dict[str, str | Promise] = {
    "population": gettext_lazy("population"),
    "density": gettext_lazy("density"),
    "median_income": gettext_lazy("median standard of living"),
    "share_65_plus": gettext_lazy("share of people aged 65 or more"),
}
LOGARITHMIC = ("population", "density")


@dataclass(frozen=True, slots=True)
class Alike:
    """A territory that resembles, how far it is, and why it was chosen."""

    code: str
    name: str
    distance: float
    reason: str


def alike(
    peers: Peers, code: str, criteria: Sequence[str] = (), count: int = COUNT
) -> list[Alike]:
    """The nearest first; nobody when too little is known of the territory."""
    chosen = [one for one in criteria if one in CRITERIA] or list(CRITERIA)
    usable = [one for one in chosen if _column(peers, one)]
    if code not in peers.places or not usable:
        return []
    found = nearest(
        _table(peers, usable),
        code,
        [Criterion(one, "log" if one in LOGARITHMIC else "plain") for one in usable],
        count,
    )
    return [
        Alike(one.code, peers.places[one.code].name, one.distance, _reason(one))
        for one in found
    ]


def _table(peers: Peers, criteria: Sequence[str]) -> Figures:
    columns = [_column(peers, one) for one in criteria]
    return Figures(
        tuple(peers.places),
        tuple(criteria),
        np.array([[column.get(c, np.nan) for column in columns] for c in peers.places]),
        np.array([place.population or 0 for place in peers.places.values()]),
    )


def _column(peers: Peers, criterion: str) -> dict[str, float]:
    """Known values of a criterion, by code; a logarithm needs them above zero."""
    if criterion == "population":
        return {
            p.code: float(p.population) for p in peers.places.values() if p.population
        }
    if criterion == "density":
        return {
            p.code: p.population / p.area_km2
            for p in peers.places.values()
            if p.population and p.area_km2
        }
    return dict(peers.of(criterion))


def _reason(neighbour: Neighbour) -> str:
    near = [str(CRITERIA[code]) for code in neighbour.near]
    far = [str(CRITERIA[code]) for code in neighbour.far]
    if near and far:
        return _("close by %(near)s; far apart by %(far)s") % {
            "near": listed(near),
            "far": listed(far),
        }
    if near:
        return _("close by %(near)s") % {"near": listed(near)}
    return _("close on the whole, on no criterion in particular")
