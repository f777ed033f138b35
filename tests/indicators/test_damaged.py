"""A damaged archive is told as such, wherever it was damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from jalons.files.grid import UnreadableFile
from jalons.indicators.reading import tables

FOUND = Path(__file__).parents[1] / "fuzz" / "corpus"


@pytest.mark.parametrize("name", ["directory", "part"])
def test_a_damaged_archive_is_refused_in_words(name):
    with (
        (FOUND / f"found-damaged-{name}.zip").open("rb") as file,
        pytest.raises(UnreadableFile),
    ):
        list(tables(file, "chiffres.zip", lambda columns: None))
