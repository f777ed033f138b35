"""One drawing of each kind, with everything that its colours tell."""

from __future__ import annotations

from collections.abc import Callable

from jalons.drawing import charts, codes, figures, legends, quadrants, spots
from jalons.drawing.clouds import Placed, draw_cloud
from jalons.drawing.flows import Box, Column, draw_flow
from jalons.drawing.grids import STEPS, Axes, draw_grid
from jalons.drawing.hubs import draw_hub
from jalons.drawing.maps import Area, Category, Frame, Shape, choropleth
from jalons.drawing.passages import draw_passages
from jalons.drawing.patterns import PATTERNS
from jalons.drawing.skins import CLASS_FILLS, Skin
from jalons.drawing.svg import Plate
from jalons.drawing.timelines import Group, Legend, draw_timeline
from tests.drawing import test_charts, test_hubs, test_timelines

PLATE = Plate("essai", "Un dessin", "Ce qu’il montre, en une phrase.", "SIMULÉ")
LEVELS = ("Peu", "Assez", "Avancé", "Très")
CORNERS = ("À lever", "À saisir", "À garder", "À suivre")
STATES = ("planned", "under_way", "done", "stopped")
STOPPED = test_timelines.Row(
    5, "Ôter", "arrêtée", "stopped", False, *test_timelines.SECOND
)


def a_map(skin: Skin) -> str:
    fills = (*CLASS_FILLS, *PATTERNS)
    kinds = [Category(fill, f"Classe {fill}", fill) for fill in fills]
    areas = [
        Area(Shape(fill, fill, f"M{place * 100} 0h100v100h-100z"), fill, fill)
        for place, fill in enumerate(fills)
    ]
    return choropleth(Frame(0, 0, 700, 100), areas, kinds, PLATE, skin)


def some_surroundings(skin: Skin) -> str:
    here = [spots.Spot(0.1, 45.1, 1), spots.Spot(0.2, 45.0)]
    towns = [spots.Town(0.1, 45.0, "Périgueux")]
    return spots.surroundings((0.1, 45.0), 20, here, towns, PLATE, skin)


def a_timeline(skin: Skin) -> str:
    words = Legend([(one, one) for one in STATES], "en retard", "une date", "attend")
    groups = [Group("1.a Accueillir", [*test_timelines.ROWS, STOPPED])]
    return draw_timeline(groups, test_timelines.AXIS, words, PLATE, skin)


def a_flow(skin: Skin) -> str:
    first = Column("Sources", [Box("a", "Atelier"), Box("b", "Partie", (), True)])
    return draw_flow([first, Column("Actions", [Box("c", "Bus", "ab")])], PLATE, skin)


def a_grid(skin: Skin) -> str:
    steps = [f"pas {step}" for step in STEPS]
    axes = Axes("Effort", "Effet", steps, steps)
    return draw_grid(axes, {(1, 5): ["1.a"], (5, 1): ["1.b"]}, PLATE, skin)


def some_passages(skin: Skin) -> str:
    counts = [[3, 1, 0, 0], [0, 3, 1, 0], [0, 1, 3, 1], [0, 0, 1, 3]]
    return draw_passages(LEVELS, counts, ("Avant", "Après"), PLATE, skin)


def a_square(skin: Skin) -> str:
    square = quadrants.Square("Maîtrise", "Impact", CORNERS, 3, 3)
    points = [quadrants.Point("1", 2, 4, (1, 3), (3, 5))]
    return quadrants.draw_quadrants(square, points, PLATE, skin)


INTERVAL = charts.Interval(0.18, 0.09, 0.34)
SAMPLES: dict[str, Callable[[Skin], str]] = {
    "charts.share_bar": lambda skin: charts.share_bar(0.5, skin),
    "charts.whisker": lambda skin: charts.whisker(INTERVAL, skin, reference=0.2),
    "clouds.draw_cloud": lambda skin: draw_cloud([Placed("Bus", 1)], PLATE, skin),
    "codes.qr_code": lambda _skin: codes.qr_code("https://a.fr", "Un code", scale=2),
    "figures.figure": lambda skin: figures.figure(test_charts.ROWS, PLATE, skin),
    "flows.draw_flow": a_flow,
    "grids.draw_grid": a_grid,
    "hubs.draw_hub": lambda skin: draw_hub(
        "Chantier", test_hubs.CORNERS, test_hubs.LEGEND, PLATE, skin
    ),
    "legends.swatch": lambda skin: legends.swatch("hatched", skin),
    "maps.choropleth": a_map,
    "passages.draw_passages": some_passages,
    "quadrants.draw_quadrants": a_square,
    "spots.surroundings": some_surroundings,
    "timelines.draw_timeline": a_timeline,
}
