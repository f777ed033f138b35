from __future__ import annotations

import io
import tracemalloc
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from jalons.files.exports import SIMULATED, cell_text, csv_blocks, stream_csv
from jalons.files.tables import read_table


def text_of(*arguments, **options) -> str:
    return "".join(csv_blocks(*arguments, **options))


def test_a_table_opens_in_a_french_spreadsheet():
    text = text_of(["nom", "part"], [["Périgueux", 0.5], ["L;Île", None]])

    assert text == '\ufeffnom;part\r\nPérigueux;0,5\r\n"L;Île";\r\n'


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (float("nan"), ""),
        (0, "0"),
        (-3, "-3"),
        (-0.5, "-0,5"),
        (Decimal("14.50"), "14,50"),
        (np.int64(-3), "-3"),
        (np.float64(0.25), "0,25"),
        (date(2026, 1, 31), "2026-01-31"),
        ("01004", "01004"),
    ],
)
def test_a_value_is_written_as_a_spreadsheet_reads_it(value, written):
    assert written == cell_text(value)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_would_run_as_a_formula_is_disarmed(start):
    text = f"{start}HYPERLINK(A1)"

    assert cell_text(text) == f"'{text}"


def test_a_name_of_column_is_disarmed_too():
    assert text_of(["=1+1"], []) == "\ufeff'=1+1\r\n"


def test_a_simulated_table_says_so_on_every_line():
    lines = text_of(["nom"], [["a"], ["b"]], is_simulated=True).splitlines()

    assert [line.split(";")[0] for line in lines[1:]] == [SIMULATED, SIMULATED]


def test_what_is_written_can_be_read_back():
    rows = [[f"nom {n}", n] for n in range(1200)]

    table = read_table(io.BytesIO(text_of(["nom", "n"], rows).encode()))

    assert [[row["nom"], int(row["n"])] for _line, row in table.rows] == rows


def test_the_file_is_downloaded_under_its_name():
    response = stream_csv("réponses 2026.csv", ["a"], [])

    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "r%C3%A9ponses%202026.csv" in disposition


def test_a_long_export_keeps_memory_flat():
    rows = ([f"Périgueux {n}", n, 0.5] for n in range(100_000))
    tracemalloc.start()

    length = sum(len(block) for block in csv_blocks(["a", "b", "c"], rows))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert length > 2_000_000
    assert peak < 500_000


def test_what_is_read_says_simulated_in_the_language_of_its_reader():
    """The word of files of data never changes; that of documents and drawings does."""
    folder = Path(__file__).resolve().parents[2] / "jalons"

    assert [] == [
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if "watermark=SIMULATED" in path.read_text(encoding="utf-8")
    ]
