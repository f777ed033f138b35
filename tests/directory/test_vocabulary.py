"""The reviewed file of the national vocabulary, and the words made from it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from django.conf import settings
from django.utils import translation

from jalons.directory import words
from jalons.directory.cells import is_mobile, is_shared, without_contacts
from jalons.directory.reading import LISTS
from jalons.directory.vocabulary import FILE, read_vocabulary
from jalons.indicators.problems import InvalidFile

COUNTS = {
    "services": 9,
    "publics_specifiquement_adresses": 5,
    "prise_en_charge_specifique": 7,
    "frais_a_charge": 3,
    "modalites_accompagnement": 4,
    "modalites_acces": 6,
    "itinerance": 2,
    "dispositif_programmes_nationaux": 11,
    "formations_labels": 10,
}


def test_the_lists_have_as_many_values_as_the_schema():
    terms = read_vocabulary().terms

    assert {column: len(terms[column]) for column in COUNTS} == COUNTS


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("formations_labels", "Étapes numériques(La Poste)", "etapes"),
        ("formations_labels", "Formé à « DUPLEX » (illetrisme)", "duplex"),
        ("modalites_acces", "Se présenter sur place", "venir"),
        ("modalites_acces", "Ce lieu n’accueille pas de public", "sans_public"),
    ],
)
def test_what_files_write_otherwise_is_read(column, written, code):
    assert code == read_vocabulary().code_of(column, written)


def test_every_list_of_the_schema_has_its_field_and_its_column():
    vocabulary = read_vocabulary()

    assert set(vocabulary.terms) == {"services", *LISTS}
    assert set(vocabulary.terms) <= set(vocabulary.schema.columns)
    assert set(vocabulary.schema.required) <= set(vocabulary.schema.columns)


def test_no_text_of_a_list_means_two_things():
    for one in read_vocabulary().schema.list:
        texts = Counter(
            text for term in one.term for text in (term.label, *term.aliases)
        )
        assert max(texts.values()) == 1
        assert len(one.term) == len({term.id for term in one.term})


def test_nobody_is_invented_as_its_reviewer():
    assert read_vocabulary().schema.reviewer == ""


def test_a_file_that_lacks_a_key_is_told_with_its_name(tmp_path):
    text = (settings.REFERENCE_DIR / "directory" / FILE).read_text("utf-8")
    path = tmp_path / "essai.toml"
    path.write_text(text.replace('version = "1.0.2"\n', ""), "utf-8")

    with pytest.raises(InvalidFile, match="essai.toml"):
        read_vocabulary(path)


@pytest.mark.parametrize(
    ("address", "shared"),
    [
        ("contact@exemple.fr", True),
        ("mairie.bordeaux@exemple.fr", True),
        ("camille.martin@mairie.fr", False),
        ("cmartin@exemple.fr", False),
    ],
)
def test_in_doubt_an_address_is_a_person_s(address, shared):
    assert is_shared(address, read_vocabulary()) is shared


@pytest.mark.parametrize(
    ("number", "mobile"),
    [("+33600000000", True), ("+33700000000", True), ("+33556000000", False)],
)
def test_a_mobile_number_is_a_person_s(number, mobile):
    assert is_mobile(number) is mobile


@pytest.mark.parametrize(
    "text", ["06.00.00.00.00", "06 00 00 00 00", "+33 6 00 00 00 00", "0600000000"]
)
def test_a_mobile_number_written_in_a_text_is_hidden(text):
    assert "00" not in without_contacts(f"Camille {text}", read_vocabulary())


def test_a_landline_written_in_a_text_stays():
    text = "Mairie : 05 56 00 00 00, mairie@exemple.fr"

    assert without_contacts(text, read_vocabulary()) == text


def test_hours_are_said_as_each_language_does():
    half_past_six, nine = datetime(2026, 1, 1, 18, 30), datetime(2026, 1, 1, 9)

    with translation.override("fr"):
        assert words.clock(half_past_six) == "18\u00a0h\u00a030"
        assert words.clock(nine) == "9\u00a0h"
    with translation.override("en"):
        assert words.clock(half_past_six) == "18:30"


def test_a_number_is_read_in_pairs():
    assert words.telephone("+33556000000").split("\u00a0") == [
        *("05", "56", "00", "00", "00")
    ]
    assert words.telephone("+262262000000") == "+262262000000"
