"""The front stays small, ours, and free of inline code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STYLES = sorted(ROOT.glob("static/css/*.css"))
SCRIPTS = sorted(ROOT.glob("static/js/*.js"))
TEMPLATES = sorted(path for path in ROOT.glob("templates/**/*") if path.is_file())


def test_there_are_five_style_sheets_of_1500_lines_at_most():
    lines = sum(len(path.read_text().splitlines()) for path in STYLES)

    assert {"tokens", "base", "layout", "components", "print"} == {
        path.stem for path in STYLES
    }
    assert lines <= 1500


def test_colours_live_in_the_tokens():
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgb")

    offenders = [
        path.name
        for path in STYLES
        if path.stem not in {"tokens", "print"} and literal.search(path.read_text())
    ]

    assert not offenders


def test_what_is_dark_on_a_screen_stays_light_on_paper():
    read = (ROOT / "static/css/tokens.css").read_text()
    conditions = re.findall(r"@media ([^{]+){[^@]*?color-scheme: dark", read)

    assert ["screen and (prefers-color-scheme: dark) ", "screen "] == conditions


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_and_imports_one_sibling_at_most(path):
    text = path.read_text()

    assert len(text.splitlines()) <= 200
    assert len(re.findall(r"^import ", text, re.MULTILINE)) <= 1


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)
def test_a_template_has_no_inline_code_and_calls_no_other_site(path):
    text = re.sub(r"{%.*?%}", "", path.read_text())

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"))", text)
    assert not re.search(r"(src|action)=\"https?://", text)
