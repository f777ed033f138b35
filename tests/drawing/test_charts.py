from __future__ import annotations

from xml.etree import ElementTree

import pytest

from jalons.drawing import figures
from jalons.drawing.charts import (
    BAR,
    DOT_RADIUS,
    WHISKER,
    Interval,
    Segment,
    share_bar,
    stack,
    whisker,
)
from jalons.drawing.skins import PAGE, PRINT
from jalons.drawing.svg import Plate

SVG = "{http://www.w3.org/2000/svg}"
THIRDS = [Segment(0.25, "c0"), Segment(0.25, "c1"), Segment(0.5, "c3")]
ROWS = [
    figures.Bar("Réduire les inégalités d’accès aux services publics", 0.73, "73 %"),
    figures.Stack("Rural & dispersé", THIRDS, "n = 63"),
    figures.Whisker("Vulnérabilité forte", Interval(0.18, 0.09, 0.34), "18 %"),
]


def parse(drawing):
    return ElementTree.fromstring(drawing)


@pytest.mark.parametrize(
    "drawing",
    [
        share_bar(0.5, PAGE),
        whisker(Interval(0.18, 0.09, 0.34), PAGE, reference=0.11),
    ],
)
def test_a_chart_beside_its_number_is_hidden_from_screen_readers(drawing):
    root = parse(drawing)

    assert root.get("aria-hidden") == "true"
    assert list(root.iter(f"{SVG}text")) == []


def test_the_length_of_a_bar_is_its_share():
    rectangle = parse(share_bar(0.5, PAGE)).find(f"{SVG}rect")

    assert BAR.width / 2 == float(rectangle.get("width"))


@pytest.mark.parametrize(("share", "length"), [(-0.1, 0), (1.7, BAR.width)])
def test_a_share_outside_its_scale_stays_in_the_drawing(share, length):
    rectangle = parse(share_bar(share, PAGE)).find(f"{SVG}rect")

    assert length == float(rectangle.get("width"))


def test_segments_follow_each_other_without_gap():
    drawn = parse(f'<svg xmlns="{SVG[1:-1]}">{stack(THIRDS, BAR, PAGE)}</svg>')
    rectangles = drawn.findall(f"{SVG}rect")

    placed = [(float(r.get("x")), float(r.get("width"))) for r in rectangles]

    assert placed == [(0, 40), (40, 40), (80, 80)]


@pytest.mark.parametrize("share", [0, 1])
def test_the_dot_is_whole_at_both_ends_of_the_scale(share):
    dot = parse(whisker(Interval(share, share, share), PAGE)).find(f".//{SVG}circle")

    assert DOT_RADIUS <= float(dot.get("cx")) <= WHISKER.width - DOT_RADIUS


def test_an_interval_is_drawn_on_the_scale_of_its_rows():
    halved = parse(whisker(Interval(0.25, 0.25, 0.25), PAGE, top=0.5))

    dot = halved.find(f".//{SVG}circle")

    assert WHISKER.width / 2 == float(dot.get("cx"))


def test_a_figure_carries_its_words_title_and_watermark():
    plate = Plate("f1", "Priorités", "Trois lignes", "SIMULÉ")

    root = parse(figures.figure(ROWS, plate, PRINT))

    words = [each.text for each in root.iter(f"{SVG}text")]
    assert {"73 %", "n = 63", "18 %", "Rural & dispersé", "SIMULÉ"} <= set(words)
    assert root.find(f"{SVG}title").text == "Priorités"
    assert root.get("role") == "img"


def test_a_long_label_goes_to_the_next_line_and_pushes_the_rows_below():
    plate = Plate("f1", "Priorités", "Trois lignes")
    short = [figures.Bar("Réduire", 0.73, "73 %"), *ROWS[1:]]

    long_box = parse(figures.figure(ROWS, plate, PRINT)).get("viewBox")
    short_box = parse(figures.figure(short, plate, PRINT)).get("viewBox")

    heights = [int(box.split()[-1]) for box in (long_box, short_box)]
    assert heights[0] - heights[1] == figures.LINE_HEIGHT


def test_a_figure_for_paper_holds_literal_colours_only():
    drawing = figures.figure(ROWS, Plate("f1", "a", "b", "SIMULÉ"), PRINT)

    assert "var(" not in drawing
    assert "class=" not in drawing
