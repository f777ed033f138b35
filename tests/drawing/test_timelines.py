"""Bars over time: what a bar says by its filling, its row says in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from jalons.drawing.skins import PAGE, PRINT
from jalons.drawing.svg import Plate
from jalons.drawing.timelines import (
    LEFT,
    RIGHT,
    Axis,
    Group,
    Legend,
    Row,
    draw_timeline,
)

AXIS = Axis(
    first=date(2027, 1, 1),
    last=date(2028, 1, 1),
    today=date(2027, 7, 2),
    today_words="aujourd’hui",
    ticks=[(date(2027, 1, 1), "janv. 2027")],
)
LEGEND = Legend([("planned", "à venir")], "en retard", "une date", "attend")
PLATE = Plate("frise", "Actions", "Le tableau dit de même.", "SIMULÉ")
SECOND = date(2027, 7, 2), date(2027, 12, 31)
ROWS = [
    Row(1, "1.a.1 <Bus>", "en retard", "under_way", True, date(2027, 1, 1), SECOND[0]),
    Row(2, "1.a.2 Former", "à venir", "planned", False, *SECOND, waits_for=[1, 9]),
    Row(3, "1.a.3 Ouvrir", "sans date", "planned"),
    Row(4, "1.a.4 Dire", "finie", "done", False, None, date(2027, 7, 2)),
]


@pytest.mark.parametrize("skin", [PAGE, PRINT])
def test_a_row_says_in_words_what_its_bar_shows(skin):
    svg = draw_timeline([Group("1.a Chantier", ROWS)], AXIS, LEGEND, PLATE, skin)

    words = "".join(ElementTree.fromstring(svg).itertext())
    said = ("1.a.1 <Bus>", "en retard", "sans date", "aujourd’hui", "SIMULÉ")
    assert [one for one in said if one not in words] == []


def test_bars_are_measured_on_the_axis_and_an_arrow_ties_only_what_is_drawn():
    svg = draw_timeline([Group("1.a Chantier", ROWS)], AXIS, LEGEND, PLATE, PAGE)
    root = ElementTree.fromstring(svg)
    bars = [one for one in root if "span" in one.get("class", "")]

    # 365 days on 610 units; two bars and a point, then two of the legend.
    first = bars[0]
    assert ("330", "305.8") == (first.get("x"), first.get("width"))
    assert (RIGHT - LEFT) * 183 / 365 == pytest.approx(305.8, abs=0.1)
    assert 5 == len(bars)
    assert 2 == sum("wait-head" == one.get("class") for one in root)
    assert 2 == sum("late-edge" == one.get("class") for one in root)


def test_an_arrow_that_goes_back_in_time_still_ends_at_what_waits():
    early = replace(ROWS[1], start=date(2027, 2, 1), end=date(2027, 3, 1))
    svg = draw_timeline([Group("1.a", [ROWS[0], early])], AXIS, LEGEND, PLATE, PAGE)
    heads = [
        one.get("d", "")
        for one in ElementTree.fromstring(svg)
        if one.get("class") == "wait-head"
    ]

    # 31 days after the first one.
    assert heads[0].startswith(f"M{LEFT + 610 * 31 / 365:.1f} ")
