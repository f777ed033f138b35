from __future__ import annotations

import pytest

from jalons.documents import render
from jalons.documents.model import Number, Records, Table, UnevenTable
from tests.documents.conftest import make_document
from tests.documents.office import part, rows_of_sheet, workbook


def small_table(caption="Parts", **changes):
    rows = [["Forte", Number("18,2\u202f%", 18.2)], ["Faible", Number("–", None)]]
    return Table(caption, ["Classe", "Part (%)"], rows, note="n = 93 EPCI.", **changes)


def test_the_first_sheet_lists_the_others_with_their_sources():
    document = make_document(small_table(), small_table("Autre", source="INSEE 2022"))

    book = workbook(document)

    assert ["Sommaire", "1 Parts", "2 Autre"] == book.sheet_names
    rows = rows_of_sheet(book, "Sommaire")
    assert ["1 Parts", "Parts", "INSEE Filosofi 2021 · COG 2026"] in rows
    assert ["2 Autre", "Autre", "INSEE 2022"] in rows


def test_a_sheet_holds_caption_note_source_and_numbers_as_numbers():
    rows = rows_of_sheet(workbook(make_document(small_table())), "1 Parts")

    assert ["Parts", ""] == rows[0]
    assert "n = 93 EPCI." == rows[1][0]
    assert "Source\u00a0: INSEE Filosofi 2021 · COG 2026." == rows[2][0]
    assert ["Classe", "Part (%)"] == rows[4]
    assert ["Forte", 18.2] == rows[5]
    assert ["Faible", ""] == rows[6]


def test_records_replace_cells_that_hold_several_numbers():
    records = Records(["Classe", "nombre", "n"], [["Forte", 17, 93]])
    table = Table(
        "Parts", ["Classe", "Part"], [["Forte", "17 sur 93"]], records=records
    )

    rows = rows_of_sheet(workbook(make_document(table)), "1 Parts")

    assert ["Classe", "nombre", "n"] == rows[-2]
    assert ["Forte", 17, 93] == rows[-1]


def test_uneven_records_are_refused_by_row():
    with pytest.raises(UnevenTable, match="“Parts”, row 1: 1 cells"):
        Table("Parts", ["A"], [["a"]], records=Records(["A", "B"], [["a"]]))


def test_every_sheet_says_simulated_inside_and_when_printed():
    document = make_document(small_table(), watermark="SIMULÉ")
    book = workbook(document)

    assert all("SIMULÉ" == rows_of_sheet(book, name)[0][0] for name in book.sheet_names)
    package = render(document, "xlsx")
    for number in (1, 2):
        sheet = part(package, f"xl/worksheets/sheet{number}.xml")
        assert "SIMULÉ" in sheet.find(".//{*}oddHeader").text


def test_without_watermark_no_sheet_says_simulated():
    assert b"SIMUL" not in render(make_document(small_table()), "xlsx")


@pytest.mark.parametrize("text", ["=1+1", "+33", "@SUM(A1)", "http://exemple.fr", "-5"])
def test_no_text_is_run_as_a_formula(text):
    package = render(make_document(Table("T", ["A"], [[text]])), "xlsx")

    rows = rows_of_sheet(workbook(make_document(Table("T", ["A"], [[text]]))), "1 T")
    assert [text] == rows[-1]
    assert part(package, "xl/worksheets/sheet2.xml").find(".//{*}f") is None


def test_names_of_sheets_are_short_unique_and_allowed():
    captions = ["Part [de/l’EPCI] : où ? " + "long " * 10] * 3 + ["'"]
    document = make_document(*(small_table(caption) for caption in captions))

    names = workbook(document).sheet_names

    assert len(set(names)) == 5
    assert all(
        0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names
    )


def test_the_same_document_gives_the_same_bytes():
    document = make_document(small_table(), watermark="SIMULÉ")

    assert render(document, "xlsx") == render(document, "xlsx")
