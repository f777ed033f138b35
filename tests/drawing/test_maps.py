from __future__ import annotations

from xml.etree import ElementTree

import pytest

from jalons.drawing.maps import Area, Category, Shape
from jalons.drawing.skins import PAGE, PRINT

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "CC d’<script>alert(\"1\")</script> & 'cie'\x00\x0b"


def parse(drawing):
    return ElementTree.fromstring(drawing)


@pytest.mark.parametrize("skin", [PAGE, PRINT])
def test_a_map_is_well_formed_and_says_its_name_and_what_it_shows(draw, skin):
    root = parse(draw(skin=skin))

    assert root.get("role") == "img"
    assert [each.text for each in root.iter(f"{SVG}title")] == ["Niveau d’avancement"]
    assert [each.text for each in root.iter(f"{SVG}desc")] == [
        "Carte de neuf territoires"
    ]
    assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")
    assert root.get("aria-describedby") == root.find(f"{SVG}desc").get("id")


def test_on_the_page_each_area_is_one_node_carrying_its_label(draw, areas):
    root = parse(draw())

    drawn = root.findall(f"{SVG}g[@class='areas']/*")

    assert [area.label for area in areas] == [each.get("data-label") for each in drawn]
    assert all(not list(each) for each in drawn)


def test_on_paper_a_category_is_a_single_path(draw):
    root = parse(draw(skin=PRINT))

    group = next(each for each in root.findall(f"{SVG}g"))

    assert len(group) == 5


def test_an_area_without_a_page_of_its_own_has_no_link(draw, areas):
    linked = Area(areas[0].shape, "low", "CC 00", "/territoires/00/")

    drawn = parse(draw(areas=[linked, areas[1]])).findall(f".//{SVG}path[@data-label]")

    assert [each.get("data-href") for each in drawn] == ["/territoires/00/", None]


def test_every_text_is_escaped(draw, areas):
    shape = areas[0].shape
    nasty = [Area(shape, "low", NASTY, 'javascript:"')]

    drawing = draw(areas=nasty, title=NASTY, description=NASTY, watermark=NASTY)

    assert "<script" not in drawing
    area = parse(drawing).find(f".//{SVG}path[@data-label]")
    assert NASTY.rstrip("\x00\x0b") == area.get("data-label")


def test_only_the_patterns_in_use_are_defined_under_names_of_this_map(draw, areas):
    blank = Area(areas[0].shape, "none", "CC 00")

    root = parse(draw(areas=[blank], map_id="m2"))

    assert [each.get("id") for each in root.iter(f"{SVG}pattern")] == ["m2-hatched"]
    fill = root.find(f".//{SVG}path[@data-label]").get("fill")
    assert fill == "url(#m2-hatched)"


def test_three_kinds_of_blank_have_three_different_marks(draw):
    patterns = parse(draw()).findall(f".//{SVG}pattern")

    marks = {pattern.find(f"{SVG}path").get("d") for pattern in patterns}

    assert len(marks) == 3


def test_the_watermark_is_inside_the_drawing_and_its_description(draw):
    root = parse(draw(watermark="SIMULÉ"))

    assert [each.text for each in root.iter(f"{SVG}text")] == ["SIMULÉ"]
    assert root.find(f"{SVG}desc").text.startswith("SIMULÉ. ")


def test_without_watermark_nothing_is_written_across_the_map(draw):
    root = parse(draw())

    assert list(root.iter(f"{SVG}text")) == []


def test_the_print_skin_holds_literal_colours_only(draw):
    border = Shape("33", "Gironde", "M0 0h300v300h-300z")

    drawing = draw(skin=PRINT, outlines=[border], watermark="SIMULÉ")

    assert "var(" not in drawing
    assert "class=" not in drawing
    assert "data-" not in drawing


def test_the_page_skin_leaves_every_colour_to_the_style_sheet(draw):
    border = Shape("33", "Gironde", "M0 0h300v300h-300z")

    drawing = draw(outlines=[border], watermark="SIMULÉ")

    assert "style=" not in drawing
    assert "#" not in drawing.replace("url(#", "")


def test_an_unknown_fill_is_refused_with_its_category():
    with pytest.raises(ValueError, match="low: unknown fill 'red'"):
        Category("low", "Peu avancé", "red")
