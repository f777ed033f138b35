"""Page, PDF and CSV say the same numbers, for the team and for the public."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from jalons.documents import render
from jalons.observatory import figures, operations
from jalons.observatory.documents import document
from jalons.observatory.restitution import builders, restitution_of
from jalons.observatory.results import NOT_PUBLISHED
from tests.documents.office import rows_of_sheet, word, workbook
from tests.observatory.crowd import make_crowd
from tests.observatory.example import make_example


@pytest.fixture(scope="module")
def shown(made):
    """What each audience is shown, read once."""
    return {audience: shown_to(audience, made) for audience in ("team", "public")}


@pytest.fixture(scope="module")
def texts(shown):
    return {audience: text_of(pdf_of(shown[audience])) for audience in shown}


@pytest.fixture(scope="module")
def grids(shown):
    return {audience: word(document(shown[audience])).tables for audience in shown}


def shown_to(audience, example):
    found = (
        figures.team_figures(example.campaign)
        if audience == "team"
        else figures.public_figures(example.campaign).figures
    )
    return restitution_of(example.campaign, found)


def plain(text):
    """Words without any kind of space, which a PDF cuts where it likes."""
    return re.sub(r"\s", "", text)


def pdf_of(shown):
    return PdfReader(io.BytesIO(render(document(shown), "pdf")))


def text_of(pdf):
    return plain("".join(page.extract_text() for page in pdf.pages))


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def get(client, example, name, **kwargs):
    address = {"pk": example.campaign.pk, **kwargs}
    if name.startswith("public"):
        address = {"slug": example.campaign.slug, **kwargs}
    return client.get(reverse(f"observatory:{name}", kwargs=address))


def lines_of(sheet):
    """Each row as it is read."""
    return [plain("".join(cell.text for cell in row.cells)) for row in sheet.rows]


@pytest.mark.parametrize("audience", ["team", "public"])
@pytest.mark.parametrize(
    "code",
    ["classes", "departements", "profils", "epci", "maturity_by_vulnerability"]
    + ["maturity_by_density", "main_stake", "strategy", "leviers"],
)
def test_the_pdf_holds_every_row_of_the_table(shown, texts, audience, code):
    sheet = builders(shown[audience])[code]()

    assert sheet.rows
    assert not [line for line in lines_of(sheet) if line not in texts[audience]]


@pytest.mark.parametrize("audience", ["team", "public"])
@pytest.mark.parametrize("code", ["classes", "departements", "main_stake"])
def test_the_word_processor_holds_every_row_of_the_table(shown, grids, audience, code):
    sheet = builders(shown[audience])[code]()

    cells = [[c.text for c in row.cells] for g in grids[audience] for row in g.rows]
    rows = {plain("".join(row)) for row in cells}
    assert sheet.rows
    assert not [line for line in lines_of(sheet) if line not in rows]


@pytest.mark.parametrize("audience", ["team", "public"])
def test_the_workbook_holds_the_numbers_of_the_csv(shown, audience):
    sheet = builders(shown[audience])["departements"]()
    book = workbook(document(shown[audience]))

    name = next(one for one in book.sheet_names if sheet.caption[:12] in one)
    rows = rows_of_sheet(book, name)

    expected = [["" if v is None else v for v in record] for record in sheet.records()]
    assert expected == rows[-len(expected) :]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("territories", "epci"),
        ("departements", "departements"),
        ("departements", "profils"),
        ("crossings", "leviers"),
        ("crossing", "maturity_by_vulnerability"),
        ("crossing", "maturity_by_vulnerability-intervalles"),
        ("answers", "main_stake"),
        ("show", "classes"),
        ("show", "maturity_by_vulnerability-lecture"),
    ],
)
def test_the_page_holds_every_row_of_the_table(client, shown, example, page, code):
    client.force_login(example.officer)
    kwargs = {"code": "maturity_by_vulnerability"} if page == "crossing" else {}
    sheet = builders(shown["team"])[code]()

    html = get(client, example, page, **kwargs).content.decode()

    text = plain(re.sub(r"<[^>]+>", "", html))
    assert not [line for line in lines_of(sheet) if line not in text]


@pytest.mark.parametrize("audience", ["team", "public"])
def test_the_csv_of_a_crossing_holds_the_counts_of_the_figures(
    client, example, audience
):
    operations.publish(example.campaign, public_from=timezone.now(), by=example.officer)
    client.force_login(example.officer)
    name = "table" if audience == "team" else "public_table"
    crossing = shown_to(audience, example).crossing("maturity_by_density")

    _header, *rows = rows_of(get(client, example, name, code="maturity_by_density"))

    for line, row in zip((*crossing.lines, crossing.total), rows, strict=True):
        counts = [int(row[at]) if line.n else 0 for at in range(2, len(row), 2)]
        assert (line.n, [cell.count for cell in line.cells]) == (int(row[1]), counts)


def test_the_csv_of_a_question_holds_shares_and_bounds(client, example):
    client.force_login(example.officer)
    found = figures.team_figures(example.campaign).question("main_stake")
    count = found.count("inequalities")

    header, first, *_rows = rows_of(get(client, example, "table", code="main_stake"))

    assert ["Réponse", "effectif", "n", "part (%)"] == header[:4]
    shares = (count.share, count.interval.low, count.interval.high)
    expected = [str(round(100 * share, 1)).replace(".", ",") for share in shares]
    assert ["9", "11", *expected] == first[1:]


def test_secret_is_written_neither_zero_nor_blank(client):
    crowd = make_crowd(validated=0.8)
    operations.publish(crowd.campaign, public_from=timezone.now(), by=crowd.officer)

    rows = rows_of(get(client, crowd, "public_table", code="main_stake-profils"))

    assert "secret" in {cell for row in rows for cell in row}


def test_an_unknown_table_does_not_exist(client, example):
    client.force_login(example.officer)

    assert get(client, example, "table", code="inconnu").status_code == 404


def test_every_table_has_as_many_columns_as_its_header(shown):
    for restitution in shown.values():
        for code, builder in builders(restitution).items():
            sheet = builder()
            if sheet is not None:
                widths = {len(record) for record in sheet.records()}
                assert widths <= {len(sheet.header)}, code


def test_simulated_is_written_on_every_page_and_every_line(client):
    example = make_example(is_simulated=True)
    client.force_login(example.officer)

    pdf = pdf_of(shown_to("team", example))
    header, *rows = rows_of(get(client, example, "table", code="classes"))

    assert all("SIMULÉ" in page.extract_text() for page in pdf.pages)
    assert {"SIMULÉ"} == {row[0] for row in rows}
    assert "SIMULÉ" not in header


def test_what_the_team_downloads_says_not_to_circulate(client, example):
    client.force_login(example.officer)

    file = get(client, example, "pdf").headers["Content-Disposition"]

    assert "ne-pas-diffuser" in file
    assert "nepasdiffuser" in text_of(pdf_of(shown_to("team", example)))
    assert "nepasdiffuser" not in text_of(pdf_of(shown_to("public", example)))


@pytest.mark.parametrize("number", [4, 12])
def test_the_public_pdf_says_nothing_of_a_class_not_validated(example, number):
    text = text_of(pdf_of(shown_to("public", example)))
    place = plain(example.places[number].name)
    departement = "Deux-Rives"

    assert f"{place}{departement}Réponsenonpubliée" in text
    assert 1 == text.count(place)


def test_the_document_of_an_empty_survey_says_so(example):
    example.campaign.responses.all().delete()
    example.campaign.scores.all().delete()

    text = text_of(pdf_of(shown_to("team", example)))

    assert "Aucuneréponsen’estarrivée" in text
    assert NOT_PUBLISHED not in text
