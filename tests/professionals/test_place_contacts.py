"""Contacts that came with a list of places: told, agreed, withdrawn, not back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from jalons.directory.models import PlaceList, ProfessionalContact
from jalons.mail.models import Message
from jalons.privacy.operations import purge
from jalons.professionals import operations
from tests.directory.places import WHOLE, make_commune, make_place, write_csv
from tests.professionals.staff import link_in

ADDRESS = "jeanne.exemple@exemple.fr"


@pytest.fixture
def contact(db):
    return make_contact(make_place())


def make_contact(place, value=ADDRESS, kind="email"):
    return ProfessionalContact.objects.create(place=place, kind=kind, value=value)


def after(**span):
    return time_machine.travel(timezone.now() + timedelta(**span), tick=False)


def tend():
    return operations.tend(timezone.now(), dry_run=False)


def test_each_person_is_told_once_then_asked_after_a_year(contact):
    make_contact(contact.place, "+33612345678", "phone")

    assert tend() == operations.Tended(1, 0, 0)
    assert tend() == operations.Tended(0, 0, 0)
    with after(days=366):
        assert tend() == operations.Tended(0, 1, 0)
        assert tend() == operations.Tended(0, 0, 0)

    reasons = Message.objects.filter(recipient=ADDRESS).values_list("reason", flat=True)
    assert sorted(reasons) == ["place-contact-asked", "place-contact-told"]


def test_what_could_not_be_told_is_erased_after_a_month(contact):
    phone = make_contact(contact.place, "+33612345678", "phone")
    tend()

    with after(days=32):
        purge(timezone.now(), dry_run=False)

    kept = list(ProfessionalContact.objects.all())
    assert kept == [contact]
    assert phone not in kept
    with after(days=732):
        purge(timezone.now(), dry_run=False)
    assert not ProfessionalContact.objects.exists()


def test_a_contact_is_shown_only_once_its_person_agreed(client, contact):
    page = reverse("directory:show", args=[contact.place_id])
    tend()
    path = link_in("place-contact-told", ADDRESS)
    assert ADDRESS not in client.get(page).content.decode()

    client.post(path, {"is_public": "on"})
    assert ADDRESS in client.get(page).content.decode()
    client.post(path, {})

    assert ADDRESS not in client.get(page).content.decode()


def test_what_is_withdrawn_does_not_come_back_with_the_file(client, db, tmp_path):
    make_commune()
    row = WHOLE | {"courriels": ADDRESS, "presentation_detail": ""}
    path = write_csv(tmp_path / "lieux.csv", row)
    call_command("import_places", str(path), "--list", "Gironde")
    tend()

    client.post(f"{link_in('place-contact-told', ADDRESS)}retirer/")
    assert not ProfessionalContact.objects.exists()
    call_command("import_places", str(path), "--list", "Gironde")

    assert not ProfessionalContact.objects.exists()
    assert PlaceList.objects.get().places.count() == 1


def test_an_invented_list_writes_to_nobody(contact):
    PlaceList.objects.update(is_simulated=True)

    assert tend() == operations.Tended(0, 0, 0)
    assert not Message.objects.exists()


def test_the_command_says_what_it_would_send_and_sends_nothing(contact, capsys):
    call_command("inform_professionals", "--dry-run", "--json")

    told = json.loads(capsys.readouterr().out)
    assert told == {"dry_run": True, "told": 1, "asked": 0, "unreachable": 0}
    assert not Message.objects.exists()


def test_the_command_sends_and_says_so(contact, capsys):
    call_command("inform_professionals")

    assert "Personnes informées\u00a0: 1" in capsys.readouterr().out
    assert Message.objects.count() == 1
