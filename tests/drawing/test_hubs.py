from __future__ import annotations

from xml.etree import ElementTree

import pytest

from jalons.drawing.hubs import Corner, Spoke, draw_hub
from jalons.drawing.skins import PAGE, PRINT
from jalons.drawing.svg import Plate

LEGEND = [("solid", "à l’œuvre"), ("dashed", "connue"), ("none", "sans lien")]
CORNERS = [
    Corner("Partenaires", [Spoke("CCAS", "solid"), Spoke("<Fab lab>", "dashed")]),
    Corner("Matériel", [], "rien encore"),
    Corner("Intervenants", [Spoke("Bus", "none")]),
    Corner("Financements", [Spoke("x " * 60, "solid")]),
]


@pytest.mark.parametrize("skin", [PAGE, PRINT])
def test_a_tie_is_told_by_its_line_by_its_mark_and_by_the_legend(skin):
    plate = Plate("hub", "Chantier", "Le tableau", "SIMULÉ")
    svg = draw_hub("1.b Actions pour les jeunes", CORNERS, LEGEND, plate, skin)

    root = ElementTree.fromstring(svg)
    tags = [one.tag.split("}")[1] for one in root.iter()]
    words = " ".join(root.itertext())

    # Two solid and one dashed, and one of each in the legend; "none" has no line.
    assert 3 + 2 == tags.count("line")
    # A disc or a ring where there is a line, a cross where there is none.
    assert (5, 2) == (tags.count("circle"), tags.count("path"))
    for said in ("<Fab lab>", "rien encore", "sans lien", "SIMULÉ", "à l’œuvre"):
        assert said in words
    assert "img" == root.get("role")


def test_a_resource_more_makes_the_drawing_taller_and_nothing_overlaps():
    plate = Plate("hub", "a", "b")
    many = [Corner("P", [Spoke(f"Ressource {n}", "solid") for n in range(20)])]

    root = ElementTree.fromstring(draw_hub("c", many * 4, LEGEND, plate, PAGE))

    spots = [
        (one.get("x"), one.get("y"))
        for one in root.iter("{http://www.w3.org/2000/svg}text")
    ]
    assert len(spots) == len(set(spots))
    assert float(root.get("viewBox").split()[3]) > 2 * 20 * 19
