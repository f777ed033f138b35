from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from jalons.drawing.skins import CLASS_FILLS, PAGE, PALETTE, PRINT

TOKENS = Path(__file__).parents[2] / "static/css/tokens.css"
LEAST_STEP = 1.2
"""Neighbouring classes also have a border between them; text is held to 4.5."""


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(PALETTE[one]), luminance(PALETTE[other])])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_classes_darken_in_order_so_that_they_keep_it_in_grey(theme):
    light, dark, *_ = TOKENS.read_text().split("@media")
    found = re.findall(r"--(c\d): (#\w{6});", light if theme == "light" else dark)
    greys = [luminance(colour) for _name, colour in found]

    assert CLASS_FILLS == tuple(name for name, _colour in found)
    assert all(
        (one + 0.05) / (next_one + 0.05) >= LEAST_STEP
        for one, next_one in itertools.pairwise(greys)
    )


@pytest.mark.parametrize("colour", ["ink", "ink-2", "accent", "caution"])
def test_words_are_readable_on_paper(colour):
    assert contrast(colour, "paper") >= 4.5


@pytest.mark.parametrize(
    ("mark", "ground"), [("line-strong", "paper-2"), ("accent", "paper")]
)
def test_marks_stand_out_of_their_ground(mark, ground):
    assert contrast(mark, ground) >= 3


def test_paper_has_the_colours_of_the_light_theme():
    light = TOKENS.read_text().split("@media")[0]
    tokens = dict(re.findall(r"--([\w-]+): (#\w{6});", light))

    assert {name: tokens.get(name) for name in PALETTE} == PALETTE


def test_the_page_names_a_class_where_paper_states_a_colour():
    assert PAGE("c2") == 'class="c2"'
    assert PRINT("c2") == 'fill="#4a9a94"'
