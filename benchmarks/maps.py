"""The map of the 4 293 communes of a region: its weight, drawing, and painting again.

Drawn: contours read from the database, then the SVG composed. Recoloured: shapes at
hand, only the SVG composed again, with other shades. The peer composes the same SVG
with an XML library (`xml.etree`), which is the plain way; the gate compares the paths
and the words of both. One thread works: its processor time is read, which is the
clock of a machine that is alone. Needs the database of `make setup`.
"""

from __future__ import annotations

import gzip
import os
import time
from statistics import median
from xml.etree import ElementTree as Xml

import django

from benchmarks.driver import Line, show, write

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from jalons.drawing.maps import Category, Frame, Shape  # noqa: E402
from jalons.drawing.svg import Plate  # noqa: E402
from jalons.territories.maps import (  # noqa: E402
    Shade,
    communes_within,
    map_shapes,
    shaded,
)
from jalons.territories.models import Territory  # noqa: E402

NAME = "maps"
REGION = "R75"
REPETITIONS, QUICK_REPETITIONS = 15, 5
# Goals of the project: kilobytes compressed, milliseconds.
KILOBYTES, EPCI_KILOBYTES, DRAWN_MS, RECOLOURED_MS = 300, 60, 300, 20
PLATE = Plate("map", "Communes", "Les communes de la région.")
CATEGORIES = [
    *(Category(f"c{i}", f"Classe {i}", f"c{i}") for i in range(4)),
    Category("secret", "Secret statistique", "hatched"),
]
SECRET = Shade("secret", "secret statistique")


def main(*, quick: bool, full: bool) -> None:
    repetitions = QUICK_REPETITIONS if quick else REPETITIONS
    region = Territory.objects.get(code=REGION)
    frame, shapes = map_shapes(Territory.objects.communes().within(region))
    if not shapes:
        raise SystemExit("No contour of communes: run `make setup`.")
    shades = make_shades(shapes, 0)
    ours = shaded(frame, shapes, shades, SECRET, CATEGORIES, PLATE)
    _gate(ours, plain(frame, shapes, shades))
    drawn = _milliseconds(
        lambda: communes_within(region, shades, SECRET, CATEGORIES, PLATE), repetitions
    )
    others = make_shades(shapes, 1)
    again = _milliseconds(
        lambda: shaded(frame, shapes, others, SECRET, CATEGORIES, PLATE), repetitions
    )
    peer = _milliseconds(lambda: plain(frame, shapes, others), repetitions)
    weight = len(gzip.compress(ours.encode(), 6)) / 1000
    epci = _kilobytes(Territory.objects.filter(kind=Territory.Kind.EPCI).within(region))
    count = f"{len(shapes):,} communes"
    lines = [
        _line(f"{count}, compressed", "kB", weight, KILOBYTES),
        _line(f"{epci[0]} EPCI, compressed", "kB", epci[1], EPCI_KILOBYTES),
        _line(f"{count}, read and drawn", "ms", drawn, DRAWN_MS),
        _line(f"{count}, recoloured", "ms", again, RECOLOURED_MS, "xml.etree", peer),
    ]
    show(lines)
    write(NAME, lines, [])


def _kilobytes(territories) -> tuple[int, float]:
    """How many are drawn, and the weight of their map."""
    frame, shapes = map_shapes(territories)
    text = shaded(frame, shapes, make_shades(shapes, 0), SECRET, CATEGORIES, PLATE)
    return len(shapes), len(gzip.compress(text.encode(), 6)) / 1000


def make_shades(shapes: list[Shape], turn: int) -> dict[str, Shade]:
    """Four classes, and one commune in ten without a value."""
    return {
        shape.code: Shade(f"c{(at + turn) % 4}", f"{at % 97},{at % 10} % (2021)")
        for at, shape in enumerate(shapes)
        if at % 10
    }


def plain(frame: Frame, shapes: list[Shape], shades: dict[str, Shade]) -> str:
    """The same areas through an XML tree."""
    box = f"{frame.min_x} {frame.min_y} {frame.width} {frame.height}"
    root = Xml.Element("svg", {"viewBox": box})
    for shape in shapes:
        shade = shades.get(shape.code, SECRET)
        label = f"{shape.name}: {shade.words}"
        words = {"class": shade.category, "data-label": label, "d": shape.path}
        Xml.SubElement(root, "path", words)
    return Xml.tostring(root, encoding="unicode")


def _gate(ours: str, theirs: str) -> None:
    """Both hold the same contours, in the same order."""
    found = [
        [
            path.get("d")
            for path in Xml.fromstring(text).iter()
            if path.get("data-label")
        ]
        for text in (ours, theirs)
    ]
    if found[0] != found[1]:
        raise SystemExit("maps: the peer does not draw the same contours")
    print(f"maps: jalons and xml.etree draw the same {len(found[0]):,} contours")


def _milliseconds(work, repetitions: int) -> float:
    work()
    times = []
    for _ in range(repetitions):
        began = time.process_time()
        work()
        times.append((time.process_time() - began) * 1000)
    return median(times)


def _line(
    goal: str,
    unit: str,
    value: float,
    target: float,
    peer: str | None = None,
    peer_value: float | None = None,
) -> Line:
    ratio = peer_value / value if peer_value else None
    return Line(goal, unit, value, peer, peer_value, ratio, target, value <= target)
