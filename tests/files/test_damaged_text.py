"""A text cut or damaged is refused in words, whatever its encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from jalons.files.tables import UnreadableFile, read_table

FOUND = Path(__file__).parents[1] / "fuzz" / "corpus"


@pytest.mark.parametrize("name", ["found-cut-utf16.csv", "found-surrogate-utf16.csv"])
def test_a_damaged_utf_16_is_refused_in_words(name):
    with pytest.raises(UnreadableFile, match="UTF-8"):
        list(read_table(FOUND / name).rows)


def test_a_whole_utf_16_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("nom;type\nMaison d’Été;association\n".encode("utf-16"))

    assert [row["nom"] for _line, row in read_table(path).rows] == ["Maison d’Été"]
