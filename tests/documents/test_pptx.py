from __future__ import annotations

import pytest
from pptx.oxml.ns import qn

from jalons.documents import render
from jalons.documents.model import (
    Callout,
    Cover,
    Items,
    Link,
    Mention,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
)
from jalons.documents.slides import plan
from tests.documents.conftest import make_document, words
from tests.documents.office import alternatives, frames_of, slides, text_of_slide, word


def titles(document):
    return [slide.shapes.title.text_frame.text for slide in slides(document)]


def long_table(count, **changes):
    rows = [[f"CC {number}", "12"] for number in range(count)]
    return Table("Toutes", ["Territoire", "Points"], rows, **changes)


def test_a_slide_shows_one_thing_and_each_has_its_title(every_block):
    found = titles(make_document(*every_block))

    assert [
        "Où en sont les EPCI ?",
        "Niveau d’avancement",
        "Niveau d’avancement",
        "Croisement",
        "Croisement",
        "Croisement",
        "Précautions et méthode",
    ] == found


def test_every_slide_says_simulated_and_its_source(every_block):
    for slide in slides(make_document(*every_block, watermark="SIMULÉ")):
        text = text_of_slide(slide)
        assert "SIMULÉ" in text
        assert "INSEE Filosofi 2021 · COG 2026" in text


def test_without_watermark_no_slide_says_simulated(every_block):
    every = slides(make_document(*every_block))

    assert not [one for one in every if "SIMULÉ" in text_of_slide(one)]


def test_a_long_table_goes_on_and_says_so_and_loses_no_row():
    found = slides(make_document(long_table(40)))

    grids = [s.table for slide in found for s in slide.shapes if s.has_table]
    names = [row.cells[0].text for grid in grids for row in list(grid.rows)[1:]]
    assert [f"CC {number}" for number in range(40)] == names
    assert all(grid.cell(0, 0).text == "Territoire" for grid in grids)
    assert all(len(grid.rows) <= 15 for grid in grids)
    after = [slide.shapes.title.text_frame.text for slide in found[1:]]
    assert [
        "Niveau d’avancement",
        *[f"Niveau d’avancement (suite, {n})" for n in (2, 3)],
    ] == after


def test_details_and_annexes_stay_in_the_report():
    document = make_document(
        sections=[
            Section("Un", [long_table(5, is_detail=True), Items(["a"])]),
            Section("Deux", [Items(["b"])], is_detail=True),
            Section("Méthode", [Items(["c"])], "annex"),
        ]
    )

    assert ["Où en sont les EPCI ?", "Un"] == titles(document)


def test_paragraphs_are_what_the_speaker_says(every_block):
    found = slides(make_document(Paragraph("À dire."), Items(["a"])))

    assert "À dire." == found[1].notes_slide.notes_text_frame.text
    assert "À dire." not in text_of_slide(found[1])


def test_what_is_said_of_a_table_goes_with_it_and_not_with_another():
    found = slides(
        make_document(
            Paragraph("Du chapitre."),
            Table("A", ["x"], [["1"]]),
            Paragraph("De A."),
            long_table(40),
            Paragraph("De toutes."),
            long_table(2, is_detail=True),
            Paragraph("Du détail."),
        )
    )

    said = [slide.notes_slide.notes_text_frame.text for slide in found[1:3]]
    assert [["Du chapitre.", "Du détail.", "De A."], ["De toutes."]] == [
        text.splitlines() for text in said
    ]
    assert not any("De toutes." in notes_of(slide) for slide in found[3:])


def notes_of(slide):
    return slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""


def test_a_caution_repeated_in_every_section_is_said_once():
    caution = Callout("À lire avec prudence.", "caution")
    document = make_document(
        sections=[Section(name, [Items(["a"]), caution]) for name in ("Un", "Deux")]
    )

    text = "\n".join(map(text_of_slide, slides(document)))

    assert 1 == text.count("À lire avec prudence.")


def test_pictures_and_tables_say_what_they_show(every_block):
    found = [
        one for s in slides(make_document(*every_block)) for one in alternatives(s)
    ]

    assert ["Une barre à moitié pleine.", "Parts"] == found


def test_quotes_show_words_and_role_three_a_slide():
    quotes = [Quote(f"Parole {number}.", "Élue") for number in range(4)]

    found = slides(make_document(*quotes))

    assert "«\u202fParole 2.\u202f» — Élue" in text_of_slide(found[1])
    assert "«\u202fParole 3.\u202f» — Élue" in text_of_slide(found[2])


def test_the_last_slide_thanks_the_project_group():
    cover = Cover(
        [Mention("Direction", "CRI")], [Mention("Région", "pilotage")], "Merci."
    )

    found = slides(make_document(Items(["a"]), cover=cover))

    assert "Direction\u00a0: CRI" in text_of_slide(found[0])
    assert "Région\u00a0: pilotage\nMerci." in text_of_slide(found[-1])


@pytest.mark.parametrize(("language", "locale"), [("fr", "fr-FR"), ("en", "en-GB")])
def test_texts_say_their_language(every_block, language, locale):
    for slide in slides(make_document(*every_block, language=language)):
        runs = slide.shapes._spTree.iter(qn("a:r"))
        assert {locale} == {run.find(qn("a:rPr")).get("lang") for run in runs}


def test_the_number_of_a_slide_follows_when_it_is_moved(every_block):
    for slide in slides(make_document(*every_block)):
        fields = list(slide.shapes._spTree.iter(qn("a:fld")))
        assert ["slidenum"] == [each.get("type") for each in fields]


def test_the_same_document_gives_the_same_bytes(every_block):
    document = make_document(*every_block, watermark="SIMULÉ")

    assert render(document, "pptx") == render(document, "pptx")


def test_a_long_line_of_sources_does_not_stop_the_slides():
    made = slides(make_document(source_line="Fichier " * 60))

    assert made


def test_ten_slides_at_most_the_first_thing_of_each_section_first():
    cover = Cover((), [Mention("Région", "pilotage")], "Merci.")
    sections = [
        Section(f"Partie {n}", [long_table(2), Items(["a"]), Quote("b")])
        for n in range(1, 5)
    ]
    document = make_document(sections=sections, cover=cover, cautions=["Prudence."])

    found = titles(document)

    # The title, cautions and people leave seven: four first things, three second ones.
    assert 10 == len(found)
    assert [2, 2, 2, 1] == [found.count(f"Partie {n}") for n in range(1, 5)]
    assert "Précautions et méthode" == found[-2]
    assert 12 - 7 == plan(document).left_out


def test_the_method_said_to_the_room_is_on_its_slide():
    document = make_document(Items(["a"]), cautions=["Sous 5, secret.", "Au hasard."])

    assert "• Sous 5, secret.\n• Au hasard." in text_of_slide(slides(document)[-1])


def test_what_a_table_allows_to_conclude_goes_with_it_everywhere():
    told = "On ne peut pas conclure."
    document = make_document(long_table(3, conclusion=told))

    assert told in text_of_slide(slides(document)[1])
    assert told in words(document)
    assert told in [line.text for line in word(document).paragraphs]


def test_a_section_of_words_alone_is_shown_and_not_only_said():
    found = slides(make_document(Paragraph("D’abord ceci."), Paragraph("Puis cela.")))

    assert "• D’abord ceci.\n• Puis cela." in text_of_slide(found[1])


def test_a_small_table_is_written_large_and_fills_its_room():
    shapes = slides(make_document(long_table(4)))[1].shapes
    (grid,) = (shape.table for shape in shapes if shape.has_table)

    assert {20.0} == {
        run.font.size.pt
        for row in grid.rows
        for cell in row.cells
        for run in cell.text_frame.paragraphs[0].runs
    }
    assert sum(row.height.inches for row in grid.rows) > 2.5


def test_links_and_words_in_bold_are_kept_on_the_slides():
    link = Link("la page", "https://exemple.fr/")
    cells = Table("Qui", ["Qui", "Quoi"], [[[Strong("CCAS")], [link]]])

    made = slides(make_document(Items([["Voir ", link]]), cells))

    found = [
        (run.text, run.hyperlink.address, run.font.bold)
        for slide in made
        for frame in frames_of(slide)
        for line in frame.paragraphs
        for run in line.runs
    ]
    assert 2 == found.count(("la page", "https://exemple.fr/", False))
    assert ("CCAS", None, True) in found
