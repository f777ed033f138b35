"""What a process keeps to itself, where another process could contradict it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EMPTY = ("{}", "[]")
MAKERS = ("dict", "set", "list", "deque", "defaultdict", "OrderedDict", "Counter")
MAKERS += ("WeakValueDictionary", "WeakKeyDictionary", "WeakSet")
# Each thing that a module keeps and changes, and why no other process is missed.
KEPT = {
    "config/sqlite3/base.py:_lines": "the writers of a file within one process",
    "jalons/cli/durations.py:registry": "added up with the files of the others",
    "jalons/front/templatetags/components.py:_feet": "found by all that it says",
    "jalons/indices/figures.py:_at_hand": "found by the print of all it depends on",
    "jalons/indices/models.py:_read": "found by its checksum: never changes",
    "jalons/live/gathering.py:_rooms": "writes put together; each holds its workshop",
    "jalons/live/tails.py:_asked": "the streams of this process",
    "jalons/live/tails.py:_listening": "the streams of this process",
    "jalons/live/tails.py:_stays": "the streams of this process",
    "jalons/live/tails.py:_tails": "the table, read again at every notification",
    "jalons/live/waking.py:_sleepers": "the loop of this process",
    "jalons/questionnaires/models.py:_read": "found by its checksum: never changes",
    "jalons/surveys/known.py:_kept": "half a second; who writes asks the database",
    "jalons/surveys/matrix.py:_at_hand": "compared with the marks of the database",
    "jalons/workshops/drawn_once.py:_kept": "found by all that it shows",
    "jalons/workshops/glimpses.py:_kept": "half a second, or the number of an event",
    "jalons/workshops/known.py:_kept": "half a second, or the number of an event",
}
# What settings.CACHES["memory"] holds: three seconds late at most (record 0104).
IN_MEMORY = {"jalons/hosts/figures.py", "jalons/statements/figures.py"}


REMEMBERING = {"cache", "lru_cache", "functools.cache", "functools.lru_cache"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("jalons", "config"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def kept_by(tree: ast.Module) -> Iterator[str]:
    """Names of a module for something that begins empty, to be filled."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            names, value = [node.target], node.value
        else:
            continue
        call = value.func if isinstance(value, ast.Call) else None
        is_made = call is not None and ast.unparse(call).split("[")[0] in MAKERS
        is_registry = call is not None and ast.unparse(call) == "CollectorRegistry"
        is_empty = is_made and not getattr(value, "args", None)
        if ast.unparse(value) in EMPTY or is_empty or is_registry:
            yield from (ast.unparse(name) for name in names)


def remembering(
    tree: ast.Module,
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions whose answers are remembered for as long as the process lives."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = {ast.unparse(each).split("(")[0] for each in node.decorator_list}
            if names & REMEMBERING:
                yield node


def test_what_a_module_keeps_has_its_reason():
    found = {
        f"{path}:{name}"
        for path, tree in modules()
        for name in kept_by(tree)
        # Constants of a form, a table of a class: upper case and never filled.
        if not name.isupper()
    }

    assert set(KEPT) == found


def test_an_answer_remembered_for_ever_does_not_come_from_the_database():
    asked = {
        f"{path}:{function.name}"
        for path, tree in modules()
        for function in remembering(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "cursor")
    }

    assert asked == set()


@pytest.mark.parametrize("decorator", ["cache", "lru_cache(1)", "functools.lru_cache"])
@pytest.mark.parametrize("kind", ["def", "async def"])
def test_every_way_to_remember_an_answer_is_seen(decorator, kind):
    tree = ast.parse(f"@{decorator}\n{kind} count():\n    return Space.objects.count()")

    assert ["count"] == [one.name for one in remembering(tree)]


def test_the_memory_of_a_process_holds_what_may_be_late():
    found = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and ast.unparse(node) == "caches['memory']"
    }

    assert found == IN_MEMORY


def test_a_test_has_another_folder_once_something_was_written(empty_folder):
    first = empty_folder()
    assert empty_folder() == first

    (first / "note").touch()

    assert empty_folder() != first
