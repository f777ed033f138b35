"""Each criterion of accessibility stands once, and what supports it exists and decides.

Below, what a machine can decide for good by reading templates, scripts and style
sheets; `test_templates.py` reads the pages themselves.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from jalons.statements.criteria import STATUSES, Criterion, rgaa, rgesn
from tests.house.criteria_document import documents

ROOT = Path(__file__).resolve().parents[2]
# Mails are laid out by tables, which readers of mail ask for.
TEMPLATES = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if path.parent.name not in {"emails", "email"}
]
SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))
STYLES = sorted((ROOT / "static/css").glob("*.css"))
# How many criteria each theme of the RGAA 4.1.2 has.
THEMES = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]
SOBER_THEMES = [10, 10, 7, 15, 8, 7, 4, 10, 7]
EVERY = [
    pytest.param(one, id=f"{source.title} {one.number}")
    for source in (rgaa(), rgesn())
    for theme in source.themes
    for one in theme.criteria
]


@cache
def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def found(pattern: str, paths: list[Path]) -> list[str]:
    return [path.name for path in paths if re.search(pattern, path.read_text())]


@pytest.mark.parametrize(
    ("source", "counts", "count"), [(rgaa(), THEMES, 106), (rgesn(), SOBER_THEMES, 78)]
)
def test_every_criterion_stands_once_in_its_order(source, counts, count):
    expected = [
        f"{theme}.{number}"
        for theme, most in enumerate(counts, 1)
        for number in range(1, most + 1)
    ]

    assert expected == [one.number for one in source.criteria]
    assert count == source.count == len(expected)


@pytest.mark.parametrize("one", EVERY)
def test_what_supports_a_criterion_exists(one: Criterion):
    assert one.status in STATUSES
    assert one.tests or one.look
    for test in one.tests:
        path, _colons, name = test.partition("::")
        assert name in names_in(ROOT / path), test
    if one.status == "met":
        assert one.tests
    if one.status in {"person", "unmet"}:
        assert one.look


def test_the_documents_are_up_to_date():
    for path, text in documents().items():
        assert path.read_text(encoding="utf-8") == text


def test_no_template_holds_a_frame_a_film_or_a_sound():
    assert not found(r"<(i?frame|video|audio|object|embed|canvas|marquee)\b", TEMPLATES)
    assert not found(r"<img\b(?![^>]*\balt=)", TEMPLATES)
    assert not found(r"(?i)captcha", TEMPLATES)


def test_no_template_asks_html_to_draw():
    tags = r"<(font|center|big|strike|tt|basefont|blink|spacer)\b"
    attributes = r"<(?:table|t[dhr]|p|div|h\d|ul|img)\b[^>]*\s"
    attributes += r"(?:align|bgcolor|border|cellpadding|cellspacing|valign)="

    assert not found(tags, TEMPLATES)
    assert not found(attributes, TEMPLATES)


def test_no_page_takes_keys_time_or_windows_from_its_reader():
    """No short key, no order of its own, no new window, nothing that moves or blinks,
    nothing held sideways, nothing done on the press, nothing shown on hover alone."""
    assert not found(r"accesskey=|tabindex=\"[1-9]", TEMPLATES)
    # A link that says so: leaving the page would lose the form that it gives back.
    assert ["sent_too_late.html"] == found(r"target=\"_blank\"", TEMPLATES)
    assert not found(r"http-equiv=\"refresh\"|onchange=|autofocus", TEMPLATES)
    assert not found(r"window\.open|\balert\(|devicemotion|deviceorientation", SCRIPTS)
    # The map notes there what kind of pointer it is, and acts on the click.
    pressed = found(r"[\"'](?:mousedown|touchstart|pointerdown)[\"']", SCRIPTS)
    assert ["map.js"] == pressed
    assert not found(r"@keyframes|animation|orientation:", STYLES)
    shown = r":hover[^{]*\{[^}]*(?:display|visibility|opacity|content)\s*:"
    assert not found(shown, STYLES)


def test_what_is_promised_of_sobriety_is_in_the_code():
    """Free, without font, endless list nor model to train; compressed and kept."""
    needs = (ROOT / "requirements/base.txt").read_text()
    learning = r"(?m)^(torch|tensorflow|keras|scikit-learn|transformers|xgboost|onnx)"

    assert "MIT License" in (ROOT / "LICENSE").read_text()
    assert not found(r"@font-face|url\(", STYLES)
    assert not found(r"IntersectionObserver|[\"']scroll[\"']", SCRIPTS)
    assert not re.search(learning, needs)
    assert "django.middleware.gzip.GZipMiddleware" in settings.MIDDLEWARE
    assert "CompressedManifest" in (ROOT / "config/settings.py").read_text()
