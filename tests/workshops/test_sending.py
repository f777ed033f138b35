"""The minutes leave for those who agreed, once each, and say how long they took."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.urls import reverse

from jalons.mail.models import Message
from jalons.workshops import sending
from jalons.workshops.minutes import draft_minutes
from jalons.workshops.models import MinutesReader
from tests.workshops.rooms import comes, make_workshop, post

PARIS = ZoneInfo("Europe/Paris")


def addresses() -> list[str]:
    return list(MinutesReader.objects.order_by("pk").values_list("email", flat=True))


def test_an_address_is_given_changed_and_erased_on_the_telephone(client, workshop):
    (_amina, secret), (_luc, other) = comes(workshop), comes(workshop, "Luc")

    wrong = post(client, secret, act="minutes", email="amina@")
    assert (400, "adresse" in wrong.content.decode()) == (wrong.status_code, True)
    assert 302 == post(client, secret, act="minutes", email="A@exemple.fr").status_code
    post(client, secret, act="minutes", email="amina@exemple.fr")
    # Somebody else types the same: it stays hers, and they cannot erase it.
    post(client, other, act="minutes", email="amina@exemple.fr")
    post(client, other, act="no_minutes")
    assert ["amina@exemple.fr"] == addresses()
    page = client.get(reverse("workshops:pocket", args=[secret])).content.decode()
    assert "amina@exemple.fr" in page
    post(client, secret, act="no_minutes")
    assert [] == addresses()


def test_the_team_sends_them_once_to_each_who_agreed(client, workshop, officer, space):
    client.force_login(officer)
    _amina, secret = comes(workshop)
    post(client, secret, act="minutes", email="amina@exemple.fr")
    minutes = draft_minutes(workshop, by=officer)
    minutes.decisions = "Ouvrir le samedi"
    minutes.save()
    page = reverse("workshops:minutes_readers", args=[space.pk, workshop.pk])

    faulty = client.post(page, {"addresses": "luc@exemple.fr\nrose(at)exemple.fr"})
    assert "Ligne 2" in faulty.content.decode()
    client.post(page, {"addresses": "luc@exemple.fr\n\nAMINA@exemple.fr"})
    assert ["amina@exemple.fr", "luc@exemple.fr"] == addresses()
    for _time in range(2):
        client.post(page, {"act": "send"})
    client.post(page, {"addresses": "rose@exemple.fr"})
    client.post(page, {"act": "send"})

    sent = Message.objects.filter(reason="workshop-minutes").order_by("pk")
    assert ["amina", "luc", "rose"] == [one.recipient.split("@")[0] for one in sent]
    said = client.get(page).content.decode()
    assert "Personne n’a encore accepté" not in said
    assert "Envoyer le compte rendu à" not in said


def test_an_address_copied_by_the_team_is_erased_on_request_and_written_to_once(
    client, workshop, officer, space
):
    client.force_login(officer)
    minutes = draft_minutes(workshop, by=officer)
    page = reverse("workshops:minutes_readers", args=[space.pk, workshop.pk])
    client.post(page, {"addresses": "luc@exemple.fr"})
    client.post(page, {"act": "send"})
    reader = MinutesReader.objects.get()

    erased = client.post(page, {"act": "erase", "reader": reader.pk}, follow=True)
    assert "luc@exemple.fr" not in erased.content.decode()
    assert [] == addresses()
    assert 404 == client.post(page, {"act": "erase", "reader": reader.pk}).status_code
    # Given again, the address receives nothing twice, and the page counts what leaves.
    sending.note_readers(workshop, ["luc@exemple.fr", "rose@exemple.fr"], by=officer)
    assert 1 == sending.send_minutes(minutes, by=officer)
    assert 2 == Message.objects.filter(reason="workshop-minutes").count()


def test_what_was_sent_is_read_by_its_link_and_a_draft_by_nobody(
    client, workshop, officer
):
    minutes = draft_minutes(workshop, by=officer)
    minutes.decisions = "Ouvrir le samedi"
    minutes.save()
    sending.note_readers(workshop, ["luc@exemple.fr"], by=officer)
    link = reverse("workshops:minutes_read", args=[sending.access.secret_of(minutes)])

    assert 404 == client.get(link).status_code
    sending.send_minutes(minutes, by=officer)

    (mail,) = Message.objects.filter(reason="workshop-minutes")
    assert link in mail.text
    assert "Ouvrir le samedi" in client.get(link).content.decode()
    assert b"%PDF" == client.get(f"{link}compte-rendu.pdf").content[:4]
    assert (
        404 == client.get(link.replace("compte-rendu/", "compte-rendu/x")).status_code
    )


def test_minutes_are_on_time_within_fifteen_days_and_late_once_these_are_past(
    space, officer
):
    held = [make_workshop(space, by=officer) for _one in range(4)]
    day = held[0].meeting.day

    def sends(workshop, after: int) -> None:
        at = datetime.combine(day + timedelta(days=after), datetime.min.time(), PARIS)
        with time_machine.travel(at, tick=False):
            minutes = draft_minutes(workshop, by=officer)
            sending.note_readers(workshop, ["luc@exemple.fr"], by=officer)
            sending.send_minutes(minutes, by=officer)
        minutes.refresh_from_db()
        assert after == sending.delay_of(minutes)

    sends(held[0], 15)
    sends(held[1], 16)

    def found(today: date) -> tuple[int, int]:
        one = sending.punctuality_of(space, today=today)
        return one.on_time, one.due

    # Two sent, one of them on time; the two others are due on the sixteenth day.
    assert (1, 2) == found(day + timedelta(days=15))
    assert (1, 4) == found(day + timedelta(days=16))


def test_minutes_sent_before_their_meeting_are_not_said_late_by_less_than_nothing(
    client, space, officer
):
    held = make_workshop(space, by=officer)
    at = datetime.combine(held.meeting.day, datetime.min.time(), PARIS)
    with time_machine.travel(at - timedelta(days=3), tick=False):
        minutes = draft_minutes(held, by=officer)
        sending.note_readers(held, ["luc@exemple.fr"], by=officer)
        sending.send_minutes(minutes, by=officer)
    client.force_login(officer)

    page = client.get(reverse("workshops:minutes_readers", args=[space.pk, held.pk]))

    assert "Premier envoi avant le jour de la rencontre." in page.content.decode()
    assert "-3" not in page.content.decode()
