"""A folder for what each test writes, made anew only once something was written in it.

`tmp_path` looks through the folders of all the tests before it: after some thousands,
that is longer than most tests. Who asks for it has it; the others share an empty one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory) -> Callable[[], Path]:
    """Gives the same one as long as nobody writes in it."""
    root = tmp_path_factory.mktemp("own")
    folders = (root / str(number) for number in count())
    kept = next(folders)
    kept.mkdir()

    def empty() -> Path:
        nonlocal kept
        if os.listdir(kept):
            kept = next(folders)
            kept.mkdir()
        return kept

    return empty


@pytest.fixture(autouse=True)
def own_folders(request, settings, empty_folder) -> None:
    """Nothing written by a test outlives it."""
    is_asked = "tmp_path" in request.fixturenames
    folder = request.getfixturevalue("tmp_path") if is_asked else empty_folder()
    settings.VAR_DIR = folder
    settings.MEDIA_ROOT = folder / "files"
    settings.EMAIL_FILE_PATH = folder / "mail"
