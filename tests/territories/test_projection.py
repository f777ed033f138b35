from __future__ import annotations

import numpy as np
import pytest

from jalons.territories import projection

EARTH_KM2 = 510_065_621.7  # area of the GRS80 ellipsoid


def test_lambert_93_has_its_origin_at_3_degrees_east_and_46_30_north():
    ((x, y),) = projection.to_grid("metropole", [3.0], [46.5])

    assert (pytest.approx(x), pytest.approx(y, abs=1e-4)) == (7_000, -66_000)


@pytest.mark.parametrize(
    ("longitude", "latitude", "easting", "northing"),
    # Paris and the north of Corsica, as PROJ 9 computes them (EPSG:4171 to 2154).
    [(2.3522, 48.8566, 652_469, 6_862_035), (9.45, 42.7, 1_228_546, 6_199_421)],
)
def test_lambert_93_puts_known_points_where_they_are(
    longitude, latitude, easting, northing
):
    ((x, y),) = projection.to_grid("metropole", [longitude], [latitude])

    assert abs(x * 100 - easting) < 1
    assert abs(-y * 100 - northing) < 1


def test_a_hundred_metres_overseas_are_one_unit():
    # One minute of latitude is about 1 843 m near the equator.
    (_, north), (_, south) = projection.to_grid(
        "973", [-53.1, -53.1], [4.0, 4.0 + 1 / 60]
    )

    assert pytest.approx(north - south, abs=0.01) == 18.43


def test_each_overseas_departement_has_its_frame():
    codes = ["97411", "974", "33063", "2A004", "97501"]

    frames = [projection.frame_of(code) for code in codes]

    assert frames == ["974", "974", "metropole", "metropole", "metropole"]


def test_the_equal_area_cylinder_keeps_the_area_of_the_earth():
    corners = projection.equal_area_km2([-180, 180], [-90, 90])

    width, height = np.ptp(corners, axis=0)

    assert pytest.approx(width * height, rel=1e-9) == EARTH_KM2
