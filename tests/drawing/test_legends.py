from __future__ import annotations

from xml.etree import ElementTree

import pytest

from jalons.drawing.legends import legend
from jalons.drawing.maps import Category
from jalons.drawing.skins import PAGE, PRINT

CATEGORIES = [
    Category("low", "Peu avancé", "c0"),
    Category("none", "Sans réponse", "hatched"),
    Category("private", "Réponse non publiée", "crossed"),
    Category("secret", "Secret", "dotted"),
]


@pytest.mark.parametrize("skin", [PAGE, PRINT])
def test_each_category_has_its_words_and_its_own_square(skin):
    entries = legend(CATEGORIES, skin)

    assert [each.label for each in CATEGORIES] == [entry.label for entry in entries]
    assert len({entry.swatch for entry in entries}) == 4


def test_a_square_needs_no_map_and_is_hidden_from_screen_readers():
    for entry in legend(CATEGORIES, PAGE):
        root = ElementTree.fromstring(entry.swatch)

        assert root.get("aria-hidden") == "true"
        assert "url(" not in entry.swatch
        assert " id=" not in entry.swatch
