"""From longitude and latitude to the flat grid on which maps are drawn.

A frame is a projection with a name. "metropole" is Lambert-93, the legal
projection of metropolitan France: a conformal cone on the GRS80 ellipsoid, with
standard parallels 44° and 49° and the constants published by IGN (algorithms
ALG0001 and ALG0003, NTG 71). Each overseas département has a frame of its own,
named by its code: a local plane tangent at the middle of the island, exact to a
few metres over 100 km and to 0.3 % over the whole of Guyane.

A grid unit is 100 m and y grows southwards, as on a screen. Not for measuring:
areas are computed on the equal-area cylinder of `equal_area_km2`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

GRID_M = 100.0
METROPOLE = "metropole"

# Centre of each overseas frame: longitude, latitude.
OVERSEAS_CENTRES = {
    "971": (-61.5, 16.2),
    "972": (-61.0, 14.65),
    "973": (-53.1, 4.0),
    "974": (55.53, -21.13),
    "976": (45.15, -12.82),
}

# GRS80 ellipsoid: semi-major axis (m) and first eccentricity.
SEMI_MAJOR_M = 6_378_137.0
ECCENTRICITY = 0.081_819_191_042_8

# Lambert-93: exponent, constant and apex of the cone (m), central meridian.
CONE_EXPONENT = 0.725_607_765_0
CONE_CONSTANT_M = 11_754_255.426
APEX_EASTING_M = 700_000.0
APEX_NORTHING_M = 12_655_612.050
CENTRAL_MERIDIAN = 3.0


def frame_of(code: str) -> str:
    """The frame of a commune or a département, by its code."""
    return code[:3] if code[:3] in OVERSEAS_CENTRES else METROPOLE


def to_grid(frame: str, longitude: ArrayLike, latitude: ArrayLike) -> Array:
    """Columns x and y in grid units, not rounded, of points given in degrees."""
    if frame == METROPOLE:
        easting, northing = _lambert_93(np.asarray(longitude), np.asarray(latitude))
    else:
        centre = OVERSEAS_CENTRES[frame]
        easting, northing = _tangent(
            np.asarray(longitude), np.asarray(latitude), centre
        )
    return np.column_stack([easting / GRID_M, -northing / GRID_M])


def equal_area_km2(longitude: ArrayLike, latitude: ArrayLike) -> Array:
    """Columns x and y in km on a cylinder that keeps areas (Lambert, 1772)."""
    sine = np.sin(np.radians(latitude))
    e = ECCENTRICITY
    # Twice the area of the zone between the equator and the latitude, over a².
    zone = (1 - e**2) * (sine / (1 - (e * sine) ** 2) + np.arctanh(e * sine) / e)
    scale = SEMI_MAJOR_M / 1000
    return np.column_stack([np.radians(longitude) * scale, zone * scale / 2])


def _lambert_93(longitude: Array, latitude: Array) -> tuple[Array, Array]:
    sine = np.sin(np.radians(latitude))
    isometric = np.arctanh(sine) - ECCENTRICITY * np.arctanh(ECCENTRICITY * sine)
    radius = CONE_CONSTANT_M * np.exp(-CONE_EXPONENT * isometric)
    angle = CONE_EXPONENT * np.radians(longitude - CENTRAL_MERIDIAN)
    return (
        APEX_EASTING_M + radius * np.sin(angle),
        APEX_NORTHING_M - radius * np.cos(angle),
    )


def _tangent(
    longitude: Array, latitude: Array, centre: tuple[float, float]
) -> tuple[Array, Array]:
    centre_longitude, centre_latitude = centre
    phi = np.radians(centre_latitude)
    curvature = 1 - (ECCENTRICITY * np.sin(phi)) ** 2
    across_m = SEMI_MAJOR_M / np.sqrt(curvature) * np.cos(phi)
    along_m = SEMI_MAJOR_M * (1 - ECCENTRICITY**2) / curvature**1.5
    return (
        np.radians(longitude - centre_longitude) * across_m,
        np.radians(latitude - centre_latitude) * along_m,
    )
