"""Each model says what it is, in the code and in the words of the field."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from jalons.spaces.figures import words_for

ROOT = Path(__file__).resolve().parents[2]
MODELS = [m for m in apps.get_models() if m.__module__.startswith("jalons.")]


def glossary() -> dict[str, list[str]]:
    """The French word and the meaning of each class of docs/glossary.md."""
    lines = (ROOT / "docs/glossary.md").read_text().splitlines()
    cells = [re.split(r"\s*\|\s*", line.strip("| ")) for line in lines if "`" in line]
    return {name.strip("`"): [french, meaning] for french, name, meaning in cells}


def recorded_verbs() -> set[str]:
    """Every verb that the code writes in the journal."""
    calls = (
        node
        for path in (ROOT / "jalons").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record"
    )
    verbs = (call.args[0] for call in calls)
    return {verb.value for verb in verbs if isinstance(verb, ast.Constant)}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_says_what_it_is_in_a_sentence(model):
    own = model.__dict__["__doc__"]

    assert not own.startswith(f"{model.__name__}(")
    assert own.splitlines()[0].endswith(".")


def test_every_model_has_its_word_in_the_glossary_and_no_other():
    assert {model._meta.label for model in MODELS} == set(glossary())


def test_every_word_of_the_glossary_has_a_meaning():
    assert not [name for name, cells in glossary().items() if not all(cells)]


def test_every_verb_of_the_journal_can_be_read():
    assert not [verb for verb in recorded_verbs() if words_for(verb) == verb]
