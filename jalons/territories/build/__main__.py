"""`python -m jalons.territories.build`: write `data/reference` again.

With `--france`, write instead the contours of all the communes of France in the folder
of downloaded files (JALONS_DATA_DIR): too heavy to come with the project, they are read
by `jalons load-reference` when they are there.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import shapely

from jalons.territories import projection
from jalons.territories.build import contours, divisions, packages, vintages
from jalons.territories.build.contours import Place, Polygons
from jalons.territories.build.divisions import Divisions
from jalons.territories.build.files import write_csv

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ROOT / "var" / "packages"
REFERENCE = ROOT / "data" / "reference"
VINTAGE = 2026
# The region whose communes are drawn without any download.
HOME_REGION = "R75"

OUTLINE = ("code", "vintage", "frame", "min_x", "min_y", "max_x", "max_y", "path")
PLACE = ("population", "area_km2", "longitude", "latitude")


def main() -> None:
    years = {
        year: divisions.read(packages.unpack(package, PACKAGES))
        for year, package in packages.YEARS.items()
    }
    france = years[VINTAGE]
    polygons = _polygons(packages.unpack(packages.CONTOURS, PACKAGES), france)
    if "--france" in sys.argv:
        folder = Path(os.environ.get("JALONS_DATA_DIR", ROOT / "var" / "data"))
        folder.mkdir(parents=True, exist_ok=True)
        everywhere = {commune.region for commune in france.communes} - {""}
        _write_commune_contours(
            folder / "contours_communes.csv.gz", polygons, france, everywhere
        )
        return
    places = _places(polygons, france)
    REFERENCE.mkdir(parents=True, exist_ok=True)
    _write_communes(france, places)
    _write_groups(france, places)
    _write_former_codes(france)
    _write_contours(polygons, france)
    home = REFERENCE / f"contours_communes_{HOME_REGION.removeprefix('R')}.csv.gz"
    _write_commune_contours(home, polygons, france, {HOME_REGION})
    vintages.write(REFERENCE, years)


def _polygons(package: Path, france: Divisions) -> Polygons:
    drawn = contours.read_communes(package)
    gaps = contours.find_gaps(drawn, contours.read_cantons(package))
    filled, received = contours.fill_gaps(
        drawn, gaps, france.communes, contours.delegated_codes(package)
    )
    print(f"{len(received)} communes received {sum(received.values()):.0f} km².")
    without = [c.code for c in france.communes if c.code not in filled]
    print(f"{len(without)} communes have no contour: {', '.join(without)}.")
    return contours.clean(filled)


def _places(polygons: Polygons, france: Divisions) -> dict[str, Place]:
    """Centre and area of every territory, by code."""
    places = {code: contours.place(polygon) for code, polygon in polygons.items()}
    parts = defaultdict(list)
    for commune in france.communes:
        if commune.code in places:
            for group in {commune.epci, commune.departement, commune.region} - {""}:
                parts[group].append(places[commune.code])
    return places | {code: contours.gather(each) for code, each in parts.items()}


def _place(population: int, place: Place | None) -> tuple:
    if place is None:
        return (population, "", "", "")
    return (
        population,
        round(place.area_km2, 2),
        round(place.longitude, 4),
        round(place.latitude, 4),
    )


def _write_communes(france: Divisions, places: Mapping[str, Place]) -> None:
    write_csv(
        REFERENCE / "communes.csv.gz",
        ("code", "name", "departement", "region", "epci", *PLACE, "postcodes"),
        (
            (c.code, c.name, c.departement, c.region, c.epci)
            + _place(c.population, places.get(c.code))
            + (" ".join(c.postcodes),)
            for c in france.communes
        ),
    )


def _write_groups(france: Divisions, places: Mapping[str, Place]) -> None:
    for name, groups in (
        ("epci", france.epci),
        ("departements", france.departements),
        ("regions", france.regions),
    ):
        write_csv(
            REFERENCE / f"{name}.csv",
            ("code", "name", "departement", "region", *PLACE),
            (
                (g.code, g.name, g.departement, g.region)
                + _place(g.population, places[g.code])
                for g in groups
            ),
        )


def _write_former_codes(france: Divisions) -> None:
    pairs = ((old, c.code) for c in france.communes for old in c.former_codes)
    write_csv(REFERENCE / "former_communes.csv.gz", ("code", "became"), sorted(pairs))


def _write_contours(polygons: Polygons, france: Divisions) -> None:
    rows = [
        row
        for frame in (projection.METROPOLE, *projection.OVERSEAS_CENTRES)
        for row in _outlines(_dissolve(polygons, france, frame), frame)
    ]
    write_csv(REFERENCE / "contours.csv.gz", OUTLINE, rows)


def _write_commune_contours(
    path: Path, polygons: Polygons, france: Divisions, regions: Collection[str]
) -> None:
    """Communes of some régions, simplified together so that borders are shared."""
    rows: list[tuple] = []
    for frame in (projection.METROPOLE, *projection.OVERSEAS_CENTRES):
        parts = {
            commune.code: [commune.code]
            for commune in france.communes
            if commune.region in regions
            and commune.code in polygons
            and projection.frame_of(commune.code) == frame
        }
        if parts:
            rows += _outlines(contours.simplify(polygons, parts, frame), frame)
    write_csv(path, OUTLINE, rows)
    print(f"{path.name}: {len(rows)} communes, {path.stat().st_size:,} bytes.")


def _outlines(shapes: Mapping[str, shapely.Geometry], frame: str) -> Iterable[tuple]:
    for code, polygon in sorted(shapes.items()):
        line = contours.outline(polygon)
        box = (line.min_x, line.min_y, line.max_x, line.max_y)
        yield (code, VINTAGE, frame, *box, line.path)


def _dissolve(
    polygons: Polygons, france: Divisions, frame: str
) -> dict[str, shapely.Geometry]:
    """Simplified EPCI, départements and régions of one frame."""
    parts = defaultdict(list)
    for commune in france.communes:
        if commune.code in polygons and projection.frame_of(commune.code) == frame:
            groups = (commune.epci, commune.departement, commune.region)
            parts[groups].append(commune.code)
    simple = contours.simplify(polygons, parts, frame)
    wholes = defaultdict(list)
    for groups, polygon in simple.items():
        for group in groups:
            wholes[group].append(polygon)
    wholes.pop("", None)
    return {code: _whole(each) for code, each in wholes.items()}


def _whole(parts: Iterable[shapely.Geometry]) -> shapely.Geometry:
    return shapely.coverage_union_all(list(parts))


if __name__ == "__main__":
    main()
