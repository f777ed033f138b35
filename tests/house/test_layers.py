"""The floors of the house, its sizes, and the few shapes it refuses."""

from __future__ import annotations

import ast
import logging.config
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
CODE = [
    path
    for folder in ("jalons", "config", "tests", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
REFUSED_NAMES = {
    "common",
    "constants",
    "helpers",
    "managers",
    "mixins",
    "selectors",
    "services",
    "signals",
    "utils",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def floors() -> dict[str, int]:
    """The floor of each app, the lowest 0, as written in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name.strip(" ()"): floor
        for floor, layer in enumerate(reversed(layers))
        for name in layer.split("|")
    }


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def definitions(path: Path) -> tuple[ast.ClassDef | Function, ...]:
    """The classes and functions of a file, however deep."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return tuple(node for node in nodes if isinstance(node, ast.ClassDef | Function))


def functions() -> Iterator[tuple[Path, Function]]:
    for path in CODE:
        for node in definitions(path):
            if isinstance(node, Function):
                yield path, node


def imported_in(function: Function) -> set[str]:
    """The packages imported in the body of a function, by their first name."""
    nodes = list(ast.walk(function))
    plain = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    taken = {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | taken}


def is_allowed_late(path: Path, package: str) -> bool:
    """SciPy is slow and used by few pages; a bench imports what it measures."""
    of_analysis = "jalons/analysis" in named(path) and package == "scipy"
    return of_analysis or named(path).startswith("benchmarks/")


def place(path: Path, node: ast.ClassDef | Function) -> str:
    return f"{named(path)}:{node.lineno} {node.name}"


def length(node: ast.ClassDef | Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def line_count(path: Path) -> int:
    return len(path.read_text().splitlines())


@pytest.fixture
def _own_logging(monkeypatch):
    """The linter sets the logs of the whole process, and silences those that exist."""
    monkeypatch.setattr(logging.config, "dictConfig", lambda settings: None)


@pytest.mark.usefixtures("_own_logging")
def test_each_app_leans_only_on_its_foundations():
    assert lint_imports(cache_dir=None, no_logo=True) == 0


def test_no_foreign_key_points_to_a_higher_floor():
    floor = floors()
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model
        if {model._meta.app_label, field.related_model._meta.app_label} <= floor.keys()
        if floor[field.related_model._meta.app_label] > floor[model._meta.app_label]
    ]

    assert not upward


def test_no_template_uses_one_of_a_higher_floor():
    floor = floors()
    used = re.compile(r"{%\s*(?:include|extends)\s+[\"'](\w+)/")
    upward = [
        f"{path.parent.name}/{path.name} uses {app}"
        for path in TEMPLATES
        for app in used.findall(path.read_text())
        if {path.parent.name, app} <= floor.keys()
        if floor[app] > floor[path.parent.name]
    ]

    assert not upward


def test_no_file_has_a_name_that_says_nothing():
    assert not [named(path) for path in CODE if path.stem in REFUSED_NAMES]


def test_files_stay_under_five_hundred_lines():
    long = {named(path): line_count(path) for path in CODE if line_count(path) > 500}

    assert not long
    assert line_count(ROOT / "tests/conftest.py") <= 80
    assert not [named(path) for path in TEMPLATES if line_count(path) > 200]


def test_functions_stay_under_sixty_lines_and_tests_under_fifty():
    long = [
        place(path, function)
        for path, function in functions()
        if length(function) > (50 if path.name.startswith("test_") else 60)
    ]

    assert not long


def test_classes_stay_under_two_hundred_lines():
    long = [
        place(path, node)
        for path in CODE
        for node in definitions(path)
        if isinstance(node, ast.ClassDef) and length(node) > 200
    ]

    assert not long


def test_a_function_takes_eight_parameters_at_most():
    wide = [
        place(path, function)
        for path, function in functions()
        if len(function.args.posonlyargs + function.args.args) > 8
        or len(function.args.args + function.args.kwonlyargs) > 8
    ]

    assert not wide


def test_imports_stand_at_the_top_of_the_file():
    late = [
        f"{place(path, function)}: {name}"
        for path, function in functions()
        for name in imported_in(function)
        if not is_allowed_late(path, name)
    ]

    assert not late


def test_nothing_happens_behind_the_reader_s_back():
    """No signal receiver, and no model whose `save` does more than its name."""
    hidden = [
        place(path, item)
        for path in CODE
        for node in definitions(path)
        if isinstance(node, ast.ClassDef)
        if "models.Model" in [ast.unparse(base) for base in node.bases]
        for item in node.body
        if isinstance(item, ast.FunctionDef) and item.name in {"save", "delete"}
    ]
    receivers = [
        named(path)
        for path in CODE
        if "jalons" in path.parts[len(ROOT.parts) :]
        if re.search(r"^\s*@receiver|signals import", path.read_text(), re.M)
    ]

    assert not hidden
    assert not receivers


def test_migrations_do_not_lean_on_the_code_of_today():
    """What Django writes names models only; a function of ours would change later."""
    leaning = [
        f"{named(path)}: {name}"
        for path in sorted((ROOT / "jalons").glob("*/migrations/*.py"))
        for node in ast.parse(path.read_text()).body
        for name in names_imported(node)
        if name.startswith("jalons.") and not name.endswith(".models")
    ]

    assert [] == leaning


def names_imported(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [a.name for a in node.names] if isinstance(node, ast.Import) else []
