"""Every kind of drawing says its title and its sentence, and is read without colour."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest

from jalons.drawing.skins import CLASS_FILLS, PAGE, PALETTE, PRINT
from tests.drawing.samples import CORNERS, LEVELS, PLATE, SAMPLES
from tests.drawing.test_every_drawing import DRAWN
from tests.drawing.test_skins import LEAST_STEP, luminance

SVG = "{http://www.w3.org/2000/svg}"
# What these fill bears its name in words, whatever its colour.
NAMED = {
    "grids.draw_grid": ("1.a", "1.b"),
    "quadrants.draw_quadrants": CORNERS,
    "passages.draw_passages": LEVELS,
}
# Paints that tell nothing: grounds, frames, a code read by a telephone.
SILENT = {"codes.qr_code"}


def composed(colour: str, opacity: str | None) -> float:
    """How light a paint is on paper, between 0 and 1."""
    share = float(opacity or 1)
    ground, paint = luminance(PALETTE["paper"]), luminance(colour)
    return paint * share + ground * (1 - share)


def marks(drawing: str) -> dict[tuple[str, ...], set[float]]:
    """The greys of the shapes of a drawing, by what else tells them apart."""
    found: dict[tuple[str, ...], set[float]] = {}
    for one in ElementTree.fromstring(drawing).iter():
        fill, stroke = one.get("fill", "none"), one.get("stroke", "none")
        paint = stroke if fill == "none" else fill
        if one.tag == f"{SVG}text" or not paint.startswith("#"):
            continue
        drawn = (one.get(each, "") for each in ("stroke-dasharray", "stroke-width"))
        said = (one.tag, str(fill == "none"), *drawn)
        found.setdefault(said, set()).add(composed(paint, one.get("fill-opacity")))
    return found


def are_apart(one: float, other: float) -> bool:
    low, high = sorted([one, other])
    return (high + 0.05) / (low + 0.05) >= LEAST_STEP


def test_every_kind_has_its_sample():
    drawn = {f"{path.stem}.{one.name}" for path, one in (each.values for each in DRAWN)}

    assert drawn == set(SAMPLES)


@pytest.mark.parametrize("kind", SAMPLES)
def test_colours_of_one_form_are_apart_in_grey_or_named(kind):
    drawing = SAMPLES[kind](PRINT)
    words = "".join(ElementTree.fromstring(drawing).itertext())

    if kind in NAMED:
        assert all(name in words for name in NAMED[kind])
    elif kind not in SILENT:
        for form, greys in marks(drawing).items():
            told_by_hue = [p for p in combinations(greys, 2) if not are_apart(*p)]
            assert not told_by_hue, form


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_picture_says_its_title_then_one_sentence_and_an_ornament_nothing(kind):
    root = ElementTree.fromstring(SAMPLES[kind](PAGE))
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

    if root.get("aria-hidden") == "true":
        assert title is told is None
        return
    assert "img" == root.get("role")
    assert (title.get("id"), told.get("id")) == (
        root.get("aria-labelledby"),
        root.get("aria-describedby"),
    )
    assert title.text
    assert told.text not in {"", title.text}
    if kind not in SILENT:
        # The watermark is heard first.
        assert told.text == f"{PLATE.watermark}. {PLATE.description}"


def test_a_map_has_a_fill_of_its_own_for_each_category():
    root = ElementTree.fromstring(SAMPLES["maps.choropleth"](PRINT))
    fills = [one.get("fill") for one in root.iter(f"{SVG}path") if one.get("fill")]
    areas = [fill for fill in fills if fill.startswith(("#", "url")) and fill != "none"]

    assert len(set(areas)) == len(CLASS_FILLS) + 3
