from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest

from jalons.files import workbooks
from jalons.files.tables import Table, UnreadableFile, read_table
from tests.files.workbooks import day, formula, make_ods, make_xlsx, make_zip


def refusal(file: io.BytesIO, **options) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        list(read_table(file, name="réponses.xlsx", **options).rows)
    return caught.value


def only_row(table: Table) -> dict[str, str]:
    [(_line, row)] = table.rows
    return row


def test_values_read_as_they_would_stand_in_a_csv_file():
    header = ["code", "points", "part", "oui", "vide"]
    table = read_table(make_xlsx([header, ["01004", 3.0, 0.25, True, None]]))

    assert only_row(table) == {
        "code": "01004",
        "points": "3",
        "part": "0.25",
        "oui": "true",
        "vide": "",
    }


def test_a_day_reads_without_its_midnight_and_an_instant_with_its_hour():
    midnight, noon = datetime(2026, 1, 31), datetime(2026, 1, 31, 12)

    table = read_table(make_xlsx([["jour", "heure"], [day(midnight), day(noon)]]))

    assert only_row(table) == {"jour": "2026-01-31", "heure": "2026-01-31T12:00:00"}


def test_lines_are_numbered_as_the_spreadsheet_shows_them():
    table = read_table(make_xlsx([[], ["", "a"], [], ["", "x"], ["", "y"]]))

    assert [line for line, _row in table.rows] == [4, 5]


def test_the_first_sheet_is_read_and_the_others_are_mentioned():
    table = read_table(make_xlsx([["a"], ["1"]], [["b"], ["2"]]))

    assert table.columns == ("a",)
    assert "A" in table.remarks[0]


def test_another_sheet_is_read_when_asked_for_by_name():
    table = read_table(make_xlsx([["a"]], [["b"], ["2"]]), sheet="B")

    assert only_row(table) == {"b": "2"}


def test_a_sheet_that_does_not_exist_is_refused_with_those_that_do():
    error = refusal(make_xlsx([["a"]], [["b"]]), sheet="Réponses")

    assert "A, B" in error.message


def test_a_formula_is_read_as_its_saved_result_and_said():
    table = read_table(make_xlsx([["a", "b"], ["1", formula("=1+1", 2)]]))

    assert only_row(table)["b"] == "2"
    assert "B2" in table.remarks[0]


@pytest.mark.parametrize("saved", ["", "#DIV/0!"])
def test_a_formula_whose_result_is_lost_is_refused_with_its_cell(saved):
    error = refusal(make_xlsx([["a", "b"], ["1", formula("=1/0", saved)]]))

    assert "B2" in error.message


def test_a_formula_in_another_sheet_hinders_nothing():
    table = read_table(make_xlsx([["a"], ["1"]], [[formula("=1/0", "")]]))

    assert only_row(table) == {"a": "1"}


def test_an_ods_workbook_is_read():
    table = read_table(make_ods([["nom", "x"], ["Périgueux", "1"]]))

    assert only_row(table) == {"nom": "Périgueux", "x": "1"}


def test_an_ods_workbook_says_its_formulas_too():
    file = make_ods([["nom"], ["x"]], attribute='table:formula="of:=[.A1]"')

    assert read_table(file).remarks


def test_an_empty_sheet_is_refused():
    assert refusal(make_xlsx([])).message


def test_a_broken_workbook_is_refused():
    whole = make_xlsx([["a"], ["1"]]).getvalue()

    assert "CSV" in refusal(io.BytesIO(whole[: len(whole) // 2])).message


def test_an_archive_without_workbook_is_refused():
    assert "XLSX" in refusal(make_zip({"lisez-moi.txt": "bonjour"})).message


def test_a_protected_workbook_is_refused():
    mark = "EncryptedPackage".encode("utf-16-le")
    content = workbooks.OLE_MARK + b"\0" * 5000 + mark + b"\0" * 100

    protected = refusal(io.BytesIO(content))
    old = refusal(io.BytesIO(content.replace(mark, b"")))

    assert protected.message != old.message
    assert ".xls" in old.message


def test_a_protected_ods_workbook_is_refused():
    file = make_zip(
        {"content.xml": "?", "META-INF/manifest.xml": "<x:encryption-data/>"}
    )
    protected = refusal(io.BytesIO(workbooks.OLE_MARK + workbooks.ENCRYPTED_MARK))

    assert refusal(file).message == protected.message


def test_a_workbook_that_unfolds_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_UNFOLDED_BYTES", 1000)

    assert "CSV" in refusal(make_xlsx([["a"], ["1"]])).message


def test_a_column_named_twice_is_refused_in_a_workbook_too():
    error = refusal(make_xlsx([["nom", "nom"], ["1", "2"]]))

    assert (error.line, error.column) == (1, "nom")


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content[: content.rindex("</table:table>")],
        lambda content: content.replace("</table:table-row>", ""),
        lambda content: content.replace("?>", "?><!DOCTYPE table>", 1),
    ],
    ids=["cut", "a row without end", "declarations"],
)
def test_an_ods_whose_elements_have_no_end_is_refused_and_not_read_for_ever(change):
    with zipfile.ZipFile(make_ods([["a", "b"], ["1", "2"]])) as sound:
        members = {name: sound.read(name).decode() for name in sound.namelist()}
    members["content.xml"] = change(members["content.xml"])

    assert "abîmé" in str(refusal(make_zip(members)))


def test_an_ods_with_two_contents_is_refused():
    book = make_ods([["a"], ["1"]])
    with (
        zipfile.ZipFile(book, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr("content.xml", archive.read("content.xml"))

    assert "abîmé" in str(refusal(book))
