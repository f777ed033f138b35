from __future__ import annotations

import pytest

from jalons.actors.vocabulary import read_vocabulary
from jalons.directory.vocabulary import read_vocabulary as read_places


def test_the_roles_are_the_eight_announced():
    assert list(read_vocabulary().roles) == [
        "reperer",
        "orienter",
        "assister",
        "accompagner",
        "former",
        "equiper",
        "financer",
        "coordonner",
    ]


def test_each_family_belongs_to_a_college_of_the_file():
    known = read_vocabulary()

    assert {one.college for one in known.families.values()} == set(known.colleges)


def test_the_colleges_are_those_of_the_published_coordination():
    assert set(read_vocabulary().colleges) == {"prive", "mediation", "institutionnel"}


def test_kinds_of_places_are_those_of_the_national_vocabulary():
    kinds = {k for one in read_vocabulary().families.values() for k in one.kinds}

    assert kinds <= set(read_places().terms["typologie"])


def test_a_word_names_one_family_only():
    known = read_vocabulary()

    for code, family in known.families.items():
        assert {known.family_of(word) for word in family.words} == {code}


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("CCAS", "action_sociale"),
        ("Médiathèque", "mediatheques"),
        ("La Poste, banques, assurances et entreprises de services", "entreprises"),
        ("Pôle emploi", "emploi"),
        ("n’importe quoi", None),
        ("", None),
    ],
)
def test_a_family_is_known_by_its_name_or_one_of_its_words(text, family):
    assert read_vocabulary().family_of(text) == family


def test_nobody_is_said_to_have_reviewed_the_file():
    assert read_vocabulary().file.reviewer == ""
