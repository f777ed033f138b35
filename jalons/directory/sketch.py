"""The places found, drawn around the point where one looks."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.directory.figures import KM_PER_DEGREE, Point, Wanted
from jalons.directory.lines import Line
from jalons.directory.nearby import Near, Nearby
from jalons.drawing.skins import PAGE
from jalons.drawing.spots import Spot, Town, surroundings
from jalons.drawing.svg import Plate
from jalons.territories.models import Territory

# Names enough to find one's way, few enough not to cover each other.
TOWNS = 7
# Distances at which the drawing is framed: the nearest that holds the page.
FRAMES_KM = (1, 2, 5, 10, 20, 50, 100)
# Names closer than this share of the distance would be written one over the other.
APART = 0.16


def sketch_of(
    wanted: Wanted, near: Nearby, lines: Sequence[Line], is_simulated: bool
) -> SafeString | None:
    """Numbers are those of the list; the other places found are dots."""
    if wanted.centre is None:
        return None
    shown = {line.place.pk: line.number for line in lines}
    page: list[Near] = near[: max(shown.values())]
    furthest = max(one.km for one in page)
    km = next(one for one in (*FRAMES_KM, wanted.km) if one >= furthest)
    spots = [
        Spot(one.longitude, one.latitude, shown.get(one.pk))
        for one in reversed(near.within(km))
    ]
    plate = Plate(
        svg_id="around",
        title=_("Places found around %(place)s")
        % {"place": wanted.address or wanted.commune.name},
        description=_(
            "Numbers are those of the list, which says the same; circles are "
            "distances as the crow flies. North is up."
        ),
        watermark=_("SIMULATED") if is_simulated else None,
    )
    towns = _towns(wanted.centre, km)
    return surroundings(wanted.centre, km, spots, towns, plate, PAGE)


def _towns(centre: Point, km: float) -> list[Town]:
    """The most populated communes of the circle, apart from each other."""
    longitude, latitude = centre
    up = km / KM_PER_DEGREE
    across = up / cos(radians(latitude))
    rows = (
        Territory.objects.communes()
        .current()
        .filter(
            longitude__range=(longitude - across * 0.8, longitude + across * 0.8),
            latitude__range=(latitude - up * 0.9, latitude + up * 0.95),
        )
        .order_by("-population")
        .values_list("longitude", "latitude", "name")[: TOWNS * 6]
    )
    kept: list[Town] = []
    for row in rows:
        town = Town(*row)
        if len(kept) < TOWNS and all(_are_apart(town, one, up, across) for one in kept):
            kept.append(town)
    return kept


def _are_apart(one: Town, other: Town, up: float, across: float) -> bool:
    """Names are wide: side by side they need more room than one under the other."""
    aside = abs(one.longitude - other.longitude) / across
    above = abs(one.latitude - other.latitude) / up
    return aside > APART * 4 or above > APART
