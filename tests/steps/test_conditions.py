"""The nine conditions of success: said, shown, said again, never overwritten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.conditions.definitions import read_conditions
from jalons.conditions.figures import conditions_of
from jalons.conditions.models import Appraisal
from jalons.roadmaps.figures import plan_of
from jalons.steps.checks import Seen
from jalons.steps.figures import path_of
from jalons.steps.ground import Ground
from jalons.steps.signs import SIGNS, signs_of
from jalons.workshops.minutes import draft_minutes
from tests.actors.people import make_actor
from tests.factories import make_space
from tests.meetings.gatherings import make_meeting
from tests.roadmaps.plans import (
    make_action,
    make_stake,
    make_workstream,
)
from tests.workshops.rooms import make_workshop

pytestmark = pytest.mark.django_db


def say(client, roadmap, code: str, state: str, words: str, day: date, **shown):
    address = reverse("steps:condition", args=[roadmap.pk, code])
    sent = {"state": state, "evidence": words, "made_on": day.isoformat(), **shown}
    return client.post(address, sent)


def signs(roadmap, code: str) -> list[str]:
    seen = Seen(plan_of(roadmap), Ground(roadmap.space))
    return [one.words for one in signs_of(code, seen)]


def test_there_are_nine_and_something_is_looked_at_for_each():
    codes = [one.id for one in read_conditions()]

    assert 9 == len(set(codes))
    assert codes == list(SIGNS)


def test_a_condition_is_said_with_what_shows_it_and_said_again(
    signed_in, roadmap, space, officer
):
    workshop = make_workshop(space, by=officer)
    minutes = draft_minutes(workshop, by=officer)
    stream = make_workstream(make_stake(roadmap, by=officer), "Un bus", by=officer)
    today = timezone.localdate()
    earlier = today - timedelta(days=90)
    shown = {"minutes": [minutes.pk], "workstreams": [stream.pk]}

    told = say(signed_in, roadmap, "informed", "not_yet", "Rien d’envoyé.", earlier)
    assert told.url == reverse("steps:condition", args=[roadmap.pk, "time"])
    say(signed_in, roadmap, "informed", "partly", "Un envoi.", today, **shown)

    said = conditions_of(roadmap).condition("informed").said
    assert [("partly", "◐"), ("not_yet", "○")] == [
        (one.row.state, one.mark) for one in said
    ]
    names = [one.name for one in said[0].proofs]
    assert [f"Compte rendu\u00a0: {workshop}", "Un bus"] == names
    assert all(signed_in.get(one.url).status_code == 200 for one in said[0].proofs)
    stream.delete()
    page = signed_in.get(reverse("steps:conditions", args=[roadmap.pk]))
    text = page.content.decode()
    assert "Un bus <small>(retiré depuis)</small>" in text
    assert "Rien d’envoyé." in text
    entry = Entry.objects.filter(verb="condition.appraised").latest("pk")
    assert "Des participants tenus au courant" == entry.object_label


def test_what_is_refused_is_told_and_keeps_nothing(signed_in, roadmap, officer):
    elsewhere = make_space(owner=officer)
    theirs = make_meeting(elsewhere, by=officer)
    make_meeting(roadmap.space, by=officer)
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)

    for words, day, shown in (
        ("Vu", tomorrow, {}),
        ("Vu", date(1999, 12, 31), {}),
        ("Vu avec Mme Martin", today, {}),
        ("<b>Vu</b>", today, {}),
        ("", today, {}),
        ("Vu", today, {"meetings": [theirs.pk]}),
    ):
        told = say(signed_in, roadmap, "course", "met", words, day, **shown)
        assert told.status_code == 200, words
        assert "aria-invalid" in told.content.decode()
    assert not Appraisal.objects.exists()
    unknown = reverse("steps:condition", args=[roadmap.pk, "luck"])
    assert 404 == signed_in.get(unknown).status_code
    blank = signed_in.get(reverse("steps:condition", args=[roadmap.pk, "time"]))
    assert f'value="{today.isoformat()}"' in blank.content.decode()


def test_the_forty_first_actor_may_be_linked(signed_in, roadmap, space, officer):
    meeting = make_meeting(space, by=officer)
    for rank in range(41):
        meeting.guests.add(make_actor(space, by=officer, name=f"Acteur {rank:02}"))
    last = space.actors.get(name="Acteur 40")
    today = timezone.localdate()

    say(signed_in, roadmap, "together", "met", "Venu", today, actors=[last.pk])

    (said,) = conditions_of(roadmap).condition("together").said
    assert ["Acteur 40"] == [one.name for one in said.proofs]


def test_days_tell_how_the_nine_moved_and_the_step_waits_for_all(signed_in, roadmap):
    first, second = date(2026, 1, 5), date(2026, 6, 1)
    codes = [one.id for one in read_conditions()]
    for code in codes[:8]:
        say(signed_in, roadmap, code, "not_yet", "Au départ", first)
    say(signed_in, roadmap, "course", "met", "Voté", second)
    checked = {
        one.row.id: one.checked
        for one in path_of(plan_of(roadmap), Ground(roadmap.space))
        .step("formaliser")
        .criteria
    }
    assert not checked["conditions"].is_met
    assert "Reste\u00a0: 9" == checked["conditions"].words

    say(signed_in, roadmap, codes[8], "partly", "En cours", second)

    days = [
        (one.day, one.met, one.partly, one.not_yet, one.unsaid)
        for one in conditions_of(roadmap).days
    ]
    assert [(second, 1, 1, 7, 0), (first, 0, 0, 8, 1)] == days
    path = signed_in.get(reverse("steps:path", args=[roadmap.pk])).content.decode()
    assert (
        "Réunies\u00a0: 1\u202f; en partie\u00a0: 1\u202f; pas encore\u00a0: 7" in path
    )


def test_what_the_objects_show_stands_beside_and_decides_nothing(
    roadmap, space, officer
):
    meeting = make_meeting(space, by=officer)
    meeting.guests.add(make_actor(space, by=officer, family="communes"))
    stream = make_workstream(
        make_stake(roadmap, by=officer), by=officer, available=["Une salle"]
    )
    make_stake(roadmap, by=officer)
    make_action(stream, by=officer, lead="Centre social", referent="Maire de Ici")
    make_action(stream, by=officer, lead="centre social (pilote)")

    assert ["1 famille invitée à ce jour.", "0 atelier tenu."] == signs(
        roadmap, "together"
    )
    assert "Actions dont un élu est référent\u00a0: 1 sur 2." in signs(
        roadmap, "deciders"
    )
    assert "Enjeux qui ont un chantier clé\u00a0: 1 sur 2." in signs(
        roadmap, "solutions"
    )
    assert ["2 actions restent à chiffrer."] == signs(roadmap, "feasible")[1:]
    stream.actions.filter(lead="Centre social").update(status="dropped")
    assert ["1 action écrite.", "1 action abandonnée."] == signs(roadmap, "solutions")[
        1:
    ]
    assert not Appraisal.objects.exists()
