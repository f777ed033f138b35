"""The pieces of `make gallery`: the pictures themselves are for the eye."""

from __future__ import annotations

from PIL import Image, ImageDraw

from tests.browser.contact_sheet import (
    Seen,
    Words,
    contact_sheet,
    file_name,
    is_asked,
    keep,
    kept,
    report,
    slips,
)
from tests.browser.gallery import CATALOG, NAMELESS, TEXTS
from tests.browser.mosaic import COLUMN, sheets
from tests.browser.paper import BETWEEN, filled, stacked, wasted


def test_a_text_of_the_other_language_is_found_and_a_shared_one_is_not():
    words = Words(frozenset({"Tout enregistrer"}), frozenset({"Save everything"}))
    shown = ["Tout\n  enregistrer", "Save everything", "Jalons"]

    assert ["Tout enregistrer"] == words.astray(shown, "en")
    assert ["Save everything"] == words.astray(shown, "fr")


def test_what_no_person_would_have_written_is_found():
    wrong = ["Bonjour %(name)s", "None", "nan %", "1 personnes", "l&#x27;été"]
    right = ["1 mois", "21 personnes", "Nonette", "1,1 points", "2 % (3)"]

    assert sorted(wrong) == slips([*wrong, *right])


def test_the_words_of_the_site_are_those_of_its_catalog():
    words = Words.of_catalog(CATALOG)

    assert "Données personnelles" in words.french
    assert "Personal data" in words.english
    assert not words.french & words.english


def test_a_page_is_asked_by_a_piece_of_its_path_or_of_its_name():
    assert is_asked("/territoires/", "front:territories", "")
    assert is_asked("/territoires/", "front:territories", "territoires")
    assert is_asked("/territoires/", "front:territories", "front:")
    assert not is_asked("/territoires/", "front:territories", "enquetes")


def test_the_sheet_shows_each_page_with_its_pictures_and_its_faults():
    name = file_name("front:home", "fr-dark")
    seen = Seen(
        "front:home", "/?a=<b>", {"fr-dark": name}, {"fr-dark": ["3 px too wide"]}
    )

    sheet = contact_sheet([seen])
    assert "1 pages" in sheet
    assert "/?a=&lt;b&gt;" in sheet
    assert "<li>3 px too wide</li>" in sheet
    assert 'src="front-home.fr-dark.jpg"' in sheet
    assert "front:home\t/?a=<b>\t3 px too wide\n" == report([seen])


def test_a_page_looked_at_again_keeps_its_other_pictures(tmp_path):
    keep(tmp_path, [Seen("a", "/a/", {"fr-desk": "1"}, {"fr-desk": ["3 px too wide"]})])

    mended = Seen("a", "/a/", {"fr-dark": "2"}, {"fr-desk": []})
    seen = mended.over(*kept(tmp_path))
    assert {"fr-desk": "1", "fr-dark": "2"} == seen.pictures
    assert [] == seen.told()
    assert Seen("a", "/b/").over(*kept(tmp_path)) == Seen("a", "/b/")


def test_a_tall_picture_goes_on_in_the_next_column(tmp_path):
    Image.new("RGB", (200, 4 * COLUMN), "red").save(tmp_path / "tall.jpg")
    Image.new("RGB", (200, 100), "red").save(tmp_path / "short.jpg")
    pictures = [(name, tmp_path / f"{name}.jpg") for name in ("short", "tall")]

    # A title, then two columns of the tall picture and a bit: four columns, two sheets.
    first, second = sheets(pictures, tmp_path, "fr-desk", width=100, many=2)
    with Image.open(first) as sheet:
        assert COLUMN == sheet.height
    assert ["fr-desk-001.jpg", "fr-desk-002.jpg"] == [first.name, second.name]


def test_what_says_nothing_and_what_was_written_in_another_language_are_told(page):
    page.set_content(
        '<html lang="en"><body><h2></h2><h2>Said</h2>'
        '<button aria-label="Close"></button><p>Read</p>'
        '<p lang="fr">Écrit par quelqu’un</p></body></html>'
    )

    assert ["<h2></h2>"] == page.evaluate(NAMELESS)
    texts = {text.strip() for text in page.evaluate(TEXTS)} - {""}
    assert {"Said", "Read"} == texts


def test_a_sheet_of_paper_that_stops_early_is_told_unless_it_is_the_last():
    sheet = Image.new("RGB", (100, 200), "white")
    blank = filled(sheet)
    ImageDraw.Draw(sheet).rectangle((10, 10, 20, 49), "black")

    assert 0 == blank
    assert 0.25 == filled(sheet)
    assert ["sheet 1 stops at 25%"] == wasted([0.25, 0.9, 0.25])
    assert ["sheet 2 is blank"] == wasted([0.9, 0])
    assert ["sheet 2 holds the foot alone"] == wasted([0.9, 0.06])
    assert [] == wasted([0.06])


def test_sheets_of_paper_stand_one_under_the_other():
    sheets_of_paper = [Image.new("RGB", (100, 140), "white") for _ in range(2)]

    assert (100, 2 * (140 + BETWEEN)) == stacked(sheets_of_paper).size
