from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from jalons.directory.models import Place
from jalons.directory.operations import Order, import_places
from jalons.directory.records import open_records
from jalons.privacy.operations import purge
from tests.directory.places import WEEK, WHOLE, make_commune, make_place, write_csv

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23T09:00:00Z"


def page_of(client, place) -> str:
    response = client.get(reverse("directory:show", args=[place.pk]))
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@time_machine.travel(MONDAY)
def test_hours_are_said_in_words_from_today_on(client):
    text = page_of(client, make_place(opening=WEEK))

    assert "lundi 23 novembre <small>(aujourd’hui)" in text
    assert "9 h – 12 h, 14 h – 18 h 30" in text
    assert "8 h 30 – 12 h" in text
    assert "fermé" in text


@time_machine.travel(MONDAY)
def test_a_place_closed_these_seven_days_says_when_it_opens_next(client):
    text = page_of(client, make_place(opening="Sa[2] 09:00-12:00"))

    assert "Prochaine ouverture : samedi 12 décembre, 9 h – 12 h" in text


@time_machine.travel("2026-12-21T09:00:00Z")
def test_a_bank_holiday_is_marked_among_the_seven_days(client):
    text = page_of(client, make_place(opening=WEEK))

    assert "jour férié : téléphonez" in text


def test_hours_that_cannot_be_read_are_shown_as_they_are(client):
    text = page_of(client, make_place(opening="sur rendez-vous"))

    assert "tels que la liste les écrit : sur rendez-vous" in text


def test_what_the_list_says_is_shown_in_its_own_terms(client, tmp_path):
    make_commune()
    path = write_csv(tmp_path / "lieux.csv", WHOLE)
    import_places(open_records(path), Order("Liste"), by=None)

    text = page_of(client, Place.objects.get())

    for said in (
        *("Espace public numérique, Tiers-lieu", "Aide aux démarches administratives"),
        *("05 56 00 00 00", "contact@exemple.fr", "Vérifié dans sa liste le 2 juin"),
        *("Association d’Exemple", "https://exemple.org/", "C’est gratuit."),
    ):
        assert said in text


def test_what_nobody_checked_for_long_asks_to_telephone(client):
    old = timezone.localdate() - timedelta(days=800)

    old_place = make_place(checked_on=old, phone="+33556000000")
    assert "Téléphonez avant" in page_of(client, old_place)
    fresh = make_place(checked_on=timezone.localdate(), opening=WEEK)
    assert "Téléphonez avant de vous déplacer." not in page_of(client, fresh)


def test_a_place_that_left_its_list_has_no_page(client):
    place = make_place(left_on=date(2026, 1, 1))

    assert client.get(reverse("directory:show", args=[place.pk])).status_code == 404


@pytest.fixture
def named(tmp_path) -> Place:
    """A place whose list gives a person's number and address."""
    make_commune()
    cells = {
        "telephone": "+33600000000",
        "courriels": "camille.martin@exemple.fr|mairie@exemple.fr",
        "presentation_detail": "Camille : 06 00 00 00 00, camille.martin@exemple.fr",
    }
    path = write_csv(tmp_path / "lieux.csv", WHOLE | cells)
    import_places(open_records(path), Order("Liste"), by=None)
    return Place.objects.get()


def test_no_one_s_own_contact_is_public_without_their_agreement(client, named):
    text = page_of(client, named)

    assert "camille.martin" not in text
    assert "06 00 00" not in text
    assert "33600000000" not in text
    assert "mairie@exemple.fr" in text
    assert "[coordonnées non publiées]" in text


def test_a_contact_is_public_once_its_person_agreed(client, named):
    named.contacts.filter(kind="phone").update(agreed_at=timezone.now())

    assert "06 00 00 00 00" in page_of(client, named)
    assert "camille.martin" not in page_of(client, named)


def test_the_same_list_again_keeps_an_agreement(named, tmp_path):
    named.contacts.filter(kind="phone").update(agreed_at=timezone.now())
    path = write_csv(
        tmp_path / "b.csv",
        WHOLE | {"telephone": "+33600000000", "courriels": "", "nom": "Nouveau nom"},
    )

    import_places(open_records(path), Order("Liste"), by=None)

    kept = named.contacts.get()
    assert (kept.kind, kept.agreed_at is not None) == ("phone", True)


def test_contacts_are_erased_a_month_after_their_import(named):
    purge(timezone.now() + timedelta(days=29), dry_run=False)
    assert named.contacts.count() == 2

    purge(timezone.now() + timedelta(days=31), dry_run=False)
    assert named.contacts.count() == 0
