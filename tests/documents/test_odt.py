from __future__ import annotations

import odfdo

from jalons.documents import render
from jalons.documents.model import (
    Cover,
    Figure,
    Link,
    Mention,
    Number,
    Paragraph,
    Section,
    Table,
)
from tests.documents.conftest import BAR, make_document
from tests.documents.office import odt, odt_style_of


def styled(made: odfdo.Document) -> list[tuple[str, str]]:
    found = made.body.get_elements("descendant::text:p | descendant::text:h")
    return [(one.get_attribute("text:style-name"), one.inner_text) for one in found]


def test_titles_are_headings_with_their_level(every_block):
    made = odt(make_document(*every_block, subtitle="Restitution"))

    titles = made.body.get_elements("descendant::text:h")

    told = [(one.get_attribute("text:outline-level"), one.inner_text) for one in titles]
    assert [("1", "Niveau d’avancement"), ("2", "Croisement")] == told
    assert ("Title", "Où en sont les EPCI ?") in styled(made)
    assert ("Subtitle", "Restitution") in styled(made)
    level = odt_style_of(made, "Heading_20_2").get_attribute(
        "style:default-outline-level"
    )
    assert "2" == level


def test_every_block_is_written_in_a_style_that_the_file_defines(every_block):
    made = odt(make_document(*every_block, watermark="SIMULÉ"))

    lines = styled(made)

    assert ("Lead", "Sur 93 EPCI, 37 sont avancés.") in lines
    assert ("Fact", "EPCI\u00a0: 93 sur 154") in lines
    assert ("Fact", "Réponses\u00a0: 103 (4 profils)") in lines
    assert ("Quote", "Il manque du temps.") in lines
    assert ("Quote_20_Role", "— Élue") in lines
    assert ("Caution", "On ne peut pas conclure.") in lines
    assert ("List_20_Bullet", "Une autre") in lines
    assert ("Caption", "Parts") in lines
    assert all(odt_style_of(made, name) is not None for name, _text in lines)


def test_the_header_of_a_table_repeats_and_its_rows_stay_whole(every_block):
    made = odt(make_document(*every_block))

    grid = made.body.get_element("descendant::table:table")

    head = grid.get_elements("table:table-header-rows/table:table-row")
    told = [one.inner_text for one in head[0].get_elements("descendant::text:p")]
    assert ["Classe", "Part", ""] == told
    assert 1 == len(head)
    rows = grid.get_elements("descendant::table:table-row")
    assert {"Row"} == {one.get_attribute("table:style-name") for one in rows}
    kept = odt_style_of(made, "Row").get_element("style:table-row-properties")
    assert "always" == kept.get_attribute("fo:keep-together")
    assert "Parts" == grid.get_element("table:title").text


def test_columns_fill_the_width_between_the_margins(every_block):
    made = odt(make_document(*every_block))

    widths = [
        odt_style_of(made, f"Table1.{at}")
        .get_element("style:table-column-properties")
        .get_attribute("style:column-width")
        for at in (1, 2, 3)
    ]

    # 168 mm between the margins.
    assert abs(sum(float(one.removesuffix("in")) for one in widths) - 6.614) < 0.01


def test_a_picture_says_what_it_shows_and_a_small_drawing_is_decorative(every_block):
    made = odt(make_document(*every_block))

    frames = made.body.get_elements("descendant::draw:frame")

    said = [one.get_element("svg:desc") for one in frames]
    assert ["Une barre à moitié pleine."] == [one.text for one in said if one]
    marks = [
        one.get_attribute("loext:decorative")
        for one, words in zip(frames, said, strict=True)
        if not words
    ]
    assert marks
    assert {"true"} == {str(one).lower() for one in marks}
    images = made.body.get_elements("descendant::draw:image")
    names = {one.get_attribute("xlink:href") for one in images}
    assert all(made.get_part(one).startswith(b"\x89PNG") for one in names)


def test_the_document_says_its_language_title_and_author(every_block):
    made = odt(make_document(*every_block))

    told = made.meta
    assert "Où en sont les EPCI ?" == told.title
    assert "fr-FR" == str(told.language)
    assert "Centre de ressources d’Exemple" == told.initial_creator


def test_every_page_says_simulated_the_source_the_date_and_its_number():
    made = odt(make_document(Paragraph("Un."), watermark="SIMULÉ"))

    styles = made.get_part("styles.xml")
    head = styles.get_element("//style:master-page/style:header").inner_text
    foot = styles.get_element("//style:master-page/style:footer")
    assert "SIMULÉ" in head
    assert "16 juin 2026" in head
    assert "INSEE Filosofi 2021 · COG 2026" in foot.inner_text
    assert foot.get_element("descendant::text:page-number")
    assert foot.get_element("descendant::text:page-count")
    plain = odt(make_document(Paragraph("Un.")))
    bare = plain.get_part("styles.xml").get_element("//style:master-page")
    assert "SIMULÉ" not in bare.inner_text


def test_a_chapter_starts_a_page():
    sections = [Section("Un", []), Section("Deux", [Paragraph("b")], "chapter")]

    made = odt(make_document(sections=sections))

    starts = [
        odt_style_of(made, name).get_element(
            "style:paragraph-properties[@fo:break-before='page']"
        )
        is not None
        for name, text in styled(made)
        if text in ("Un", "Deux")
    ]
    assert [False, True] == starts


def test_the_cover_names_those_who_made_the_document():
    cover = Cover(
        [Mention("Coordination", "CRI")], [Mention("Région", "pilotage")], "Merci."
    )

    lines = styled(odt(make_document(Paragraph("Un."), cover=cover)))

    assert ("Mention", "Coordination\u00a0: CRI") in lines
    assert ("Mention", "Région\u00a0: pilotage") in lines
    assert ("Standard", "Merci.") in lines


def test_numbers_letters_and_links_are_written_as_they_are():
    table = Table("Parts", ["Classe", "Part"], [["Forte", Number("18,2\u202f%", 18.2)]])
    odd = Paragraph("nul\x00 漢字  \ud800seul <text:p>&\nsuite")
    link = Paragraph(["Voir ", Link("la page", "https://exemple.fr/?a=1&b=2")])

    made = odt(make_document(table, odd, link))

    texts = [text for _name, text in styled(made)]
    assert "18,2\u202f%" in texts
    assert "nul 漢字  seul <text:p>&\nsuite" in texts
    to = made.body.get_element("descendant::text:a")
    assert "https://exemple.fr/?a=1&b=2" == to.get_attribute("xlink:href")
    assert "la page" == to.inner_text


def test_the_same_document_gives_the_same_bytes(every_block):
    document = make_document(*every_block, Figure(BAR, "Une barre.", "Une"))

    first = render(document, "odt")

    assert first == render(document, "odt")
    # A program recognises the file by its first, uncompressed entry.
    assert b"mimetypeapplication/vnd.oasis.opendocument.text" == first[30:77]
