from __future__ import annotations

import re
from xml.etree import ElementTree

from jalons.drawing.clouds import WIDTH, Placed, draw_cloud
from jalons.drawing.skins import PAGE, PRINT
from jalons.drawing.svg import Plate

PLATE = Plate("cloud", "Nuage", "Le tableau dit la même chose.", "SIMULÉ")


def test_words_never_leave_the_drawing_nor_touch_and_are_always_escaped():
    words = [
        Placed("accès", 1),
        Placed("<script>", 0.4),
        Placed("m" * 40, 1),
        Placed("数字包容", 0.6),
    ]

    for skin in (PAGE, PRINT):
        root = ElementTree.fromstring(draw_cloud(words, PLATE, skin))
        drawn = [
            one for one in root if one.tag.endswith("text") and one.text != "SIMULÉ"
        ]
        assert {one.text for one in words} == {one.text for one in drawn}
        for one, word in zip(
            sorted(drawn, key=lambda one: one.text),
            sorted(words, key=lambda one: one.text),
            strict=True,
        ):
            half = word.width / 2
            assert half - 0.1 <= float(one.get("x")) <= WIDTH - half + 0.1
        assert "SIMULÉ" in [one.text for one in root]
    # A taller word has taller letters.
    sizes = re.findall(
        r'font-size="([\d.]+)">(accès|数字包容)', draw_cloud(words, PLATE, PAGE)
    )
    assert float(sizes[0][0]) > float(sizes[1][0])
