"""The map of the 4 293 communes of a region: its weight, drawing, and painting again.

Drawn: contours read from the database, then the SVG composed. Recoloured: shapes at
hand, only the SVG composed again, with other shades. The peer composes the same SVG
with an XML library (`xml.etree`), which is the plain way; the gate compares the paths
and the words of both. One thread works: its processor time is read, which is the
clock of a machine that is alone. Needs the database of `make setup`.

The communes of France in one static file: those whose contours are in JALONS_DATA_DIR
(`python -m jalons.territories.build --france`), else those that come with the project.
"""

from __future__ import annotations

import csv
import gzip
import os
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from xml.etree import ElementTree as Xml

import django

from benchmarks.driver import Line, show, write

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402

from jalons.drawing.maps import Category, Frame, Shape  # noqa: E402
from jalons.drawing.svg import Plate  # noqa: E402
from jalons.territories import pieces  # noqa: E402
from jalons.territories.loaders import (  # noqa: E402
    ALL_COMMUNE_CONTOURS,
    COMMUNE_CONTOURS,
)
from jalons.territories.maps import (  # noqa: E402
    Shade,
    beside_metropolis,
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
# All of France but the few communes of which no contour is known.
COMMUNES = 34_800
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
    drawn = _milliseconds(lambda: _anew(region, shades), repetitions)
    found_again = _milliseconds(
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
        _line(f"{count}, seen again", "ms", found_again, DRAWN_MS),
        _line(f"{count}, recoloured", "ms", again, RECOLOURED_MS, "xml.etree", peer),
        *_one_file(),
    ]
    show(lines)
    write(NAME, lines, [])


def _anew(region: Territory, shades: dict[str, Shade]) -> None:
    caches["drawings"].clear()
    communes_within(region, shades, SECRET, CATEGORIES, PLATE)


def _one_file() -> list[Line]:
    """The file of the map of France: all it holds, and what a reader asks of it."""
    began = time.process_time()
    found = _contours()
    content = pieces.packed(found)
    seconds = time.process_time() - began
    count = sum(map(len, found.values()))
    largest = max(len(pieces.packed({code: found[code]})) for code in found)
    read = pieces.unpacked(content, "33")
    if read != found["33"]:
        raise SystemExit("maps: a département is not read back as it was written")
    none = (None, None, None)
    return [
        Line(
            "communes in one static file",
            "",
            count,
            *none,
            target=COMMUNES,
            reached=count >= COMMUNES,
        ),
        Line("one static file, whole", "kB", len(content) / 1000, *none, None, None),
        _line("largest département read from it", "kB", largest / 1000, KILOBYTES),
        Line("one static file, written", "s", seconds, *none, None, None),
    ]


def _contours() -> dict[str, dict[str, str]]:
    """Paths by département, from the largest file of contours that is here."""
    path = settings.DATA_DIR / ALL_COMMUNE_CONTOURS
    if not path.exists():
        path = Path(settings.REFERENCE_DIR) / "reference" / COMMUNE_CONTOURS
    csv.field_size_limit(10_000_000)
    within = pieces.departement_of()
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            placed = beside_metropolis(row["path"], row["frame"])
            found[within[row["code"]]][row["code"]] = placed
    return dict(found)


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
