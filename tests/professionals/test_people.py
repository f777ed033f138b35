"""A person noted by a team: told, asked, confirmed, withdrawn, erased in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.directory.models import Objection
from jalons.mail.bounces import note_bounce
from jalons.mail.models import Message
from jalons.privacy.operations import purge
from jalons.professionals import operations
from jalons.professionals.models import Professional
from tests.actors.people import make_actor
from tests.factories import make_space, make_user
from tests.professionals.staff import link_in, make_professional

FORM = {
    "name": "Camille Exemple",
    "email": "Camille@Exemple.fr",
    "source": "atelier du 3 mars",
}


def after(**span):
    return time_machine.travel(timezone.now() + timedelta(**span), tick=False)


def round_of_mails(dry_run=False):
    return operations.tend(timezone.now(), dry_run=dry_run)


def test_a_person_noted_on_the_page_is_told_once_by_mail(desk, space, actor):
    desk.post(reverse("professionals:add", args=[space.pk, actor.pk]), FORM)

    person = Professional.objects.get()
    assert person.email == "camille@exemple.fr"
    assert person.told_on == person.noted_on == timezone.localdate()
    assert person.kept_until == timezone.localdate() + timedelta(days=730)
    mail = Message.objects.get(reason="professional-told")
    for word in ("atelier du 3 mars", "CCAS d’Exemple", "6-1-e", "CNIL", space.name):
        assert word in mail.text
    assert round_of_mails() == operations.Tended(0, 0, 0)


def test_a_person_without_address_nor_telephone_is_refused(desk, space, actor):
    answer = desk.post(
        reverse("professionals:add", args=[space.pk, actor.pk]), FORM | {"email": ""}
    )

    assert "une adresse ou un téléphone" in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Professional.objects.create(
            space=space, actor=actor, name="X", noted_on=timezone.localdate()
        )


def test_the_same_address_twice_for_an_actor_is_refused(desk, space, actor):
    address = reverse("professionals:add", args=[space.pk, actor.pk])
    desk.post(address, FORM)

    answer = desk.post(address, FORM)

    assert "déjà notée" in answer.content.decode()
    assert Professional.objects.count() == 1


def test_who_has_only_a_telephone_is_erased_after_a_month_unless_told(officer, actor):
    make_professional(actor, by=officer, email="", phone="0556000000")
    told = make_professional(
        actor,
        by=officer,
        email="",
        phone="0556000001",
        informed_on=timezone.localdate(),
    )

    with after(days=30):
        purge(timezone.now(), dry_run=False)
        assert Professional.objects.count() == 2
    with after(days=32):
        purge(timezone.now(), dry_run=False)

    assert list(Professional.objects.all()) == [told]


def test_one_is_asked_after_a_year_once_and_erased_after_two(officer, actor):
    person = make_professional(actor, by=officer)

    with after(days=364):
        assert round_of_mails().asked == 0
    with after(days=366):
        assert round_of_mails(dry_run=True).asked == 1
        assert round_of_mails().asked == 1
        assert round_of_mails().asked == 0
    assert Message.objects.filter(reason="professional-asked").count() == 1
    with after(days=729):
        purge(timezone.now(), dry_run=False)
        assert Professional.objects.filter(pk=person.pk).exists()
    with after(days=732):
        purge(timezone.now(), dry_run=False)

    assert not Professional.objects.exists()


def test_who_confirms_by_the_link_is_kept_two_years_more(client, officer, actor):
    person = make_professional(actor, by=officer)
    with after(days=366):
        round_of_mails()
        path = link_in("professional-asked", person.email)
        page = client.get(path).content.decode()
        assert "CCAS d’Exemple" in page
        corrected = {"name": "Dominique", "email": "neuve@exemple.fr", "phone": ""}

        client.post(path, corrected)

        person.refresh_from_db()
        assert person.email == "neuve@exemple.fr"
        assert person.kept_until == timezone.localdate() + timedelta(days=730)
    with after(days=1000):
        purge(timezone.now(), dry_run=False)

    assert Professional.objects.exists()


def test_the_link_of_the_first_mail_dies_when_another_is_sent(client, officer, actor):
    person = make_professional(actor, by=officer)
    first = link_in("professional-told", person.email)
    with after(days=366):
        round_of_mails()
        second = link_in("professional-asked", person.email)

        assert client.get(first).status_code == 410
        assert client.get(second).status_code == 200


def test_who_withdraws_is_erased_and_does_not_come_back(client, officer, actor):
    person = make_professional(actor, by=officer, email="part@exemple.fr")
    path = link_in("professional-told", "part@exemple.fr")

    answer = client.post(f"{path}retirer/")

    assert answer.status_code == 200
    assert not Professional.objects.exists()
    assert client.get(path).status_code == 410
    assert "part@exemple.fr" not in str(Objection.objects.values())
    with pytest.raises(operations.Objected):
        make_professional(actor, by=officer, email="PART@exemple.fr")
    assert not Entry.objects.filter(object_label__contains=person.name).exists()


def test_a_withdrawal_says_nothing_to_another_team(client, officer, actor):
    make_professional(actor, by=officer, email="part@exemple.fr")
    client.post(f"{link_in('professional-told', 'part@exemple.fr')}retirer/")
    other = make_space(owner=make_user())

    make_professional(
        make_actor(other, by=officer), by=officer, email="part@exemple.fr"
    )

    assert Professional.objects.get().space == other


def test_an_address_that_is_dead_informed_nobody(officer, actor):
    person = make_professional(actor, by=officer)
    note_bounce(person.email, "550 unknown", is_permanent=True)

    assert round_of_mails().unreachable == 1

    person.refresh_from_db()
    assert person.kept_until == person.noted_on + timedelta(days=30)
    assert person.told_on is None


def test_another_address_is_told_in_its_turn(desk, space, officer, actor):
    person = make_professional(actor, by=officer)

    desk.post(reverse("professionals:edit", args=[space.pk, person.pk]), FORM)

    recipients = Message.objects.filter(reason="professional-told")
    assert {"camille@exemple.fr", person.email} == {one.recipient for one in recipients}


def test_a_telephone_that_is_none_is_refused(desk, space, actor):
    answer = desk.post(
        reverse("professionals:add", args=[space.pk, actor.pk]),
        FORM | {"phone": "au bureau"},
    )

    assert answer.status_code == 200
    assert not Professional.objects.exists()


def test_an_invented_link_opens_nothing(client, db):
    assert client.get("/mes-coordonnees/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404
