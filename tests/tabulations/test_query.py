from __future__ import annotations

import pytest
from django.http import QueryDict

from jalons.tabulations.query import CarriedMargin, Query, TypedMargin, read
from jalons.tabulations.variables import Variable

VARIABLES = {
    "profile": Variable("profile", "Profil", "question", {"a": "Élu", "b": "Agent"}),
    "P2": Variable("P2", "Portage", "question", {"yes": "Oui", "no": "Non"}),
    "themes": Variable("themes", "Thèmes", "question", {"x": "X"}, True),
    "contexte-densite": Variable("contexte-densite", "Densité", "context", {"d": "D"}),
}


def asked(address):
    return read(QueryDict(address), VARIABLES)


def test_an_address_says_everything_and_is_always_written_alike():
    address = (
        "colonnes=P2&lignes=profile&filtre=profile:b&filtre=P2:yes&filtre=profile:b"
        "&caler=contexte-densite:epci&marges=profile: a 40, b 60&ecreter=1"
    )

    found = asked(address)

    assert (
        Query(
            "profile",
            "P2",
            filters=(("P2", "yes"), ("profile", "b")),
            margins=(
                CarriedMargin("contexte-densite", "epci"),
                TypedMargin("profile", (("a", 40.0), ("b", 60.0))),
            ),
            is_trimmed=True,
        )
        == found.query
    )
    assert found == asked(found.query.address)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("lignes=P9&colonnes=P2", "«\u00a0P9\u00a0» n’est pas une variable"),
        ("lignes=P2&colonnes=P2", "variables différentes"),
        ("lignes=profile&colonnes=P2&filtre=P2:peut-être", "P2:peut-être"),
        ("lignes=profile&colonnes=P2&caler=P2:epci", "P2:epci"),
        ("lignes=profile&colonnes=P2&marges=themes: x 100", "ligne 1"),
        ("lignes=profile&colonnes=P2&marges=%0Aprofile: a dix", "ligne 2"),
        ("lignes=profile&colonnes=P2&marges=profile: a 40", "manque"),
        ("lignes=profile&colonnes=P2&marges=profile: a 40, a 60", "ligne 1"),
    ],
)
def test_a_mistake_in_an_address_is_told_and_nothing_is_guessed(address, told):
    found = asked(address)

    assert found.query is None
    assert any(told in one for one in found.problems), found.problems


def test_without_rows_or_columns_there_is_nothing_to_tell():
    assert asked("") == asked("lignes=P2")
    assert asked("").problems == ()
