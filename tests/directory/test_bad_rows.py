"""What lists get wrong, and what becomes of it."""

from __future__ import annotations

import pytest

from jalons.directory.models import Place
from jalons.directory.operations import Order, import_places
from jalons.directory.records import open_records
from tests.directory.places import LIBOURNE, WHOLE, make_commune, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _communes():
    make_commune()
    make_commune(*LIBOURNE)


@pytest.fixture
def read(tmp_path):
    """The report of a file of one row, the whole one with some cells changed."""

    def read_row(**cells):
        path = write_csv(tmp_path / "lieux.csv", WHOLE | cells)
        return import_places(open_records(path), Order("Liste"), by=None)

    return read_row


def columns_told(report) -> set[str]:
    return {column for column, _sentence in report.told}


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"nom": ""}, "nom"),
        ({"nom": "<script>alert(1)</script>"}, "nom"),
        ({"nom": "Lieu <b>gras</b>"}, "nom"),
        ({"nom": "x" * 251}, "nom"),
        ({"adresse": "<img src=x>"}, "adresse"),
        ({"id": ""}, "id"),
        ({"code_insee": "99999"}, "code_insee"),
        ({"code_insee": "", "commune": "Nulle-Part"}, "commune"),
    ],
)
def test_a_row_that_is_no_place_is_refused_with_its_column(read, cells, column):
    report = read(**cells)

    assert [(one.line, one.column) for one in report.refused] == [(2, column)]
    assert not Place.objects.exists()


def test_an_ampersand_or_a_sign_below_is_no_html(read):
    read(nom="Culture &amp; numérique, < 25 ans")

    assert Place.objects.get().name == "Culture & numérique, < 25 ans"


def test_two_rows_of_one_identifier_are_not_merged_in_silence(tmp_path):
    path = write_csv(tmp_path / "lieux.csv", WHOLE, WHOLE | {"nom": "Autre"})

    report = import_places(open_records(path), Order("Liste"), by=None)

    assert [(one.line, one.column) for one in report.refused] == [(3, "id")]
    assert Place.objects.get().name == WHOLE["nom"]


def test_latitude_and_longitude_exchanged_are_put_back_and_said(read):
    report = read(latitude="-0.58", longitude="44.84")

    place = Place.objects.get()
    assert (place.latitude, place.longitude) == (44.84, -0.58)
    assert columns_told(report) == {"latitude"}


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("48.85", "2.35"), ("0", "0"), ("444.8", "-0.5"), ("", ""), ("abc", "-0.5")],
)
def test_a_point_that_cannot_be_right_gives_way_to_the_centre(
    read, latitude, longitude
):
    report = read(latitude=latitude, longitude=longitude)

    place = Place.objects.get()
    assert place.position == Place.Position.COMMUNE
    assert (place.latitude, place.longitude) == (44.8378, -0.5792)
    assert columns_told(report) == {"latitude"}


def test_a_decimal_comma_is_a_decimal_point(read):
    read(latitude="44,84", longitude="-0,58")

    assert Place.objects.get().latitude == 44.84


def test_a_commune_that_merged_is_found_in_the_one_of_today(read):
    make_commune("01165", "Francheleins", 4.8, 46.07)

    report = read(code_insee="01003", commune="Amareins", latitude="", longitude="")

    place = Place.objects.get()
    assert (place.commune_id, place.locality) == ("01165", "Amareins")
    assert "code_insee" in columns_told(report)


def test_an_arrondissement_lies_in_its_commune(read):
    make_commune("75056", "Paris", 2.35, 48.86)

    read(code_insee="75111", commune="Paris 11e", latitude="48.86", longitude="2.38")

    assert Place.objects.get().commune_id == "75056"


def test_namesakes_are_told_apart_by_the_postal_code(read):
    make_commune("01001", "Saint-Denis", 5.0, 46.0)
    make_commune("93066", "Saint-Denis", 2.36, 48.94)

    read(code_insee="", commune="st denis", code_postal="93200", latitude="48.94",
         longitude="2.36")  # fmt: skip

    assert Place.objects.get().commune_id == "93066"


def test_namesakes_without_a_postal_code_are_not_guessed(read):
    make_commune("01001", "Saint-Denis", 5.0, 46.0)
    make_commune("93066", "Saint-Denis", 2.36, 48.94)

    report = read(code_insee="", commune="Saint-Denis", code_postal="")

    assert [one.column for one in report.refused] == ["commune"]


@pytest.mark.parametrize(
    ("column", "text", "field"),
    [
        ("site_web", "javascript:alert(1)", "websites"),
        ("prise_rdv", "www.exemple.fr", "booking_page"),
        ("telephone", "le matin", "phone"),
        ("courriels", "pas une adresse", "mailboxes"),
        (
            "courriels",
            f"contact@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.fr",
            "mailboxes",
        ),
        ("date_maj", "2199-01-01", "checked_on"),
        ("date_maj", "hier", "checked_on"),
    ],
)
def test_what_is_of_no_use_is_set_apart_and_never_shown(read, column, text, field):
    report = read(**{column: text})

    place = Place.objects.get()
    assert not getattr(place, field)
    assert place.unread[column]
    assert column in columns_told(report)


def test_a_french_date_and_a_french_number_are_understood(read):
    read(date_maj="02/06/2026", telephone="05 56 00 00 00")

    place = Place.objects.get()
    assert (str(place.checked_on), place.phone) == ("2026-06-02", "+33556000000")


def test_older_words_of_the_vocabulary_and_its_older_separator_are_understood(read):
    read(
        services="Utiliser le numérique au quotidien;Créer avec le numérique",
        frais_a_charge="Gratuit : Je peux accéder gratuitement au lieu et à ses"
        " services",
    )

    place = Place.objects.get()
    assert {one.kind for one in place.services.all()} == {"quotidien", "loisirs"}
    assert place.costs == ["gratuit"]


def test_a_value_out_of_the_vocabulary_is_kept_as_text_and_counted(read):
    report = read(services="Réparer des ordinateurs|Loisirs et créations numériques")

    place = Place.objects.get()
    assert place.unread == {"services": ["Réparer des ordinateurs"]}
    assert report.unknown_values == {("services", "Réparer des ordinateurs"): 1}


def test_html_is_taken_out_of_a_long_text(read):
    report = read(presentation_detail="<p>Le mardi</p><p>Le <b>jeudi</b></p>")

    assert Place.objects.get().description == "Le mardi\nLe jeudi"
    assert columns_told(report) == {"presentation_detail"}


def test_hours_that_cannot_be_read_are_kept_and_said(read):
    report = read(horaires="lundi 9h-12h")

    place = Place.objects.get()
    assert (place.opening, place.hours) == ("lundi 9h-12h", None)
    assert columns_told(report) == {"horaires"}


def test_what_the_schema_requires_and_the_row_lacks_is_counted(read):
    report = read(pivot="", date_maj="")

    assert report.created == 1
    assert columns_told(report) == {"pivot", "date_maj"}


def test_what_a_machine_writes_for_want_of_a_value_is_no_value(read):
    """Most places of the national list had such a SIRET, hundreds such a day."""
    report = read(pivot="00000000000000", date_maj="1970-01-01")

    place = Place.objects.get()
    assert place.organisation.pivot == ""
    assert place.checked_on is None
    assert {"pivot", "date_maj"} <= columns_told(report)
    # Given back as they came.
    assert place.unread == {"pivot": ["0" * 14], "date_maj": ["1970-01-01"]}
