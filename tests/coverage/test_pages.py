"""The public pages: what they say, with and without places."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.directory.models import PlaceList
from tests.coverage.ground import make_ground, observe, put

pytestmark = pytest.mark.django_db


def read(client, name, code, **query):
    return client.get(reverse(f"coverage:{name}", args=[code]), query)


def text_of(answer) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_the_page_says_how_many_people_are_far(client):
    epci = make_ground()
    put("Mairie", 0)

    said = text_of(read(client, "show", epci.pk))

    assert "2 500 habitants vivent dans 2 communes (sur 3)" in said
    assert "Liste d’Exemple (importée le" in said
    assert "multipliés par 1,3" in said
    assert "Les horaires de 1 lieu sur 1 ne sont pas connus" in said
    assert "Le besoin est la population" in said


def test_without_a_list_the_page_says_what_to_load(client):
    epci = make_ground()

    said = text_of(read(client, "show", epci.pk))

    assert "Aucun lieu n’est connu ici" in said
    assert "Une équipe importe la sienne" in said


def test_invented_places_are_said_to_be(client):
    epci = make_ground()
    put("Lieu inventé", 0)
    PlaceList.objects.update(is_simulated=True)

    page = text_of(read(client, "show", epci.pk))
    lines = read(client, "show_csv", epci.pk).getvalue().decode("utf-8-sig")

    assert "noindex" in page
    assert "SIMULÉ" in page
    assert all("SIMULÉ" in line for line in lines.splitlines()[1:])


def test_the_file_has_every_commune_with_its_code_and_no_zero_for_unknown(client):
    epci = make_ground()
    put("Mairie", 0)

    answer = read(client, "show_csv", epci.pk, quand="soir")
    header, *lines = answer.getvalue().decode("utf-8-sig").splitlines()

    assert ["24001;Aval", "24002;Bourg", "24003;Creux"] == [
        ";".join(line.split(";")[:2]) for line in lines
    ]
    assert "1000;le soir" in lines[0].replace("\u202f", " ")
    # Whatever the hours; then evening and weekend, not known.
    assert ";0;;;" in lines[0].replace("0,0", "0")
    assert "Liste d’Exemple" in lines[0]


def test_persons_concerned_are_counted_and_what_is_secret_is_no_zero(client):
    epci = make_ground()
    put("Mairie", 0)
    said = text_of(read(client, "show", epci.pk))
    assert "Les personnes concernées ne sont pas connues" in said

    # 25 % of 1 002 (250.5) and 40 % of 500, each with its own n; Bourg is secret.
    observe("poverty_rate", "filosofi", Aval=(25, 1002), Bourg=(None, 2000))
    observe("poverty_rate", "filosofi", Creux=(40, 500), Dehors=(50, 4000))
    observe("share_65_plus", "census", Aval=(10, 990), Bourg=(None, 2000))

    first = read(client, "show", epci.pk)
    poor = read(client, "show", epci.pk, qui="poverty_rate")
    file = read(client, "show_csv", epci.pk, qui="poverty_rate").getvalue()
    program = read(client, "show_json", epci.pk, qui="poverty_rate").json()

    # Asked for nobody, the first share known is told: Creux is in no such file.
    assert [99] == [*first.context["shown"].found.concerned.persons.values()]
    said = text_of(poor)
    assert "Personnes sous le seuil de pauvreté, loin de l’aide" in said
    assert "connu dans 1 des 2 communes" in said
    # No commune far from help has a known age: no sum is shown, not zero.
    assert "Personnes de 65 ans ou plus, loin de l’aide" not in text_of(first)
    # Creux alone, 20 km away; Bourg is far too, and not counted.
    assert 200 == poor.context["shown"].found.concerned.among(["24002", "24003"])
    assert "Dans 1 commune le nombre de personnes concernées est secret" in said
    assert "Personnes sous le seuil de pauvreté : filosofi" in said
    cells = [line.split(";")[3] for line in file.decode("utf-8-sig").splitlines()]
    assert ["Personnes sous le seuil de pauvreté", "250", "", "200"] == cells
    aval, bourg, creux = program["communes"]
    assert [250, None, 200] == [
        one["persons_concerned"] for one in (aval, bourg, creux)
    ]
    # 20 km as the crow flies, by 1.3; in the evening nobody knows.
    assert {"any": 26.0, "evening": None, "weekend": None} == creux["ways"]
    assert ("24003", "Mairie", "out_of_reach") == (
        *(creux["code"], creux["nearest_place"], creux["level"]),
    )
    assert ("", "km", epci.name) == (
        *(program["notice"], program["way_unit"], program["territory"]["name"]),
    )


def test_the_address_of_a_simulation_makes_it_again(client):
    epci = make_ground()
    put("Mairie", 0)

    said = text_of(
        read(client, "simulate", epci.pk, commune="24003", quand="samedi-matin")
    )

    assert "Un lieu ouvert le samedi matin à Creux serait plus proche" in said
    # Nothing is known to be open on Saturdays: 3 500 people inside, 4 000 outside.
    assert "aucun lieu connu" in said
    assert "Dehors (hors du territoire)" in said


@pytest.mark.parametrize("query", [{"commune": "99999"}, {"quand": "nuit"}, {}])
def test_a_wrong_address_of_a_simulation_shows_the_form(client, query):
    epci = make_ground()

    answer = read(client, "simulate", epci.pk, **query)

    assert 200 == answer.status_code
    assert "found" not in answer.context


def test_a_commune_has_no_page_of_its_own(client):
    make_ground()

    assert 404 == read(client, "show", "24001").status_code
