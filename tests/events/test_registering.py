from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from jalons.events import access, mailing, operations, registering
from jalons.events.models import Registration
from jalons.events.secrets import token_of
from jalons.mail.models import Message
from jalons.mail.operations import say_dead
from jalons.meetings.models import Attendee
from jalons.privacy.operations import purge
from tests.events.agenda import ask_place, come, make_event, past

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Sacha Exemple", "email": "Sacha@Exemple.fr", "structure": "Mairie"}
State = Registration.State


def link_in(message: Message) -> str:
    found = re.search(rf"{settings.SITE_URL}(/inscription/\S+/)", message.text)
    assert found, message.text
    return found[1]


def test_somebody_registers_confirms_by_the_mail_and_gives_the_place_back(
    client, space, officer
):
    event = make_event(space, "Webinaire des essais", by=officer)

    asked = client.post(reverse("events:register", args=[event.pk]), GIVEN)
    message = Message.objects.get(reason=mailing.REGISTER)
    opened = client.get(link_in(message))
    before = event.registrations.get().state
    client.post(link_in(message))
    kept = event.registrations.get()
    given_back = client.post(link_in(message), {"annuler": "1"})
    gone = client.get(link_in(message))

    assert "ouvrez vos courriels" in asked.content.decode()
    assert "sacha@exemple.fr" == message.recipient
    assert opened.status_code == 200
    # Opening the page, as a mail server may do, confirms nothing.
    assert before == State.ASKED
    assert (kept.state, kept.notice_version) == (State.GOING, "2026-11")
    assert kept.kept_until == event.meeting.day + timedelta(days=90)
    assert "rendue" in given_back.content.decode()
    assert not event.registrations.exists()
    assert gone.status_code == 410


def test_a_robot_a_wrong_address_and_a_name_that_advertises_register_nobody(
    client, space, officer
):
    event = make_event(space, by=officer)
    address = reverse("events:register", args=[event.pk])

    robot = client.post(address, GIVEN | {"site": "https://achetez.exemple"})
    for wrong in (
        {"email": "pas une adresse"},
        {"email": "a@exemple.fr\nBcc: tous@exemple.fr"},
        {"name": "Gagnez sur www.exemple.fr"},
        {"name": "<script>alert(1)</script>"},
        {"name": "a" * 100_000},
        {"structure": "https://exemple.fr"},
    ):
        refused = client.post(address, GIVEN | wrong)
        assert "Rien n’est encore envoyé" in refused.content.decode(), wrong

    assert robot.status_code == 200
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_the_same_address_twice_is_one_place_and_one_mail_a_day(client, space, officer):
    event = make_event(space, by=officer)
    address = reverse("events:register", args=[event.pk])

    first = client.post(address, GIVEN).content.decode()
    again = client.post(address, GIVEN | {"name": "Quelqu’un"}).content.decode()

    assert event.registrations.get().name == "Sacha Exemple"
    assert Message.objects.count() == 1
    # Nobody learns by trying whether an address is registered.
    assert ("ouvrez vos courriels" in first) == ("ouvrez vos courriels" in again)


def test_beyond_its_places_people_wait_and_the_first_one_has_the_place_given_back(
    space, officer
):
    event = make_event(space, by=officer, capacity=1)
    first = come(event, "un@exemple.fr")
    second, third = come(event, "deux@exemple.fr"), come(event, "trois@exemple.fr")

    registering.withdraw(first, by=None)
    registering.withdraw(third, by=None)

    second.refresh_from_db()
    assert second.state == State.GOING
    told = Message.objects.filter(reason=mailing.PLACE)
    assert ["deux@exemple.fr"] == [one.recipient for one in told]


def test_whoever_gave_a_place_back_may_register_again(space, officer):
    event = make_event(space, by=officer)
    registering.withdraw(come(event, "un@exemple.fr"), by=None)

    again = come(event, "un@exemple.fr")

    assert again.state == State.GOING
    assert Message.objects.filter(reason=mailing.REGISTER).count() == 2


def test_one_more_place_is_given_to_who_waits(space, officer):
    event = make_event(space, by=officer, capacity=1)
    come(event, "un@exemple.fr")
    waits = come(event, "deux@exemple.fr")

    event.capacity = 2
    operations.save_event(event, event.meeting, [], by=officer)

    waits.refresh_from_db()
    assert waits.state == State.GOING


def test_one_no_longer_registers_once_it_began_was_cancelled_or_is_prepared(
    client, space, officer
):
    prepared = make_event(space, by=officer, is_published=False)
    begun = past(make_event(space, by=officer))
    cancelled = make_event(space, by=officer)
    late = ask_place(cancelled, "tard@exemple.fr")
    operations.cancel_event(cancelled, reason="Neige", by=officer)

    assert 404 == client.get(reverse("events:register", args=[prepared.pk])).status_code
    for event in (begun, cancelled):
        page = client.post(reverse("events:register", args=[event.pk]), GIVEN)
        assert "ne s’inscrit plus" in page.content.decode()
    with pytest.raises(registering.Closed):
        registering.confirm(late)
    assert begun.registrations.count() == 0


def test_a_move_and_a_cancellation_are_told_once_to_those_who_confirmed(space, officer):
    event = make_event(space, by=officer)
    come(event, "un@exemple.fr")
    ask_place(event, "jamais@exemple.fr")

    event.meeting.starts_at += timedelta(days=1)
    event.meeting.ends_at += timedelta(days=1)
    for _twice in range(2):
        operations.save_event(event, event.meeting, [], by=officer)
    operations.cancel_event(event, reason="Salle fermée", by=officer)
    with pytest.raises(operations.NotPublished):
        operations.cancel_event(event, reason="Encore", by=officer)

    told = Message.objects.exclude(reason=mailing.REGISTER).order_by("pk")
    assert [(mailing.MOVED, "un@exemple.fr"), (mailing.CANCELLED, "un@exemple.fr")] == [
        (one.reason, one.recipient) for one in told
    ]
    assert "Salle fermée" in told[1].text


def test_a_reminder_and_a_request_for_an_opinion_leave_once(space, officer):
    now = timezone.now()
    soon = make_event(space, by=officer, starts_at=now + timedelta(hours=20))
    later = make_event(space, by=officer, starts_at=now + timedelta(days=5))
    before = make_event(space, by=officer)
    come(soon, "un@exemple.fr"), come(later, "un@exemple.fr")
    come(before, "un@exemple.fr")
    past(before)

    tried = mailing.send_due(now, dry_run=True)
    sent = mailing.send_due(now, dry_run=False)
    again = mailing.send_due(now + timedelta(hours=12), dry_run=False)

    assert tried == sent == mailing.Sent(reminders=1, after=1)
    assert again == mailing.Sent(0, 0)
    reasons = Message.objects.exclude(reason=mailing.REGISTER)
    assert {mailing.REMINDER, mailing.AFTER} == {one.reason for one in reasons}


def test_a_dead_address_is_written_to_no_more(space, officer):
    say_dead("un@exemple.fr", "5.1.1", by=officer)

    ask_place(make_event(space, by=officer), "un@exemple.fr")

    assert not Message.objects.exists()


def test_what_is_kept_of_people_is_erased_in_time(space, officer):
    event = make_event(space, by=officer)
    come(event, "un@exemple.fr")
    ask_place(event, "deux@exemple.fr")
    now = timezone.now()

    purge(at=now + timedelta(days=9), dry_run=False)
    after_a_week = [one.email for one in event.registrations.all()]
    purge(at=now + timedelta(days=102), dry_run=False)

    assert after_a_week == ["un@exemple.fr"]
    assert not event.registrations.exists()


def test_somebody_who_came_is_on_the_sheet_of_the_meeting_once(space, officer):
    one = come(make_event(space, by=officer), "un@exemple.fr", "Amina")

    for _twice in range(2):
        registering.note_present(one, by=officer)

    assert ["Amina"] == [one.name for one in Attendee.objects.all()]


def test_the_link_of_somebody_cannot_be_guessed(client, space, officer):
    one = come(make_event(space, by=officer), "un@exemple.fr")
    token = token_of(one)

    assert access.find_registration(token) == one
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), one.key.hex, "1"):
        assert 404 == client.get(reverse("events:mine", args=[wrong])).status_code


def test_the_video_is_told_to_those_who_have_a_place_only(client, space, officer):
    link = "https://visio.exemple.fr/salle"
    event = make_event(space, by=officer, online_url=link, capacity=1)
    has, waits = come(event, "un@exemple.fr"), come(event, "deux@exemple.fr")

    def reads(name: str, one: Registration) -> bool:
        page = client.get(reverse(f"events:{name}", args=[token_of(one)]))
        return link in page.content.decode()

    assert link not in client.get(reverse("events:show", args=[event.pk])).text
    assert (reads("mine", has), reads("own_appointment", has)) == (True, True)
    assert (reads("mine", waits), reads("own_appointment", waits)) == (False, False)
