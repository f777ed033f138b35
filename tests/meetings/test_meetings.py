from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.actors.operations import archive_actor
from jalons.mail.models import Message
from jalons.meetings import access, figures, operations
from jalons.meetings.models import Attendee, Meeting
from jalons.privacy.operations import purge
from jalons.professionals.models import Professional
from tests.actors.people import make_actor
from tests.factories import make_space, make_user
from tests.meetings.gatherings import DAY, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user("Chargée de mission")


@pytest.fixture
def space(officer):
    return make_space(owner=officer)


@pytest.fixture
def meeting(space, officer):
    return make_meeting(space, "Dans 10 ans", by=officer)


def test_a_meeting_is_noted_and_one_that_ends_before_it_begins_refused(
    client, space, officer
):
    client.force_login(officer)
    address = reverse("meetings:add", args=[space.pk])
    given = {"kind": "plenary", "title": "Plénière", "day": DAY, "begins": "09:00"}

    offered = client.get(address).context["form"]
    refused = client.post(address, given | {"ends": "08:00"})
    markup = client.post(address, given | {"ends": "12:00", "title": "<b>Ici</b>"})
    kept = client.post(address, given | {"ends": "12:00", "facilitators": officer.pk})

    for day in ("0001-01-01", "9999-12-31"):
        unlikely = client.post(address, given | {"ends": "12:00", "day": day})
        assert "Choisissez un jour" in unlikely.content.decode()

    assert ("workshop", [officer.pk]) == (
        offered["kind"].value(),
        offered["facilitators"].value(),
    )
    assert "avant le début" in refused.content.decode()
    assert "HTML" in markup.content.decode()
    meeting = Meeting.objects.get()
    assert reverse("meetings:guests", args=[space.pk, meeting.pk]) == kept.url
    assert [officer] == list(meeting.facilitators.all())
    assert (9, 12) == tuple(
        timezone.localtime(at).hour for at in (meeting.starts_at, meeting.ends_at)
    )
    assert date(2032, 3, 11) == meeting.names_kept_until


def test_the_families_that_nobody_invited_is_of_are_named(
    client, meeting, space, officer
):
    here = make_actor(space, "Le Lien", by=officer)
    there = make_actor(space, "Commune", by=officer, family="communes")
    operations.choose_guests(meeting, [here], by=officer)

    found = figures.diversity_of(meeting)
    client.force_login(officer)
    page = client.get(reverse("meetings:show", args=[space.pk, meeting.pk]))

    assert not found.is_diverse
    assert [there] == list(found.could_come)
    assert "associations" not in [one.id for one in found.table.absent_families]
    assert "Personne d’invité n’est du collège" in page.content.decode()


def test_an_actor_put_aside_since_stays_among_those_who_were_invited(
    client, meeting, space, officer
):
    gone = make_actor(space, "Le Lien", by=officer)
    new = make_actor(space, "Commune", by=officer, family="communes")
    operations.choose_guests(meeting, [gone], by=officer)
    archive_actor(gone, by=officer)
    client.force_login(officer)
    here = reverse("meetings:guests", args=[space.pk, meeting.pk])

    assert 302 == client.post(here, {"guests": [gone.pk, new.pk]}).status_code

    assert {gone, new} == {*meeting.guests.all()}


def test_people_told_that_they_are_kept_are_invited_once_and_others_never(
    client, meeting, space, officer
):
    actor = make_actor(space, by=officer)
    meeting.guests.add(actor)
    said = {"space": space, "actor": actor, "noted_on": DAY, "source": "réunion"}
    Professional.objects.create(
        name="Amina", email="amina@exemple.fr", informed_on=DAY, **said
    )
    Professional.objects.create(name="Luc", email="luc@exemple.fr", **said)

    assert 1 == operations.send_invitations(meeting, by=officer)
    assert 0 == operations.send_invitations(meeting, by=officer)

    letter = Message.objects.get(reason="meeting-invitation")
    assert "amina@exemple.fr" == letter.recipient
    page = client.get(
        reverse("meetings:announced", args=[access.secret_of(meeting)])
    ).content.decode()
    assert "Dans 10 ans" in page
    calendar = client.get(
        reverse("meetings:announced_appointment", args=[access.secret_of(meeting)])
    )
    assert b"SUMMARY:Dans 10 ans" in calendar.content
    over = make_meeting(space, by=officer, day=date(2020, 1, 1))
    with pytest.raises(operations.AlreadyOver):
        operations.send_invitations(over, by=officer)


def test_names_of_those_who_came_are_erased_a_year_later(meeting, space, officer):
    actor = make_actor(space, "Le Lien", by=officer)
    line = Attendee(meeting=meeting, name="Sacha", actor=actor)
    operations.note_attendee(line, by=officer)

    presence = figures.presence_of(meeting)
    last_day = datetime.combine(meeting.names_kept_until, time(12), tzinfo=UTC)
    purge(last_day, dry_run=False)
    assert 1 == Attendee.objects.count()
    purge(last_day + timedelta(days=2), dry_run=False)

    assert [1] == [n for _title, n in presence.families]
    assert not Attendee.objects.exists()


def test_an_invitation_says_what_is_known_and_what_is_invented(space, officer):
    actor = make_actor(space, by=officer)
    said = {"space": space, "actor": actor, "noted_on": DAY, "source": "réunion"}
    Professional.objects.create(
        name="Amina", email="amina@exemple.fr", informed_on=DAY, **said
    )

    def letter(**fields: object) -> Message:
        meeting = make_meeting(space, "Dans 10 ans", by=officer, **fields)
        meeting.guests.add(actor)
        operations.send_invitations(meeting, by=officer)
        return Message.objects.latest("pk")

    real = letter(purpose="Dire ce qui change.")
    bare = letter(place="", is_simulated=True)

    assert (
        "Où\u00a0: Salle des fêtes\n\nDire ce qui change.\n\nPour relire" in real.text
    )
    assert "Où" not in bare.text
    assert "SIMULÉ" not in real.subject + real.text
    assert bare.subject.startswith("SIMULÉ · ")
    assert bare.text.startswith("Cette rencontre est inventée")


def test_a_list_of_guests_with_nobody_on_it_is_told_as_such(client, space, officer):
    meeting = make_meeting(space, by=officer)
    client.force_login(officer)
    here = reverse("meetings:guests", args=[space.pk, meeting.pk])
    empty = client.get(here).content.decode()
    actor = make_actor(space, by=officer)

    nobody = client.post(here, {"token": 1}, follow=True).content.decode()
    one = client.post(here, {"guests": [actor.pk]}, follow=True).content.decode()

    assert "Votre table des acteurs est vide" in empty
    assert "Enregistrer cette liste" not in empty
    assert "Personne n’est sur la liste des invités." in nobody
    assert "La liste des invités est enregistrée." in one
