"""Whatever is drawn says its name and what it shows, or is silent beside its number."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DRAWING = ROOT / "jalons" / "drawing"
MODULES = sorted(path for path in DRAWING.glob("*.py") if path.name != "svg.py")
# A logo drawn again from the file that somebody gave: its words are beside it.
ELSEWHERE = {ROOT / "jalons/documents/images.py"}
DRAWN = [
    pytest.param(path, function, id=f"{path.stem}.{function.name}")
    for path in MODULES
    for function in ast.parse(path.read_text()).body
    if isinstance(function, ast.FunctionDef)
    and not function.name.startswith("_")
    and function.returns is not None
    and ast.unparse(function.returns) == "SafeString"
]
# Its kinds of call: an image with its words, or an ornament that no one hears.
ENVELOPES = {"picture", "ornament"}


def called_by(tree: ast.AST) -> set[str]:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {ast.unparse(one).rpartition(".")[2] for one in calls}


def reaches_an_envelope(path: Path, name: str) -> bool:
    """Whether a function of a module is made by an envelope, by way of its others."""
    functions = {
        one.name: called_by(one)
        for one in ast.parse(path.read_text()).body
        if isinstance(one, ast.FunctionDef)
    }
    waiting, met = [name], set()
    while waiting:
        one = waiting.pop()
        met.add(one)
        waiting += [each for each in functions.get(one, ()) if each not in met]
    return bool(met & ENVELOPES)


def test_every_drawing_begins_in_one_place():
    opens = {
        path
        for path in (ROOT / "jalons").rglob("*.py")
        if path.name != "svg.py" and "<svg" in path.read_text()
    }

    assert ELSEWHERE == opens


@pytest.mark.parametrize(("path", "function"), DRAWN)
def test_a_drawing_is_an_image_with_words_or_an_ornament(path, function):
    assert reaches_an_envelope(path, function.name)


def test_the_drawings_known_are_all_found():
    found = {function.name for _path, function in (one.values for one in DRAWN)}

    assert {"choropleth", "draw_quadrants", "draw_timeline", "share_bar"} <= found
