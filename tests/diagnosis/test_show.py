from __future__ import annotations

import html
import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from jalons.diagnosis import tables
from jalons.diagnosis.figures import portrait_of
from jalons.documents import CONTENT_TYPES
from jalons.indicators.models import Observation
from jalons.indices.operations import load_definitions, shipped_files
from tests.indices.conftest import observe

FRENCH = {"accept-language": "fr"}


def words(text: str) -> str:
    """A text without tags nor spaces of any kind, as all the outputs share it."""
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def get(client, name: str, **kwargs):
    response = client.get(reverse(f"diagnosis:{name}", kwargs=kwargs), headers=FRENCH)
    assert 200 == response.status_code
    return response


def page(client, code: str) -> str:
    return words(get(client, "show", code=code).content.decode())


def pdf(client, name: str, **kwargs) -> PdfReader:
    return PdfReader(io.BytesIO(get(client, name, **kwargs).content))


def text_of(reader: PdfReader) -> str:
    return words(" ".join(one.extract_text() for one in reader.pages))


def test_page_pdf_and_workbook_agree_number_by_number(client, land, in_french):
    code = land.number(9).code
    portrait = portrait_of(land.number(9))
    sheets = [tables.key_figures(portrait), tables.publics(portrait)]
    shown, printed = (
        page(client, code),
        text_of(pdf(client, "file", code=code, format="pdf")),
    )
    made = get(client, "file", code=code, format="xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    written = [
        [cell for cell in row if cell != ""]
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
    ]

    for sheet in sheets:
        for row in sheet.rows:
            for cell in row.cells:
                assert words(cell.text) in shown
                assert words(cell.text) in printed
        for record in sheet.records():
            expected = [one for one in record if one is not None and one != ""]
            assert expected in written


def test_the_page_says_source_vintage_and_what_figures_do_not_say(client, land):
    shown = page(client, land.number(9).code)

    assert words("Fichier d’Exemple, INSEE, 2021") in shown
    assert words("Ce que les chiffres ne disent pas") in shown
    assert words("D’où vient ce chiffre ?") in shown
    assert words("À quelle échelle agir ?") in shown
    assert words("environ 25 200 personnes") in shown


def test_a_territory_without_any_figure_still_has_its_questions(client, land):
    land.release.delete()

    shown = page(client, land.number(9).code)

    assert words("Aucun chiffre sur les habitants de ce territoire") in shown
    assert words("Qui prête, donne ou répare des appareils ?") in shown
    assert words("Ce que les chiffres ne disent pas") in shown


def test_a_commune_says_that_the_figures_are_those_of_its_epci(client, land):
    shown = page(client, land.commune.code)

    assert words("Aucun chiffre n’est chargé pour Bourg-d’Exemple") in shown
    assert words("18,0 %") in shown


def test_national_figures_stand_with_their_definition_and_population(client, land):
    shown = page(client, land.number(9).code)

    lines = re.findall(r"17%:.{0,300}", shown)
    assert lines
    for line in lines:
        assert "illectronisme" in line
        assert "octobre2019" in line


def test_an_unknown_territory_or_format_is_not_found(client, land):
    known = {"code": land.number(1).code}

    for url in (
        reverse("diagnosis:show", args=["99999"]),
        reverse("diagnosis:file", kwargs=known | {"format": "exe"}),
        reverse("diagnosis:file", kwargs=known | {"format": "pptx"}),
    ):
        assert 404 == client.get(url).status_code


def test_a_share_says_what_it_is_a_share_of(client, land):
    page = get(client, "show", code=land.number(9).code).content.decode()

    assert "28,0\u202f% des habitants" in page


@pytest.mark.parametrize("format", ["pdf", "docx", "xlsx"])
def test_the_portrait_is_handed_out_in_three_formats(client, land, format):
    response = get(client, "file", code=land.number(9).code, format=format)

    assert CONTENT_TYPES[format] == response.headers["Content-Type"]
    assert f".{format}" in response.headers["Content-Disposition"]


def test_the_sheet_for_elected_members_holds_on_one_page(client, land):
    reader = pdf(client, "brief", code=land.number(9).code)
    found = text_of(reader)

    assert 1 == len(reader.pages)
    assert words("Deux faits à retenir") in found
    assert words("Trois questions à poser") in found
    assert words("25 200") in found


def test_the_portrait_is_a_tagged_pdf_of_four_to_eight_pages(client, land):
    reader = pdf(client, "file", code=land.number(9).code, format="pdf")

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert 4 <= len(reader.pages) <= 8


def test_the_block_alone_may_be_framed_and_sets_no_cookie(client, land):
    code = land.number(9).code
    block, whole = get(client, "block", code=code), get(client, "show", code=code)

    assert "frame-ancestors *" in block.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in block.headers
    assert not block.cookies
    assert "frame-ancestors 'none'" in whole.headers["Content-Security-Policy"]
    assert "DENY" == whole.headers["X-Frame-Options"]


def test_the_line_to_copy_leads_to_the_block(client, land):
    code = land.number(9).code

    assert (
        reverse("diagnosis:block", args=[code])
        in get(client, "embed", code=code).content.decode()
    )


def test_the_number_of_queries_does_not_depend_on_the_number_of_peers(
    client, land, django_assert_max_num_queries
):
    url = reverse("diagnosis:show", args=[land.number(9).code])
    client.get(url)

    with django_assert_max_num_queries(30):
        client.get(url)


def test_one_file_of_communes_takes_nothing_away_from_a_commune(client, land):
    before = page(client, land.commune.code)
    lend(land, "share_65_plus", 40.0)

    after = page(client, land.commune.code)

    # The income and the poverty of EPCI 9 stay, and say whose they are.
    for value in ("20000€", "18,0%"):
        assert words(value) in before
        assert words(f"{value} (valeur de l’EPCI)") in after
    assert words("40,0%") in after
    assert words("40,0% (valeur de l’EPCI)") not in after
    assert words("2 chiffres ci-dessous ne sont pas ceux de la commune") in after


def test_what_is_lent_by_the_epci_is_counted_nowhere(land, in_french):
    lend(land, "share_65_plus", 40.0)

    portrait = portrait_of(land.commune)

    lent = portrait.figure("poverty_rate")
    assert lent.is_inherited
    assert lent.position is None
    assert "poverty_rate" not in {one.indicator for one in portrait.proposals}
    modest = next(one for one in portrait.publics if one.public.code == "modest")
    assert (18, None) == (modest.share, modest.count)
    (record,) = (
        dict(zip(tables.key_figures(portrait).header, one, strict=True))
        for one in tables.key_figures(portrait).records()
        if one[0] == "Taux de pauvreté"
    )
    assert "valeur de l’EPCI" == record["à qui"]


def test_a_departement_without_values_says_why_and_what_to_load(client, land):
    text = page(client, land.departement.code)

    assert words("de 10,0 à 18,0% dans ses 9 EPCI") in text
    assert words("la moyenne de ces taux ne serait pas le taux de l’ensemble") in text
    assert words("Une fois chargés les fichiers communaux du recensement") in text


def test_what_is_counted_there_is_not_called_nothing(client, land):
    observe("france_services", {land.departement.code: 37.0})

    text = page(client, land.departement.code)

    assert words("Déjà recensé ici : Un titre : 37.") in text


def test_the_index_said_in_the_portrait_opens_on_its_own_page(client, land):
    load_definitions(shipped_files())
    code = land.number(9).code

    shown = get(client, "show", code=code).content.decode()

    assert f"/indices/quatre-axes/?territoire={code}#ouvert" in shown


def lend(land, indicator: str, value: float) -> None:
    """One figure of the commune itself, as a first file of communes gives it."""
    Observation.objects.create(
        territory=land.commune,
        indicator_id=indicator,
        release=land.release,
        value=value,
        status="published",
    )
    land.release.save()
