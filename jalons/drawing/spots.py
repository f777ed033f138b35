"""Places around a point: rings of distance, numbered places, names to find one's way.

A sketch and not a map: no road, no background, nothing asked of another site. The plane
is tangent at the centre, in hundreds of metres, y downwards; up to 100 km, distances
are right within 1 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from django.utils.formats import number_format
from django.utils.safestring import SafeString

from jalons.drawing import svg
from jalons.drawing.skins import Skin

HUNDREDS_PER_DEGREE = 1111.95
"""Hundreds of metres for one degree of latitude, on the sphere of mean radius."""

LETTERS_ACROSS = 32
"""Heights of a letter along the side of the drawing."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to be drawn: its number in the list, or a dot without one."""

    longitude: float
    latitude: float
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Town:
    """A name written where it lies."""

    longitude: float
    latitude: float
    name: str


def surroundings(
    centre: Point,
    km: float,
    spots: Sequence[Spot],
    towns: Sequence[Town],
    plate: svg.Plate,
    skin: Skin,
) -> SafeString:
    """Rings at the distance asked and at half of it, names under places."""
    half = km * 10 * 1.06
    size = half * 2 / LETTERS_ACROSS
    body = [
        *(_ring(km * share, size, skin) for share in (0.5, 1.0)),
        *(_town(town, centre, size, skin) for town in towns),
        _dots([one for one in spots if one.number is None], centre, size, skin),
        *(_numbered(spot, centre, size, skin) for spot in spots if spot.number),
        _cross(size, skin),
    ]
    box = (-half, -half, 2 * half, 2 * half)
    body.append(svg.watermark(plate.watermark, box=box, skin=skin))
    return svg.picture(body, plate, svg.view_box(*box) + ' class="map around"')


def at(spot: Spot | Town, centre: Point) -> Point:
    """Where a place lies on the drawing.

    >>> x, y = at(Town(1.0, 45.0, "Est"), (0.0, 45.0))
    >>> round(x), round(y)
    (786, 0)
    """
    longitude, latitude = centre
    across = HUNDREDS_PER_DEGREE * cos(radians(latitude))
    x = (spot.longitude - longitude) * across
    return x, (latitude - spot.latitude) * HUNDREDS_PER_DEGREE


def _ring(km: float, size: float, skin: Skin) -> str:
    radius = svg.number(km * 10)
    label = number_format(km, decimal_pos=0 if km == int(km) else 1)
    return (
        f'<circle {skin("edge")} cx="0" cy="0" r="{radius}"/>'
        f'<text {skin("km")} x="0" y="{svg.number(size * 1.1 - km * 10)}" '
        f'font-size="{svg.number(size * 0.8)}" text-anchor="middle">{label} km</text>'
    )


def _cross(size: float, skin: Skin) -> str:
    arm = svg.number(size * 0.7)
    return f'<path {skin("cross")} d="M-{arm} 0H{arm}M0-{arm}V{arm}"/>'


def _town(town: Town, centre: Point, size: float, skin: Skin) -> str:
    x, y = at(town, centre)
    where = f'x="{svg.number(x)}" y="{svg.number(y - size * 0.7)}"'
    style = f'font-size="{svg.number(size)}" text-anchor="middle"'
    return f"<text {skin('town')} {where} {style}>{svg.text(town.name)}</text>"


def _dots(spots: Sequence[Spot], centre: Point, size: float, skin: Skin) -> str:
    """The places of the other pages, as one path of round points."""
    points = sorted({tuple(map(round, at(spot, centre))) for spot in spots})
    if not points:
        return ""
    path = "".join(f"M{x} {y}h0" for x, y in points)
    return f'<path {skin("dots")} stroke-width="{svg.number(size * 0.45)}" d="{path}"/>'


def _numbered(spot: Spot, centre: Point, size: float, skin: Skin) -> str:
    x, y = at(spot, centre)
    return (
        f'<circle {skin("pin")} cx="{svg.number(x)}" cy="{svg.number(y)}" '
        f'r="{svg.number(size * 0.8)}"/>'
        f'<text {skin("number")} x="{svg.number(x)}" y="{svg.number(y)}" '
        f'font-size="{svg.number(size * 0.85)}" text-anchor="middle" '
        f'dominant-baseline="central">{spot.number}</text>'
    )
