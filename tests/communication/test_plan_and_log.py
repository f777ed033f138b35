"""The plan, the log, who was told of what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.actors.operations import archive_actor
from jalons.communication.figures import diary_of, reached_by
from jalons.communication.models import Announcement
from jalons.diagnosis import operations as diagnosis
from jalons.diagnosis.models import Communication
from jalons.workshops.minutes import draft_minutes
from jalons.workshops.sending import note_readers, send_minutes
from tests.actors.people import make_actor
from tests.communication.announcements import make_announcement
from tests.factories import make_space
from tests.meetings.gatherings import make_meeting
from tests.workshops.rooms import make_workshop

pytestmark = pytest.mark.django_db
SENT = {
    "subject": "Atelier ouvert à tous",
    "audience": "Les maires",
    "channel": "town_halls",
    "material": "poster",
    "copies": "30",
    "planned_on": "2026-01-05",
}


def test_what_is_planned_is_late_then_done_with_what_came_of_it(signed_in, roadmap):
    signed_in.post(reverse("communication:add", args=[roadmap.pk]), SENT)
    row = Announcement.objects.get()
    assert [True] == [one.is_late for one in diary_of(roadmap).plan]
    assert not diary_of(roadmap, on=date(2026, 1, 5)).late
    page = signed_in.get(reverse("communication:show", args=[roadmap.pk]))
    assert "Secrétariats de mairie · Affiche A4 (30 exemplaires)" in (
        page.content.decode()
    )

    done = {"done_on": "2026-01-07", "outcome": "Deux mairies en redemandent"}
    done["version"] = "1"
    change = reverse("communication:change", args=[roadmap.pk, row.pk])
    signed_in.post(change, SENT | done)

    diary = diary_of(roadmap)
    assert not diary.plan
    assert [(date(2026, 1, 7), "Les maires", "Deux mairies en redemandent")] == [
        (one.day, one.to_whom, one.outcome) for one in diary.log
    ]
    csv = signed_in.get(reverse("communication:export_csv", args=[roadmap.pk]))
    assert "fait;2026-01-07;Atelier ouvert à tous;Les maires" in csv.getvalue().decode()


def test_what_cannot_be_is_refused_beside_its_field(signed_in, roadmap, officer):
    elsewhere = make_space(owner=officer)
    theirs = make_actor(elsewhere, by=officer)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    for wrong in (
        {"subject": ""},
        {"subject": "Avec Mme Martin"},
        {"audience": "<b>tous</b>"},
        {"channel": "pigeon"},
        {"copies": "0"},
        {"copies": "100001"},
        {"planned_on": "1999-01-01"},
        {"done_on": tomorrow},
        {"outcome": "Bien reçu"},
        {"actors": [theirs.pk]},
        {"meeting": make_meeting(elsewhere, by=officer).pk},
    ):
        address = reverse("communication:add", args=[roadmap.pk])
        told = signed_in.post(address, SENT | wrong)
        assert "field faulty" in told.content.decode(), wrong
    assert not Announcement.objects.exists()


def test_what_left_from_here_is_in_the_log_without_being_typed_again(
    roadmap, space, officer
):
    minutes = draft_minutes(make_workshop(space, by=officer, title="T"), by=officer)
    note_readers(minutes.workshop, ["a@exemple.fr", "b@exemple.fr"], by=officer)
    send_minutes(minutes, by=officer)
    started = diagnosis.start_diagnosis(space, space.territory, by=officer)
    article = Communication(
        diagnosis=started,
        said_on=date(2026, 1, 5),
        channel=Communication.Channel.PRESS,
        message="Un conseiller arrive",
    )
    diagnosis.log_communication(article, by=officer)

    invented = make_workshop(space, by=officer, title="Inventé")
    invented.meeting.is_simulated = True
    invented.meeting.save()
    note_readers(invented, ["c@exemple.fr"], by=officer)
    send_minutes(draft_minutes(invented, by=officer), by=officer)

    told = [(one.what, one.to_whom, one.is_seen) for one in diary_of(roadmap).log]

    assert [
        ("Compte rendu\u00a0: T", "2 adresses qui avaient accepté", True),
        ("Un conseiller arrive", "le public", True),
    ] == told
    roadmap.is_simulated = True
    (only,) = diary_of(roadmap).log
    assert "Compte rendu\u00a0: Inventé" == only.what


def test_an_archived_actor_stays_in_the_log_and_nobody_is_overwritten(
    signed_in, roadmap, space, officer
):
    gone = make_actor(space, by=officer, name="Centre social")
    row = make_announcement(roadmap, "Le cap", by=officer, actors=[gone])
    archive_actor(gone, by=officer)
    change = reverse("communication:change", args=[roadmap.pk, row.pk])
    ours = SENT | {"subject": "Le cap voté", "actors": [gone.pk], "version": "1"}

    assert 302 == signed_in.post(change, ours).status_code
    assert [gone] == list(row.actors.all())

    told = signed_in.post(change, ours | {"subject": "Le cap écrit", "actors": []})
    row.refresh_from_db()
    assert ("Le cap voté", 2) == (row.subject, row.version)
    assert [gone] == list(row.actors.all())
    text = told.content.decode()
    assert "<dd>Le cap voté</dd>" in text
    assert "<dd>Centre social</dd>" in text
    assert 'name="version" value="2"' in text
    assert 302 == signed_in.post(change, ours | {"version": "2"}).status_code


def test_those_whom_nothing_reached_come_first(signed_in, roadmap, space, officer):
    reached = make_actor(space, by=officer, name="Centre social")
    make_actor(space, by=officer, name="Médiathèque")
    meeting = make_meeting(space, by=officer, title="Plénière")
    meeting.guests.add(reached)
    day = date(2026, 2, 1)
    make_announcement(
        roadmap, "Le cap", by=officer, actors=[reached], done_on=day, outcome="Lu"
    )
    make_announcement(roadmap, "La suite", by=officer, actors=[reached])

    found = reached_by(roadmap)

    assert [("Médiathèque", []), ("Centre social", [(day, "Le cap")])] == [
        (str(one.actor), one.told) for one in found
    ]
    page = signed_in.get(reverse("communication:told", args=[roadmap.pk]))
    text = " ".join(page.content.decode().split())
    assert "rien encore" in text
    assert "Invité à : Plénière" in text


def test_a_long_plan_is_cut_and_whole_when_asked(signed_in, roadmap, officer):
    for n in range(14):
        make_announcement(roadmap, f"Sujet {n:02}", by=officer)
    meeting = make_meeting(roadmap.space, by=officer)
    address = reverse("communication:show", args=[roadmap.pk])

    short = signed_in.get(address)
    whole = signed_in.get(address, {"tout": "1", "rencontre": meeting.pk})

    assert (12, 14) == (len(short.context["plan"]), len(whole.context["plan"]))
    assert "?tout=1" in short.content.decode()
    assert f"rencontre={meeting.pk}#materials" in short.content.decode()
    poster = reverse("communication:material", args=[roadmap.pk, "affiche", "pdf"])
    assert f"{poster}?rencontre={meeting.pk}" in whole.content.decode()
