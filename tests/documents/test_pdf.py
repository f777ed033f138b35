from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jalons.documents import UnknownFormat, letters, render
from jalons.documents.model import (
    Callout,
    Cover,
    Document,
    Fact,
    Facts,
    Figure,
    Items,
    Lead,
    Link,
    Mention,
    Paragraph,
    Quote,
    Section,
    Strong,
    Table,
)
from jalons.drawing.legends import Entry
from tests.documents import accessible
from tests.documents.conftest import BAR, make_document, read, words

COMMANDS = [
    '#import "@preview/x:1.0": *',
    '#read("/etc/passwd")',
    "#{panic()}",
    "$ sum_(i=0)^n $",
    "\\ back\\slash \\u{41}",
    "*gras* _italique_ `code` ```rust fn```",
    "= Titre",
    "- liste",
    "+ 1. / mot: sens",
    "<balise> @renvoi https://exemple.fr",
    "// commentaire /* encore */",
    "\"guillemets\" 'simples' -- --- ...",
    "[crochets] {accolades} ~ \\",
    "{page} %(x)s {{ y }}",
]


def elements(document: Document) -> list[dict]:
    """The structure elements of the PDF, in reading order."""
    return accessible.elements(render(document, "pdf"))


def test_a_report_passes_the_checks_of_the_accessible_standard(every_block):
    made = render(make_document(*every_block, watermark="SIMULÉ"), "pdf")

    assert [] == accessible.faults(made)


def test_a_report_says_its_title_its_language_and_that_it_is_tagged(every_block):
    reader = read(make_document(*every_block))

    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Où en sont les EPCI ?"
    assert reader.metadata.author == "Centre de ressources d’Exemple"


def test_every_block_has_its_tag(every_block):
    found = {each["/S"] for each in elements(make_document(*every_block))}

    assert {"/Title", "/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Caption"} <= found
    assert {"/Figure", "/BlockQuote", "/L", "/LI", "/Strong", "/Em"} <= found


def test_a_figure_says_its_alternative_and_a_drawing_in_a_cell_is_silent(every_block):
    found = elements(make_document(*every_block))

    figures = [each["/Alt"] for each in found if each["/S"] == "/Figure"]

    assert figures == ["Une barre à moitié pleine."]


def test_the_words_of_every_block_can_be_read_back(every_block):
    text = words(make_document(*every_block, subtitle="Restitution"))

    for expected in (
        "Où en sont les EPCI ?",
        "Restitution",
        "Sur 93 EPCI, 37 sont avancés.",
        "93 sur 154",
        "Peu avancé",
        "Selon l’enquête.",
        "Forte 18 %",
        "À lire avec prudence.",
        "Il manque du temps. Élue",
        "On ne peut pas conclure.",
        "Une autre",
    ):
        assert expected in text


def test_french_typography_survives():
    sentence = "«\u00a0Œuvre\u00a0» ≥ −3\u202f%, où\u202f? L’été… ½ €"

    text = words(make_document(Paragraph(sentence)))

    assert " ".join(sentence.split()) in text


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "page 1 of 1"), ("fr", "page 1 sur 1")]
)
def test_pages_are_numbered_in_the_language_of_the_document(language, expected):
    text = words(make_document(Paragraph("Un."), language=language))

    assert expected in text


def test_every_page_has_source_date_and_watermark():
    long = make_document(*[Paragraph("Texte. " * 200)] * 6, watermark="SIMULÉ")

    pages = [page.extract_text() for page in read(long).pages]

    assert len(pages) > 1
    for page in pages:
        assert "SIMULÉ" in page
        assert "INSEE Filosofi 2021 · COG 2026" in page
        assert "16 juin 2026" in page


def test_without_watermark_no_page_says_simulated(every_block):
    assert "SIMULÉ" not in words(make_document(*every_block))


def test_a_short_table_stays_whole_and_a_long_one_repeats_its_header():
    rows = [[f"CC {number}", "12"] for number in range(120)]
    long = make_document(Table("Tous", ["Territoire", "Points"], rows), watermark="S")
    filler = [Paragraph("Texte.")] * 38
    short = make_document(*filler, Table("Dix", ["Territoire", "Points"], rows[:10]))

    long_pages = [page.extract_text() for page in read(long).pages]
    short_pages = [page.extract_text() for page in read(short).pages]

    assert len(long_pages) > 2
    assert all("Territoire" in page for page in long_pages)
    assert sum("Territoire" in page for page in short_pages) == 1
    assert all(f"CC {number}" in short_pages[-1] for number in range(10))


def test_what_introduces_a_list_is_never_left_alone_at_the_foot_of_a_page():
    for count in range(36, 46):
        filling = [Items([f"ligne {i}" for i in range(count)])]
        listed = [Paragraph([Strong("Voici la liste")]), Items(["premier", "second"])]
        document = make_document(*filling, *listed)

        pages = [page.extract_text() for page in read(document).pages]

        (found,) = [page for page in pages if "Voici la liste" in page]
        assert "premier" in found, count


def test_a_code_is_never_printed_over_the_text_beside_it():
    """The longest code is as wide as its column, however long the texts beside."""
    code, text = "territorial_engineering_and_means", "Mots " * 60
    rows = [(code, text, text), ("P1", text, text)]
    table = Table("Codes", ["Code", "Question", "Réponses"], rows, ["start"] * 3)
    starts: dict[str, float] = {}

    def note(said, page, line, _font, _size):
        starts.setdefault(said.split(" ")[0].strip(), line[4] * page[0] + page[4])

    pages = read(make_document(table)).pages
    for page in pages:
        page.extract_text(visitor_text=note)

    assert starts["Mots"] - starts[code] > 4 * len(code)


def test_a_paragraph_in_a_table_takes_more_of_the_line_than_its_title():
    title, text = "Un titre de trois lignes au moins, " * 2, "mot " * 80
    table = Table("Fiches", ["Titre", "Date", "Texte"], [(title, "2026", text)], [])

    words = read(make_document(table)).pages[0].extract_text()
    lines = [line for line in words.splitlines() if line.strip().endswith("mot mot")]
    assert max(line.count("mot") for line in lines) > 12


def test_the_same_document_gives_the_same_bytes(every_block):
    document = make_document(*every_block, watermark="SIMULÉ")

    assert render(document, "pdf") == render(document, "pdf")


def test_a_drawing_used_twice_is_stored_once(every_block):
    once = render(make_document(Figure(BAR, "Une barre.", "Une")), "pdf")
    figures = [Figure(BAR, "Une barre.", f"N° {number}") for number in range(30)]

    many = render(make_document(*figures), "pdf")

    assert len(many) < 30 * len(once)


def test_an_unknown_format_is_refused_with_those_that_exist(every_block):
    with pytest.raises(
        UnknownFormat, match="'doc': choose from docx, odt, pdf, pptx, xlsx"
    ):
        render(make_document(*every_block), "doc")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_text_is_read_as_a_command(command):
    text = words(make_document(Paragraph(command), title=command))

    assert text.count(" ".join(command.split())) >= 2


def test_a_cover_names_those_who_made_the_document_and_stays_accessible():
    people = [Mention("Coordination", "CRI"), Mention("#panic()", "*Région*")]
    cover = Cover(people, people, ["Merci à ", Strong("tous")])
    document = make_document(Paragraph("Un."), cover=cover)

    text = words(document)

    assert "Publication" in text
    assert "Coordination : CRI" in text
    assert "#panic() : *Région*" in text
    assert "Merci à tous" in text
    assert [] == accessible.faults(render(document, "pdf"))


def test_a_chapter_starts_a_page_and_an_annex_follows_the_text():
    blocks = [Paragraph("Texte.")]
    kinds = ("section", "section", "chapter", "annex")
    document = make_document(
        sections=[Section("Titre", blocks, kind) for kind in kinds]
    )

    assert 2 == len(read(document).pages)


def everywhere(text: str) -> Document:
    """A document with this text in every place that takes one."""
    title = f"{text}\u200b" if text.strip() else "Titre"
    return make_document(
        Lead((text, Strong(text))),
        Facts([Fact(text, text, text, text)]),
        Figure(BAR, title, text, text, [Entry("x", text, BAR)]),
        Table(text, [text, text], [[text, text]], note=text),
        Section(title, [Quote(text, text), Callout(text), Items([text])], "chapter"),
        cover=Cover([Mention(text, text)], [Mention(text, text)], text),
        title=title,
        subtitle=text,
        author=text,
        source_line=text,
        date_line=text,
        watermark=text,
    )


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_anywhere_gives_a_document(text):
    assert render(everywhere(text), "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("format", ["docx", "odt", "pptx", "xlsx"])
@settings(max_examples=8, deadline=None)
@given(text=st.text(max_size=40))
@example(text="0" * 20 + "𐀀" * 5)
def test_any_text_anywhere_gives_an_office_file(format, text):
    assert render(everywhere(text), format).startswith(b"PK")


@settings(max_examples=60, deadline=None)
@given(st.text("#$\\*_`<>@[]{}()\"'/=-+~;:&%abc é1\n", max_size=40))
def test_any_punctuation_comes_out_as_it_went_in(text):
    expected = " ".join(" ".join(letters.lines(text)).split())

    read_back = words(make_document(Paragraph(("début ", text, " fin"))))

    assert expected.replace(" ", "") in read_back.replace(" ", "")


def test_a_link_is_tagged_and_leads_to_its_page():
    line = Paragraph(["Voir ", Link("la page", "https://exemple.fr/?a=1&b=2")])

    made = read(make_document(line))

    found = [one.get_object() for one in made.pages[0]["/Annots"]]
    assert ["https://exemple.fr/?a=1&b=2"] == [one["/A"]["/URI"] for one in found]
    assert all("/StructParent" in one and one["/Contents"] for one in found)
    assert "Voir la page" in words(make_document(line))
