from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from jalons.files import sheets
from jalons.files.sheets import Sheet, TooLong, write_workbook


def read(path, title="Réponses"):
    with CalamineWorkbook.from_path(str(path)) as book:
        return book.get_sheet_by_name(title).to_python()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reponses.xlsx"


def test_what_is_written_is_read_back(path):
    moment = datetime(2026, 3, 31, 8, 30, tzinfo=UTC)
    rows = [["a", 12, 2.5, date(2026, 3, 31), moment], ["é & <b>", -1, 0, None, None]]

    counts = write_workbook(path, [Sheet("Réponses", list("vwxyz"), rows)])

    assert [2] == counts
    first, second = read(path)[1:]
    # Half past eight in UTC is half past ten in Paris, on the last day of March.
    assert ["a", 12, 2.5, date(2026, 3, 31), datetime(2026, 3, 31, 10, 30)] == first
    assert ["é & <b>", -1, 0, "", ""] == second


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(A1)",
        " deux  espaces ",
        "une\nligne",
        "retour\rchariot",
        "cloche\x07",
        "_x0041_ n’est pas un A",
        "]]>",
    ],
)
def test_a_text_stays_the_text_it_is(path, text):
    write_workbook(path, [Sheet("Réponses", ["texte"], [[text]])])

    assert [["texte"], [text]] == read(path)


def test_what_is_not_a_number_leaves_an_empty_cell(path):
    rows = [[float("nan"), float("inf"), Decimal("NaN"), 1]]

    write_workbook(path, [Sheet("Réponses", list("abcd"), rows)])

    assert ["", "", "", 1] == read(path)[1]


def test_an_amount_to_the_cent_is_a_number_and_no_text(path):
    rows = [[Decimal("12.50"), Decimal("-1E+3"), Decimal("0.000")]]

    write_workbook(path, [Sheet("Réponses", list("abc"), rows)])

    assert [12.5, -1000, 0] == read(path)[1]
    assert all(not isinstance(one, str) for one in read(path)[1])


def test_columns_go_past_z(path):
    write_workbook(path, [Sheet("Réponses", [f"c{n}" for n in range(703)], [])])

    assert [f"c{n}" for n in range(703)] == read(path)[0]


def test_a_simulated_workbook_says_so_in_each_sheet_and_line(path):
    made = [Sheet("Réponses", ["a"], [[1]]), Sheet("Codes", ["b"], [[2]])]

    write_workbook(path, made, is_simulated=True)

    assert ["SIMULÉ", 1] == read(path, "SIMULÉ Réponses")[1]
    assert ["SIMULÉ", 2] == read(path, "SIMULÉ Codes")[1]


def test_a_table_longer_than_a_sheet_is_refused(path, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)

    write_workbook(path, [Sheet("Réponses", ["a"], [[1]] * 3)])
    with pytest.raises(TooLong):
        write_workbook(path, [Sheet("Réponses", ["a"], [[1]] * 4)])


def test_many_lines_are_all_there(path):
    rows = ([number, f"texte {number}"] for number in range(1_234))

    assert [1_234] == write_workbook(path, [Sheet("Réponses", ["n", "t"], rows)])
    assert [1_233, "texte 1233"] == read(path)[-1]
    assert 1_235 == len(read(path))
