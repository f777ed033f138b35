from __future__ import annotations

from docx.oxml.ns import qn

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
from tests.documents.office import word


def styled(made):
    return [(line.style.name, line.text) for line in made.paragraphs]


def test_titles_are_headings_that_a_word_processor_knows(every_block):
    made = word(make_document(*every_block, subtitle="Restitution"))

    lines = styled(made)

    assert ("Title", "Où en sont les EPCI ?") in lines
    assert ("Subtitle", "Restitution") in lines
    assert ("Heading 1", "Niveau d’avancement") in lines
    assert ("Heading 2", "Croisement") in lines


def test_every_block_is_written_in_its_own_style(every_block):
    lines = styled(word(make_document(*every_block)))

    assert ("Lead", "Sur 93 EPCI, 37 sont avancés.") in lines
    assert ("Fact", "EPCI\u00a0: 93 sur 154") in lines
    assert ("Fact", "Réponses\u00a0: 103 (4 profils)") in lines
    assert ("Quote", "Il manque du temps.") in lines
    assert ("Quote Role", "— Élue") in lines
    assert ("Caution", "On ne peut pas conclure.") in lines
    assert ("List Bullet", "Une autre") in lines
    assert ("Caption", "Parts") in lines


def test_the_header_of_a_table_repeats_and_its_rows_stay_whole(every_block):
    grid = word(make_document(*every_block)).tables[0]

    first, *others = [row._tr for row in grid.rows]
    assert first.find(f".//{qn('w:tblHeader')}") is not None
    assert all(row.find(f".//{qn('w:tblHeader')}") is None for row in others)
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in others)
    assert ["Classe", "Part", ""] == [cell.text for cell in grid.rows[0].cells]


def test_a_picture_says_what_it_shows_and_a_small_drawing_is_decorative(every_block):
    made = word(make_document(*every_block))

    found = list(made.element.body.iter(qn("wp:docPr")))

    said = [each.get("descr") for each in found if each.get("descr")]
    silent = [each for each in found if not each.get("descr")]
    assert ["Une barre à moitié pleine."] == said
    assert silent
    assert all(len(list(each.iter("{*}decorative"))) == 1 for each in silent)


def test_the_document_says_its_language_title_and_author(every_block):
    made = word(make_document(*every_block))

    languages = {
        each.get(qn("w:val")) for each in made.styles.element.iter(qn("w:lang"))
    }
    assert {"fr-FR"} == languages
    assert "fr-FR" == made.core_properties.language
    assert "Où en sont les EPCI ?" == made.core_properties.title
    assert "Centre de ressources d’Exemple" == made.core_properties.author


def test_every_page_says_simulated_the_source_the_date_and_its_number():
    made = word(make_document(Paragraph("Un."), watermark="SIMULÉ"))

    page = made.sections[0]
    head = "\n".join(line.text for line in page.header.paragraphs)
    foot = page.footer.paragraphs[0]
    fields = [each.get(qn("w:instr")) for each in foot._p.iter(qn("w:fldSimple"))]
    assert "SIMULÉ" in head
    assert "16 juin 2026" in head
    assert "INSEE Filosofi 2021 · COG 2026" in foot.text
    assert ["PAGE", "NUMPAGES"] == fields
    assert not page.different_first_page_header_footer


def test_without_watermark_no_page_says_simulated(every_block):
    made = word(make_document(*every_block))

    head = made.sections[0].header.paragraphs
    assert "SIMULÉ" not in "".join(line.text for line in [*head, *made.paragraphs])


def test_a_chapter_starts_a_page_and_an_annex_follows_the_text():
    sections = [
        Section("Un", [Paragraph("a")]),
        Section("Deux", [Paragraph("b")], "chapter"),
        Section("Méthode", [Paragraph("c")], "annex"),
    ]

    made = word(make_document(sections=sections))

    starts = {
        line.text: bool(line.paragraph_format.page_break_before)
        for line in made.paragraphs
        if line.style.name == "Heading 1"
    }
    assert {"Un": False, "Deux": True, "Méthode": False} == starts


def test_the_cover_names_those_who_made_the_document():
    cover = Cover(
        [Mention("Coordination", "CRI")], [Mention("Région", "pilotage")], "Merci."
    )

    lines = styled(word(make_document(Paragraph("Un."), cover=cover)))

    assert ("Mention", "Coordination\u00a0: CRI") in lines
    assert ("Mention", "Région\u00a0: pilotage") in lines
    assert ("Normal", "Merci.") in lines


def test_numbers_read_as_in_the_pdf():
    table = Table("Parts", ["Classe", "Part"], [["Forte", Number("18,2\u202f%", 18.2)]])

    grid = word(make_document(table)).tables[0]

    assert ["Forte", "18,2\u202f%"] == [cell.text for cell in grid.rows[1].cells]


def test_letters_that_a_file_refuses_are_left_out_and_the_others_kept():
    text = "nul\x00 漢字 \U0001f389 \ud800seul <w:p>&"

    lines = styled(word(make_document(Paragraph(text))))

    assert ("Normal", "nul 漢字 \U0001f389 seul <w:p>&") in lines


def test_the_same_document_gives_the_same_bytes(every_block):
    document = make_document(*every_block, Figure(BAR, "Une barre.", "Une"))

    assert render(document, "docx") == render(document, "docx")


def test_a_long_line_of_sources_is_whole_in_the_text_and_cut_in_the_properties(
    every_block,
):
    sources = "; ".join(f"Fichier numéro {at} d’un producteur" for at in range(20))

    made = word(make_document(*every_block, source_line=sources))

    assert 255 == len(made.core_properties.comments)
    assert made.core_properties.comments.endswith("…")


def test_no_word_of_a_table_is_cut_by_a_narrow_column():
    rows = [
        [
            "Niveau de vie médian",
            "22\u00a0420\u202f€",
            "20\u202f880 à 22\u202f720\u202f€",
            "2021",
        ]
    ]
    header = ["Chiffre", "Valeur", "Moitié centrale des pairs", "Année"]
    made = word(make_document(Table("Les chiffres", header, rows)))

    widths = [cell.width.pt for cell in made.tables[0].rows[0].cells]

    # Nine points: under six points a letter, margins apart.
    longest = [len("médian"), len("22 420 €"), len("22 720 €"), len("Année")]
    assert all(w > 5.6 * n for w, n in zip(widths, longest, strict=True))
    assert sum(widths) <= 477
    assert widths[0] > widths[3]


def test_a_link_leads_to_its_page_and_is_underlined():
    made = word(make_document(Paragraph(["Voir ", Link("ici", "https://a.fr/?b&c")])))

    line = next(one for one in made.paragraphs if one.hyperlinks)

    assert ["https://a.fr/?b&c"] == [one.address for one in line.hyperlinks]
    assert "Voir ici" == line.text
    assert ["Hyperlink"] == [one.style.name for one in line.hyperlinks[0].runs]
    assert made.styles["Hyperlink"].font.underline
