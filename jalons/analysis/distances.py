"""Kilometres, as the crow flies, from each point to the nearest of some places.

Points are put on the sphere in three dimensions, where the nearest is that of largest
dot product: distance = R acos(a · b). R is the mean radius of the Earth, 6 371.0088 km
(IUGG, 1980). Errors under 0.6 %, since the Earth is not a sphere.

Not valid for travel: neither roads, nor rivers, nor opening hours.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
RADIUS_KM = 6_371.0088
# Rows compared at once: a block of 500 points and 20 000 places weighs 80 MB.
BLOCK = 500
# Under a hundred metres, the arc cosine is only rounding.
SAME_PLACE_KM = 0.1


def nearest_km(points: ArrayLike, places: ArrayLike) -> Array:
    """Distance from each point to its nearest place; rows are longitude, latitude.

    NaN everywhere when there is no place.

    >>> nearest_km([[0.0, 0.0]], [[0.0, 1.0], [0.0, 10.0]]).round(1).tolist()
    [111.2]
    """
    here, there = _on_sphere(points), _on_sphere(places)
    if not len(there):
        return np.full(len(here), np.nan)
    cosines = np.empty(len(here))
    for start in range(0, len(here), BLOCK):
        block = here[start : start + BLOCK]
        products = np.clip(block @ there.T, -1, 1)
        cosines[start : start + BLOCK] = products.max(axis=1)
    arcs: Array = np.arccos(cosines) * RADIUS_KM
    return np.where(arcs < SAME_PLACE_KM, 0.0, arcs)


def km_from(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres between two points, longitude then latitude, by the haversine.

    >>> round(km_from((0.0, 0.0), (0.0, 1.0)), 1)
    111.2
    """
    across, up = (radians(b - a) for a, b in zip(here, there, strict=True))
    cosines = cos(radians(here[1])) * cos(radians(there[1]))
    chord = sin(up / 2) ** 2 + cosines * sin(across / 2) ** 2
    return 2 * RADIUS_KM * asin(sqrt(min(1.0, chord)))


def _on_sphere(degrees: ArrayLike) -> Array:
    longitude, latitude = np.radians(np.reshape(degrees, (-1, 2)).T.astype(np.float64))
    return np.column_stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ]
    )
