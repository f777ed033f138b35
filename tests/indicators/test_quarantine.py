from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from jalons.indicators import quarantine
from jalons.indicators.loading import load
from jalons.indicators.orders import Order
from tests.indicators.places import COMMUNES, load_definitions, make_places

pytestmark = pytest.mark.django_db

HEADER = "CODGEO;NBPERSMENFISC21;MED21;TP6021\n"
ROWS = "".join(f"{code};1000;20000;12,5\n" for code in COMMUNES)


@pytest.fixture(autouse=True)
def _ground(settings, tmp_path):
    make_places()
    load_definitions(settings.REFERENCE_DIR, tmp_path / "definitions")


def left_out(text: str) -> list[dict[str, str]]:
    order, file = Order("filosofi", "essai.csv"), io.BytesIO(text.encode())
    report = load(order, file, by=None, dry_run=True)
    written = "".join(quarantine.blocks(order, file, report)).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(written), delimiter=";"))


def reason_of(row: dict[str, str]) -> str:
    return row["Jalons\xa0: motif, et correction"]


def test_a_row_left_out_keeps_its_cells_its_line_the_reason_and_the_mend():
    text = HEADER + ROWS.replace("24053;1000;20000;12,5", "24053;1000;20000;125")

    (row,) = left_out(text)

    assert row["CODGEO"] == "24053"
    assert row["TP6021"] == "125"
    assert row["Jalons\xa0: ligne dans le fichier"] == "3"
    assert row["Jalons\xa0: colonne à corriger"] == "TP6021"
    assert "entre 0 et 100" in reason_of(row)


def test_both_rows_of_a_code_given_twice_are_left_out():
    rows = left_out(HEADER + ROWS + "24322;20;20000;9\n")

    assert [row["TP6021"] for row in rows] == ["12,5", "9"]


def test_the_rows_of_codes_of_no_territory_are_left_out_with_their_cells():
    rows = left_out(HEADER + ROWS + "99999;20;20000;9\n")

    assert [row["CODGEO"] for row in rows] == ["99999"]
    assert "aucun territoire" in reason_of(rows[0])


def test_the_command_says_where_it_wrote_the_rows_left_out(tmp_path, settings, capsys):
    settings.VAR_DIR = tmp_path
    path = tmp_path / "filo.csv"
    path.write_text(HEADER + ROWS.replace("24053;1000;20000;12,5", "24053;1;1;125"))

    call_command("load", "filosofi", str(path), "--part", "--report", "json")

    kept = json.loads(capsys.readouterr().out)["files"][0]["quarantine"]
    assert "24053;1;1;125" in Path(kept).read_text()


def test_a_file_without_fault_leaves_nothing_out():
    order, file = Order("filosofi", "essai.csv"), io.BytesIO((HEADER + ROWS).encode())

    assert not load(order, file, by=None, dry_run=True).has_left_out
