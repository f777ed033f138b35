"""The doors are read from the code: a new one without hostile input fails."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
from django import forms
from django.core.management import get_commands, load_command_class

import jalons
from tests.fuzz.doors import COMMANDS, FILES, LEAD_ELSEWHERE, NOT_A_DOOR
from tests.fuzz.hostile import seeds


def _every_form() -> set[type[forms.BaseForm]]:
    for one in pkgutil.walk_packages(jalons.__path__, "jalons."):
        if one.name.endswith(("forms", "views")):
            importlib.import_module(one.name)
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        classes = waiting.pop().__subclasses__()
        waiting += classes
        found |= {one for one in classes if one.__module__.startswith("jalons.")}
    return found


def test_every_form_with_a_file_is_given_hostile_ones():
    found = {
        f"{one.__module__}.{one.__name__}"
        for one in _every_form()
        if any(
            isinstance(field, forms.FileField)
            for field in getattr(one, "base_fields", {}).values()
        )
    }

    assert found - NOT_A_DOOR.keys() == FILES.keys()


def test_every_command_that_reads_a_file_is_given_hostile_ones():
    found = set()
    for name, app in get_commands().items():
        if str(app).startswith("jalons."):
            parser = load_command_class(app, name).create_parser("manage.py", name)
            if any(action.type is Path for action in parser._actions):
                found.add(name)

    assert found - LEAD_ELSEWHERE.keys() == COMMANDS.keys()


@pytest.mark.parametrize(
    "kinds",
    sorted(
        {door.kinds for doors in FILES.values() for door in doors}
        | {command.kinds for command in COMMANDS.values()}
    ),
)
def test_each_kind_has_something_to_begin_with(kinds):
    found = [name for name, _content in seeds(*kinds) if "found-" not in name]

    for kind in kinds:
        assert any(name.endswith(kind) for name in found), kind
