from __future__ import annotations

import re

import pytest
import time_machine
from django.urls import reverse

from tests.directory.places import BORDEAUX, LIBOURNE, WEEK, make_commune, make_place

pytestmark = pytest.mark.django_db
FIND = reverse("directory:find")
# A Monday, ten in the morning in Paris.
MONDAY_TEN = "2026-11-23T09:00:00Z"
MONDAY_SEVEN_PM = "2026-11-23T18:00:00Z"


@pytest.fixture(autouse=True)
def _bordeaux(settings):
    settings.LANGUAGE_CODE = "fr"
    make_commune()


def found(client, **query) -> list[str]:
    """The names of the places of the page, in order."""
    response = client.get(FIND, {"pres": "Bordeaux"} | query)
    assert response.status_code == 200
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', text_of(response))


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_without_any_list_the_page_says_so_and_asks_nothing(client):
    text = text_of(client.get(FIND))

    assert "Aucune liste de lieux n’est chargée ici" in text
    assert 'name="pres"' not in text


def test_places_come_by_distance_and_the_address_holds_the_search(client):
    make_place(name="Plus loin", longitude=BORDEAUX[2] + 0.05)
    make_place(name="Tout près")

    assert found(client) == ["Tout près", "Plus loin"]


def test_beyond_the_distance_a_place_is_not_given(client):
    make_place(name="À Libourne", longitude=LIBOURNE[2], latitude=LIBOURNE[3])

    assert found(client, km=50) == ["À Libourne"]
    assert found(client, km=5) == ["À Libourne"]
    text = text_of(client.get(FIND, {"pres": "Bordeaux", "km": 5}))
    assert "Aucun lieu ne convient à moins de 5 km de Bordeaux" in text
    assert "Le plus proche qui convient est à 28 km" in text


def test_a_commune_is_found_without_accents_and_with_a_slip(client):
    make_commune("33529", "Saint-Émilion", -0.155, 44.894)
    make_place(name="Cité", longitude=-0.155, latitude=44.894)

    assert found(client, pres="st emilon", km=5) == ["Cité"]


def test_an_unknown_commune_is_told_not_guessed(client):
    make_place()

    text = text_of(client.get(FIND, {"pres": "Xyzzy"}))

    assert "Aucune commune ne porte ce nom" in text


def test_one_of_several_communes_may_be_chosen(client):
    make_commune(*LIBOURNE)
    make_place(name="À Libourne", longitude=LIBOURNE[2], latitude=LIBOURNE[3])

    assert found(client, commune="33243", km=5) == ["À Libourne"]


def test_a_need_keeps_the_places_that_offer_it_and_counts_the_silent(client):
    make_place(name="Démarches", services=("demarches",))
    make_place(name="Loisirs", services=("loisirs",))
    make_place(name="Muet")

    assert found(client, besoin="demarches") == ["Démarches"]
    text = text_of(client.get(FIND, {"pres": "Bordeaux", "besoin": "demarches"}))
    assert "1 autre lieu ne dit pas s’il propose" in text


def test_a_place_that_names_no_public_welcomes_everybody(client):
    make_place(name="Jeunes", publics=["jeunes"])
    make_place(name="Tous")

    assert found(client, public="seniors") == ["Tous"]
    assert found(client, public="jeunes") == ["Jeunes", "Tous"]


def test_free_is_only_what_is_said_to_be_free(client):
    make_place(name="Gratuit", costs=["gratuit"])
    make_place(name="Muet")
    make_place(name="Payant", costs=["payant"])
    make_place(name="Sous condition", costs=["sous_condition"])

    assert found(client, cout="gratuit") == ["Gratuit"]
    assert found(client, cout="sous_condition") == ["Gratuit", "Sous condition"]


def test_a_particular_need_must_be_written(client):
    make_place(name="Surdité", care=["surdite"])
    make_place(name="Vue", care=["vue"])

    assert found(client, accueil="surdite") == ["Surdité"]


def test_how_to_come_and_what_kind_of_place_are_filters_too(client):
    make_place(name="Ouvert à tous", access_modes=["venir"], kinds=["bib"])
    make_place(name="Sur rendez-vous", access_modes=["rdv"], kinds=["ccas"])
    make_place(name="Muet")

    assert found(client, acces="venir") == ["Ouvert à tous"]
    assert found(client, lieu="ccas") == ["Sur rendez-vous"]
    text = text_of(client.get(FIND, {"pres": "Bordeaux", "acces": "venir"}))
    assert "1 autre lieu ne dit pas s’il propose" in text


def test_reduced_mobility_is_never_supposed_nor_denied(client):
    make_place(name="Dit", care=["moteur"])
    make_place(name="Dit autre chose", care=["surdite"])

    assert found(client, mobilite="on") == ["Dit"]
    text = text_of(client.get(FIND, {"pres": "Bordeaux", "mobilite": "on"}))
    assert "1 autre lieu ne dit pas" in text


def test_the_list_comes_first_and_the_drawing_says_the_same_numbers(client):
    make_place(name="Ici")
    make_place(name="Là", longitude=BORDEAUX[2] + 0.05)

    text = text_of(client.get(FIND, {"pres": "Bordeaux"}))

    assert text.index("Là</a>") < text.index('id="around"')
    assert re.findall(r'class="number"[^>]*>(\d+)<', text) == ["2", "1"]


def test_a_search_is_framed_by_any_site_and_sets_no_cookie(client):
    make_place(name="Ici")

    framed = client.get(reverse("directory:embed"), {"pres": "Bordeaux", "km": "5"})
    page = client.get(FIND, {"pres": "Bordeaux"})

    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert not framed.cookies
    assert 'target="_top"' in text_of(framed)
    assert "trouver-de-l-aide/?pres=Bordeaux&amp;km=5" in text_of(framed)


@time_machine.travel(MONDAY_TEN)
def test_open_now_leaves_out_what_is_closed_and_what_cannot_be_read(client):
    make_place(name="Fermé", opening="Tu 09:00-12:00")
    make_place(name="Illisible", opening="le lundi")
    make_place(name="Ouvert", opening=WEEK)

    assert found(client, quand="maintenant") == ["Ouvert"]
    text = text_of(client.get(FIND, {"pres": "Bordeaux", "quand": "maintenant"}))
    assert "1 autre lieu ne donne pas d’horaires lisibles" in text
    assert "Fermé" not in text


@time_machine.travel(MONDAY_TEN)
def test_this_evening_is_half_an_hour_after_six(client):
    make_place(name="Jusqu’à 18 h", opening="Mo 14:00-18:00")
    make_place(name="Nocturne", opening="Mo 14:00-20:00")

    assert found(client, quand="soir") == ["Nocturne"]


@time_machine.travel(MONDAY_SEVEN_PM)
def test_an_evening_that_is_over_is_no_longer_an_evening(client):
    make_place(name="Jusqu’à 19 h", opening="Mo 14:00-19:00")

    assert found(client, quand="soir") == []


@time_machine.travel(MONDAY_TEN)
def test_this_weekend_is_the_next_saturday_and_sunday(client):
    make_place(name="En semaine", opening="Mo-Fr 09:00-12:00")
    make_place(name="Le samedi", opening=WEEK)

    assert found(client, quand="week-end") == ["Le samedi"]
    text = text_of(client.get(FIND, {"pres": "Bordeaux", "quand": "week-end"}))
    assert "samedi 28 novembre</strong> : 8 h 30 – 12 h" in text


def test_a_day_and_an_hour_are_read_on_the_clock_of_the_place(client):
    make_place(name="Le samedi matin", opening=WEEK)
    asked = {"quand": "jour", "jour": "2026-11-28"}

    assert found(client, **asked, heure="11:00") == ["Le samedi matin"]
    assert found(client, **asked, heure="15:00") == []


def test_a_moment_without_its_hour_is_asked_for(client):
    make_place()

    text = text_of(client.get(FIND, {"pres": "Bordeaux", "quand": "jour"}))

    assert "Indiquez le jour et l’heure" in text
    assert "<h3>" not in text


@time_machine.travel("2026-11-26T09:00:00Z")
def test_a_place_closed_today_says_when_it_opens_next(client):
    make_place(opening="Sa[2] 09:00-12:00")
    make_place(opening="Th 09:00-12:00")

    text = text_of(client.get(FIND, {"pres": "Bordeaux"}))

    assert "fermé<br>Prochaine ouverture : samedi 12 décembre, 9 h – 12 h" in text
    assert 1 == text.count("Prochaine ouverture")


@time_machine.travel(MONDAY_TEN)
def test_a_bank_holiday_is_announced(client):
    make_place(opening="Fr 09:00-12:00")
    asked = {"quand": "jour", "jour": "2026-12-25", "heure": "10:00"}

    text = text_of(client.get(FIND, {"pres": "Bordeaux"} | asked))

    assert "vendredi 25 décembre est férié : téléphonez" in text


def test_a_place_that_left_its_list_is_found_no_more(client):
    make_place(name="Parti", left_on="2026-01-01")
    make_place(name="Là")

    assert found(client) == ["Là"]


def test_a_name_is_text_whatever_it_holds(client):
    make_place(name="<script>alert(1)</script>")

    assert "<script>alert" not in text_of(client.get(FIND, {"pres": "Bordeaux"}))


def test_invented_places_are_marked(client):
    place = make_place()
    place.place_list.is_simulated = True
    place.place_list.save()

    assert "SIMULÉ" in text_of(client.get(FIND, {"pres": "Bordeaux"}))


def test_a_long_list_is_read_page_by_page_with_its_filters(client):
    for n in range(25):
        make_place(name=f"Lieu {n:02}", services=("demarches",))

    assert len(found(client, besoin="demarches")) == 20
    assert len(found(client, besoin="demarches", page=2)) == 5
    text = text_of(client.get(FIND, {"pres": "Bordeaux", "besoin": "demarches"}))
    assert "besoin=demarches&amp;page=2" in text


@pytest.mark.parametrize(
    "query",
    [
        {"km": "abc"},
        {"besoin": "inconnu"},
        {"quand": "jamais"},
        {"jour": "demain", "quand": "jour", "heure": "10:00"},
        {"pres": ""},
    ],
)
def test_an_address_that_was_altered_is_answered_with_its_form(client, query):
    make_place()

    response = client.get(FIND, {"pres": "Bordeaux"} | query)

    assert response.status_code == 200
    assert "corrigez ce qui est signalé" in text_of(response)


@time_machine.travel(MONDAY_TEN)
def test_the_number_of_queries_does_not_follow_the_number_of_places(
    client, django_assert_max_num_queries
):
    for _n in range(15):
        make_place(opening="Mo 14:00-20:00", services=("demarches",))

    with django_assert_max_num_queries(9):
        client.get(FIND, {"pres": "Bordeaux", "besoin": "demarches", "quand": "soir"})
