"""The page of speed says what was measured, and every goal has its line."""

from __future__ import annotations

import platform
import tomllib
from xml.etree import ElementTree as Xml

from benchmarks import charts, performance, results

GOALS = tomllib.loads(performance.GOALS.read_text(encoding="utf-8"))["section"]
EVERY = [goal for section in GOALS for goal in section["goal"]]


def test_the_page_and_its_charts_are_up_to_date():
    for path, text in performance.documents().items():
        assert path.read_text(encoding="utf-8") == text, path


def test_the_goals_are_those_of_six_sections():
    assert "ABCDEF" == "".join(section["code"] for section in GOALS)


def test_a_goal_is_held_or_says_why_not():
    kept = performance.results_kept()

    unsaid = [
        goal["what"]
        for goal in EVERY
        if "proof" not in goal and "why" not in goal
        if not (line := performance.line_of(goal, kept)) or not line["reached"]
    ]

    assert not unsaid


def test_a_peer_is_compared_with_our_way_of_the_same_work():
    names = ["jalons nearest", "jalons offer", "SciPy nearest", "SciPy offer"]

    assert "jalons offer" == results.ours_of("SciPy offer", names)
    assert "jalons" == results.ours_of("pandas", ["jalons", "pandas"])


def test_a_chart_is_drawn_for_a_reader_and_a_screen_reader():
    lines = {"jalons": [(100, 0.001), (10_000, 0.02)], "other": [(100, 0.1)]}

    drawn = Xml.fromstring(charts.chart("tables", lines, ("size", "seconds")))

    words = [element.text for element in drawn.iter() if element.text]
    assert {"tables", "jalons", "other", "size", "seconds", "0.001"} <= set(words)


def test_the_machine_is_described_and_not_named():
    found = results.machine()

    assert {"processor", "memory", "system", "python", "numpy"} <= found.keys()
    assert platform.node() not in str(found)
