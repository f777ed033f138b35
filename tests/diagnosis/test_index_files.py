"""The index of a territory: the same answerable figures on the page and in files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from jalons.diagnosis import index_sheets
from jalons.diagnosis.figures import portrait_of
from jalons.diagnosis.reading import read
from jalons.indicators.models import Indicator, Observation
from jalons.indices import figures as indices
from jalons.indices.figures import standing_of
from jalons.indices.operations import load_definitions, shipped_files
from tests.diagnosis.test_show import FRENCH, page, text_of, words
from tests.indices.conftest import observe

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(land):
    """Nine EPCI with an index of which EPCI 5 hides one figure and lacks another."""
    indices._at_hand.clear()
    load_definitions(shipped_files())
    for indicator in ("below_bac", "one_person_households", "lone_parents"):
        values = {one.code: 10.0 + at for at, one in enumerate(land.epci)}
        observe(indicator, values)
    observe("unemployment", {one.code: 8.0 for one in land.epci[:4]})
    land.set_value("poverty_rate", 5, None, "secret")
    Observation.objects.filter(indicator="below_bac").update(base=4_000)
    indices._at_hand.clear()
    return land


def lines_of(territory, index: str = "") -> dict[str, dict[str, object]]:
    sheet = index_sheets.lines(standing_of(territory, index=index))
    records = [dict(zip(sheet.header, one, strict=True)) for one in sheet.records()]
    return {str(one["indicateur"]): one for one in records}


def test_each_figure_of_the_index_has_its_base_status_vintage_and_source(
    indexed, in_french
):
    line = lines_of(indexed.number(5))["below_bac"]

    assert (14.0, 4_000, "publié", "", 9) == (
        line["valeur"],
        line["base (n)"],
        line["statut"],
        line["à qui"],
        line["territoires connus (n)"],
    )
    assert ("2022", "Fichier d’essai, Producteur") == (
        line["millésime"],
        line["source"],
    )


def test_secret_missing_and_not_loaded_are_three_statuses_and_none_is_zero(
    indexed, in_french
):
    indexed_lines = lines_of(indexed.number(5))

    assert [(None, "secret statistique"), (None, "manquant")] == [
        (indexed_lines[one]["valeur"], indexed_lines[one]["statut"])
        for one in ("poverty_rate", "unemployment")
    ]


def test_what_a_commune_takes_from_its_epci_says_whose_it_is(indexed, in_french):
    for indicator in ("share_65_plus", "below_bac", "lone_parents"):
        observe(indicator, {indexed.commune.code: 30.0}, vintage="2023")
    observe("one_person_households", {indexed.commune.code: None}, vintage="2023")
    Indicator.objects.update(unit="percent")

    line = lines_of(indexed.commune, "chiffres-embarques")["one_person_households"]

    assert (18.0, "valeur du territoire qui le contient", "valeur de l’EPCI") == (
        line["valeur"],
        line["statut"],
        line["à qui"],
    )


def test_page_pdf_workbook_csv_and_json_say_the_same_index(client, indexed, in_french):
    code = indexed.number(4).code
    shown = read(portrait_of(indexed.number(4)))
    sheet = shown.lines
    records = [list(one) for one in sheet.records()]
    on_page = page(client, code)
    printed = text_of(
        PdfReader(io.BytesIO(fetch(client, "file", code=code, format="pdf")))
    )

    for row in sheet.rows:
        for cell in row.cells:
            assert words(cell.text) in on_page
            assert words(cell.text) in printed
    assert [blanked(one) for one in records] == workbook_rows(
        fetch(client, "file", code=code, format="xlsx"), sheet.header
    )
    told = json.loads(fetch(client, "figures_json", code=code))
    table = next(one for one in told["tables"] if one["code"] == "indice")
    assert (sheet.header, records) == (table["columns"], table["rows"])
    lines = csv_rows(fetch(client, "table_csv", code=code, table="indice"))
    assert parsed([sheet.header, *records]) == parsed(lines)


def test_a_workbook_says_score_reference_places_and_definitions(
    client, indexed, in_french
):
    standing = portrait_of(indexed.number(4)).standing
    code = indexed.number(4).code
    made = fetch(client, "file", code=code, format="xlsx")

    rows = {
        one[0]: one[1:]
        for one in workbook_rows(made, ["Quoi", "valeur", "n", "statut"])
    }
    assert [standing.score, standing.used, "calculé"] == rows["Score"]
    assert [9, 9, ""] == rows["Territoires de la référence"]
    assert standing.rank.low == rows["Meilleure place, neuf façons sur dix"][0]
    told = json.loads(fetch(client, "figures_json", code=code))
    meant = next(one for one in told["tables"] if one["code"] == "definitions")
    assert {"poverty_rate", "below_bac"} <= {one[0] for one in meant["rows"]}


def test_a_table_that_the_portrait_does_not_have_is_not_found(client, land):
    known = {"code": land.number(1).code}

    for name, kwargs in (
        ("table_csv", {"table": "inconnue"}),
        ("table_csv", {"table": "indice"}),
        ("communes_file", {"format": "pdf"}),
    ):
        url = reverse(f"diagnosis:{name}", kwargs=known | kwargs)
        assert 404 == client.get(url).status_code


def fetch(client, name: str, **kwargs) -> bytes:
    response = client.get(reverse(f"diagnosis:{name}", kwargs=kwargs), headers=FRENCH)
    assert 200 == response.status_code
    return b"".join(response) if response.streaming else response.content


def workbook_rows(made: bytes, header: list[str]) -> list[list[object]]:
    """The rows under this header, whatever the sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        at = next((i for i, row in enumerate(rows) if row == header), None)
        if at is not None:
            return rows[at + 1 :]
    raise AssertionError(header)


def csv_rows(made: bytes) -> list[list[str]]:
    return [*csv.reader(io.StringIO(made.decode("utf-8-sig")), delimiter=";")]


def blanked(record: list[object]) -> list[object]:
    return ["" if one is None else one for one in record]


def parsed(records: Iterable[Iterable[object]]) -> list[list[object]]:
    """Numbers as numbers, whatever the file writes them like."""
    return [[_number(cell) for cell in one] for one in records]


def _number(cell: object) -> object:
    try:
        return float(str("" if cell is None else cell).replace(",", "."))
    except ValueError:
        return cell or ""
