from __future__ import annotations

import codecs
import tracemalloc

import pytest
from django.utils import translation

from jalons.files.tables import UnreadableFile, read_table
from tests.files.workbooks import make_csv

ACCENTS = "nom;département\nPérigueux;Dordogne\nSaint-Étienne;Loire\n"


def rows_of(text: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    return [row for _line, row in read_table(make_csv(text, encoding)).rows]


def refusal(text: str, encoding: str = "utf-8") -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        list(read_table(make_csv(text, encoding), name="réponses.csv").rows)
    return caught.value


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_found(delimiter):
    text = "code,nom\n24322,Périgueux\n".replace(",", delimiter)

    table = read_table(make_csv(text))

    assert table.delimiter == delimiter
    assert list(table.rows) == [(2, {"code": "24322", "nom": "Périgueux"})]


def test_a_delimiter_inside_quotation_marks_separates_nothing():
    table = read_table(make_csv('a;b\n"un, deux, trois";4\n"x, y, z";5\n'))

    assert table.delimiter == ";"
    assert [row["a"] for _line, row in table.rows] == ["un, deux, trois", "x, y, z"]


def test_a_table_of_one_column_has_no_delimiter_to_find():
    assert rows_of("code\n24322\n") == [{"code": "24322"}]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_is_found_and_said(encoding, said):
    table = read_table(make_csv(ACCENTS, encoding))

    assert table.columns == ("nom", "département")
    assert next(table.rows)[1]["nom"] == "Périgueux"
    assert table.encoding == said


def test_a_supposed_encoding_is_remarked_upon_and_a_sure_one_is_not():
    assert read_table(make_csv(ACCENTS, "cp1252")).remarks
    assert read_table(make_csv(ACCENTS, "utf-8")).remarks == ()


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman"])
def test_another_encoding_is_refused_with_its_line_and_its_mend(encoding):
    error = refusal("nom;x\nPau;1\nPérigueux;2\n", encoding)

    assert error.line == 3
    assert "CSV UTF-8" in error.message


def test_two_encodings_in_one_file_are_refused():
    content = "nom\nPérigueux\n".encode() + "Angoulême\n".encode("cp1252")

    with pytest.raises(UnreadableFile) as caught:
        read_table(make_csv(content.decode("latin-1"), "latin-1"))

    assert caught.value.line == 2


def test_a_picture_is_not_a_table():
    assert "XLSX" in refusal("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin-1").message


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        # Made UTF-16 twice: a zero stands before each of its letters.
        ("\0n\0o\0m\0;\0x\n", "utf-16"),
        ("nom;x\n" + "Pau;1\n" * 200_000 + "Pau;\0\n", "utf-8"),
        ("nom;x\nPérigueux;1\n" + "Pau;1\n" * 200_000 + "Pau;\0\n", "cp1252"),
    ],
)
def test_a_zero_anywhere_is_refused_since_no_database_keeps_it(text, encoding):
    assert "XLSX" in refusal(text, encoding).message


def test_an_empty_file_is_refused():
    assert refusal("").line is None


def test_a_file_of_blank_lines_is_refused():
    assert refusal("\n;;\n\n").message


def test_a_quotation_mark_never_closed_is_told_at_its_line():
    error = refusal('a;b\n1;2\n3;"quatre\n5;6\n')

    assert error.line == 3


def test_a_cell_of_several_lines_keeps_the_numbers_right():
    table = read_table(make_csv('a;b\n1;"un\ndeux\ntrois"\n2;x\n'))

    assert [(line, row["a"]) for line, row in table.rows] == [(2, "1"), (5, "2")]


@pytest.mark.parametrize(("row", "found"), [("1;2", 2), ("1;2;3;4", 4)])
def test_a_ragged_line_is_refused_with_its_number(row, found):
    error = refusal(f"a;b;c\n1;2;3\n{row}\n")

    assert error.line == 3
    assert str(found) in error.message


def test_blank_lines_and_empty_cells_at_the_end_are_forgiven():
    assert rows_of("a;b;\n\n1;2;\n;;\n") == [{"a": "1", "b": "2"}]


def test_a_column_named_twice_is_refused_by_name():
    error = refusal("nom;âge;nom\n1;2;3\n")

    assert (error.line, error.column) == (1, "nom")


def test_a_column_without_a_name_is_refused_by_position():
    error = refusal("nom;;âge\n1;2;3\n")

    assert "2" in error.message


def test_an_error_says_file_line_and_column_in_french():
    error = refusal("nom;nom\n")

    with translation.override("fr"):
        assert str(error).startswith(
            "réponses.csv, ligne 1, colonne «\xa0nom\xa0»\xa0: "
        )


def test_too_many_lines_are_refused(monkeypatch):
    monkeypatch.setattr("jalons.files.tables.MAX_ROWS", 2)

    assert refusal("a\n1\n2\n3\n").line == 4


def test_a_file_given_open_stays_open():
    file = make_csv("a\n1\n")

    list(read_table(file).rows)

    assert not file.closed


def test_a_file_given_by_its_path_is_named_and_closed(tmp_path):
    path = tmp_path / "réponses.csv"
    path.write_bytes(codecs.BOM_UTF8 + b"a;a\n")

    with pytest.raises(UnreadableFile) as caught:
        read_table(path)

    assert caught.value.name == "réponses.csv"


def test_a_path_read_in_part_leaves_no_open_file(tmp_path):
    path = tmp_path / "réponses.csv"
    path.write_text("a\n" + "1\n" * 10)

    assert read_table(path).columns == ("a",)


def test_a_long_file_is_read_in_flat_memory(tmp_path):
    path = tmp_path / "longue.csv"
    path.write_text("code;texte\n" + f"24322;{'é' * 60}\n" * 60_000)
    tracemalloc.start()

    count = sum(1 for _row in read_table(path).rows)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60_000
    assert peak < path.stat().st_size
