"""What the documents promise stays true."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

from tests.house.data_document import FILE as DATA
from tests.house.data_document import data_document
from tests.house.formulas_document import FILE as FORMULAS
from tests.house.formulas_document import formulas_document

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted(ROOT.glob("docs/**/*.md")) + sorted(ROOT.glob("*.md"))
LIMITS = {"README.md": 120, "docs/tour.md": 150}


def test_every_text_has_its_french_translation():
    call_command("messages", "--check")


@pytest.mark.parametrize("name", LIMITS)
def test_documents_stay_short(name):
    lines = (ROOT / name).read_text().splitlines()

    assert len(lines) <= LIMITS[name]


def test_every_command_of_jalons_is_documented():
    ours = {n for n, app in get_commands().items() if str(app).startswith("jalons.")}
    manual = (ROOT / "docs/operate.md").read_text()

    undocumented = {
        name for name in ours if f"jalons {name.replace('_', '-')}" not in manual
    }

    assert not undocumented


def test_the_makefile_calls_commands_that_exist():
    called = set(
        re.findall(r"\$\(JALONS\) (\w[\w-]*)", (ROOT / "Makefile").read_text())
    )

    assert called
    assert not called - set(get_commands())


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_link_and_named_file_exists(path):
    text = path.read_text()
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)", text)
    named = re.findall(
        r"`((?:jalons|config|templates|static|data|docs)/[\w./-]+)`", text
    )

    missing = {link for link in links if not (path.parent / link).exists()}
    missing |= {name for name in named if not (ROOT / name).exists()}

    assert not missing


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/decisions/*.md")))
def test_decision_records_stay_short(path):
    assert len(path.read_text().splitlines()) <= 40


def test_the_document_of_data_is_up_to_date():
    assert DATA.read_text(encoding="utf-8") == data_document()


def test_the_document_of_formulas_is_up_to_date():
    assert FORMULAS.read_text(encoding="utf-8") == formulas_document()


def french(found: object, key: str = "") -> Iterator[str]:
    """The French texts of a data file, told by their keys."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield from french(value, name)
    elif isinstance(found, list):
        for value in found:
            yield from french(value, key)
    elif isinstance(found, str) and (key == "fr" or key.endswith("_fr")):
        yield found


def test_no_line_of_a_french_text_of_the_data_begins_with_its_punctuation():
    """Versions of an index never change; the national vocabulary is not ours."""
    broken = re.compile(r" [?!;:%»](?:\s|$)|« |\w[?!;](?:\s|$)")
    kept = {"indices", "directory"}
    files = (ROOT / "data").rglob("*.toml")

    assert not [
        (path.name, text)
        for path in files
        if path.parent.name not in kept
        for text in french(tomllib.loads(path.read_text()))
        if broken.search(text)
    ]
