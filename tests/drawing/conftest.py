"""A region of nine square territories, three by three."""

from __future__ import annotations

import pytest

from jalons.drawing.maps import Area, Category, Frame, Shape, choropleth
from jalons.drawing.skins import PAGE
from jalons.drawing.svg import Plate

CATEGORIES = [
    Category("low", "Peu avancé", "c0"),
    Category("high", "Très avancé", "c3"),
    Category("none", "Sans réponse", "hatched"),
    Category("private", "Réponse non publiée", "crossed"),
    Category("secret", "Secret", "dotted"),
]
FRAME = Frame(0, 0, 300, 300)


def square(column: int, row: int) -> Shape:
    path = f"M{column * 100} {row * 100}h100v100h-100z"
    return Shape(f"{row}{column}", f"CC {row}{column}", path)


@pytest.fixture
def areas() -> list[Area]:
    codes = [category.code for category in CATEGORIES]
    return [
        Area(square(column, row), codes[(3 * row + column) % 5], f"CC {row}{column}")
        for row in range(3)
        for column in range(3)
    ]


@pytest.fixture
def draw(areas):
    """Draw the region, any argument of `choropleth` replaced."""

    def drawn(**changes) -> str:
        arguments = {
            "areas": areas,
            "title": "Niveau d’avancement",
            "description": "Carte de neuf territoires",
            "skin": PAGE,
            "map_id": "carte",
            **changes,
        }
        plate = Plate(
            arguments.pop("map_id"),
            arguments.pop("title"),
            arguments.pop("description"),
            arguments.pop("watermark", None),
        )
        skin = arguments.pop("skin")
        shown = arguments.pop("areas")
        return choropleth(FRAME, shown, CATEGORIES, plate, skin, **arguments)

    return drawn


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium",
        "args": options,
    }


@pytest.fixture(scope="session")
def base_url():
    """These pages are written by the tests: nothing is served."""
    return ""
