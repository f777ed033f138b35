"""What a body does: who came, what it decided, what became of it; who signed what."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from jalons.actors.operations import archive_actor
from jalons.coordination import operations
from jalons.coordination.models import (
    Agreement,
    Decision,
    Sitting,
    StageDone,
)
from jalons.coordination.sittings import agreements_of, sitting_of, stages_of
from jalons.meetings.models import Attendee, Meeting
from tests.actors.people import make_actor
from tests.coordination.giving import make_body
from tests.factories import make_space
from tests.groups.gatherings import join, make_group
from tests.meetings.gatherings import make_meeting

FIRST, SECOND = date(2026, 3, 2), date(2026, 6, 1)


@pytest.fixture
def body(group, actor, officer):
    join(group, actor, by=officer)
    return make_body(group, by=officer, agenda="Bilan\nSuite")


@pytest.fixture
def sits(space, body, officer):
    """`sits(FIRST)`: the body sits at a meeting of that day."""

    def attach(day: date) -> Sitting:
        meeting = make_meeting(space, by=officer, day=day)
        return operations.attach_sitting(
            Sitting(body=body, meeting=meeting), by=officer
        )

    return attach


def decide(sitting: Sitting, text: str, *, by, **fields: object) -> Decision:
    return operations.save_decision(
        Decision(sitting=sitting, text=text, **fields), by=by
    )


def test_the_members_of_the_day_are_present_or_absent_by_the_sheet(
    space, group, body, actor, sits, officer
):
    absent, later, guest = (
        make_actor(space, name, by=officer) for name in ("CAF", "MSA", "Presse")
    )
    join(group, absent, by=officer)
    join(group, later, by=officer, since=SECOND)
    sitting = sits(FIRST)
    assert not sitting_of(sitting).is_told
    for one in (actor, guest):
        Attendee.objects.create(meeting=sitting.meeting, name="Camille", actor=one)

    found = sitting_of(sitting)

    assert ([actor.name], ["CAF"], ["Presse"]) == (
        *(found.present, found.absent),
        found.others,
    )


def test_what_is_not_done_yet_is_read_at_the_next_sitting(
    desk, space, body, actor, sits, officer
):
    first, second = sits(FIRST), sits(SECOND)
    page = reverse("coordination:sitting", args=[space.pk, first.pk])
    said = {"text": "Ouvrir une permanence", "actor": actor.pk, "due_on": "2026-05-01"}
    for wrong in ({"text": ""}, {"text": "Voir Mme Martin"}, {"state": "lost"}):
        shown = desk.post(page, said | {"state": "open"} | wrong).content.decode()
        assert "field faulty" in shown, wrong
    desk.post(page, said | {"state": "open"})
    decide(first, "Imprimer", by=officer, state="done")

    found = sitting_of(second)
    assert ["Ouvrir une permanence"] == [one.text for one in found.waiting]
    assert found.waiting[0].is_late(on=SECOND)
    assert not found.decisions
    change = reverse("coordination:decision", args=[space.pk, found.waiting[0].pk])
    desk.post(change, said | {"state": "done", "note": "Le lundi"})

    assert not sitting_of(second).waiting
    shown = desk.get(reverse("coordination:body", args=[space.pk, body.pk]))
    assert "Le lundi" in shown.content.decode()


def test_the_minutes_tell_the_agenda_who_came_and_what_was_decided(
    desk, space, actor, sits, officer, tmp_path
):
    sitting = sits(FIRST)
    Attendee.objects.create(meeting=sitting.meeting, name="Camille", actor=actor)
    decide(sitting, "Ouvrir une permanence", by=officer, actor=actor)
    address = reverse("coordination:minutes", args=[space.pk, sitting.pk, "pdf"])
    path = tmp_path / "compte-rendu.pdf"
    path.write_bytes(desk.get(address).content)

    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(path).pages).split()
    )
    for words in ("Bilan", actor.name, "Ouvrir une permanence", "2 mars 2026"):
        assert words in text
    assert "Camille" not in text
    wrong = reverse("coordination:minutes", args=[space.pk, sitting.pk, "exe"])
    assert 404 == desk.get(wrong).status_code


def test_a_body_sits_at_a_meeting_of_its_space_and_at_no_other(
    desk, space, body, officer
):
    other = make_space(owner=officer)
    theirs = make_meeting(other, by=officer)
    invented = make_meeting(space, by=officer, is_simulated=True)
    ours = make_meeting(space, by=officer)
    attach = reverse("coordination:attach", args=[space.pk, body.pk])

    for wrong in (theirs, invented):
        desk.post(attach, {"meeting": wrong.pk})
    assert not Sitting.objects.exists()
    desk.post(attach, {"meeting": ours.pk})
    sitting = Sitting.objects.get()

    their_body = make_body(make_group(other, by=officer), by=officer)
    elsewhere = reverse("coordination:body", args=[space.pk, their_body.pk])
    assert 404 == desk.get(elsewhere).status_code
    desk.post(reverse("coordination:detach", args=[space.pk, sitting.pk]))
    assert not Sitting.objects.exists()
    assert Meeting.objects.filter(pk=ours.pk).exists()


def test_an_agreement_crosses_when_public_and_private_actors_signed_it(
    desk, space, actor, officer
):
    town = make_actor(space, "Ville", by=officer, family="communes")
    shop = make_actor(space, "Banque", by=officer, family="entreprises")
    agree = reverse("coordination:agree", args=[space.pk])
    said = {"title": "Charte", "parties": [town.pk, shop.pk], "purpose": ""}
    said |= {"signed_on": "2026-01-10", "ends_on": "2026-12-31"}
    for wrong in (
        {"parties": [town.pk]},
        {"ends_on": "2025-12-31"},
        {"purpose": "Avec M. Martin"},
    ):
        shown = desk.post(agree, said | wrong).content.decode()
        assert "field faulty" in shown, wrong
    desk.post(agree, said)
    desk.post(agree, said | {"title": "Prêt", "parties": [town.pk, actor.pk]})

    found = agreements_of(space, on=date(2027, 1, 1))

    assert {("Charte", True), ("Prêt", False)} == {
        (one.agreement.title, one.crosses) for one in found
    }
    assert all(one.is_over for one in found)
    page = desk.get(reverse("coordination:agreements", args=[space.pk]))
    assert "1 convention entre acteurs publics et privés" in page.content.decode()
    row = Agreement.objects.get(title="Prêt")
    desk.post(
        reverse("coordination:agreement", args=[space.pk, row.pk]),
        said | {"title": "Prêt", "parties": [town.pk, shop.pk]},
    )
    assert 2 == sum(one.crosses for one in agreements_of(space, on=FIRST))
    desk.post(reverse("coordination:drop_agreement", args=[space.pk, row.pk]))
    assert 1 == Agreement.objects.count()


def test_what_an_actor_put_aside_signed_or_saw_to_stays_when_the_row_is_changed(
    desk, space, actor, sits, officer
):
    town = make_actor(space, "Ville", by=officer, family="communes")
    shop = make_actor(space, "Banque", by=officer, family="entreprises")
    said = {"title": "Charte", "purpose": "", "signed_on": "2026-01-10", "ends_on": ""}
    parties = [town.pk, shop.pk, actor.pk]
    desk.post(
        reverse("coordination:agree", args=[space.pk]), said | {"parties": parties}
    )
    agreement = Agreement.objects.get()
    row = decide(sits(FIRST), "Ouvrir", by=officer, actor=actor)
    archive_actor(actor, by=officer)

    address = reverse("coordination:agreement", args=[space.pk, agreement.pk])
    desk.post(address, said | {"parties": parties, "title": "Charte signée"})
    change = {"text": "Ouvrir", "actor": actor.pk, "state": "done", "note": ""}
    desk.post(
        reverse("coordination:decision", args=[space.pk, row.pk]),
        change | {"due_on": ""},
    )

    agreement.refresh_from_db()
    row.refresh_from_db()
    assert ("Charte signée", 3) == (agreement.title, agreement.parties.count())
    assert ("done", actor) == (row.state, row.actor)
    new = desk.get(reverse("coordination:agree", args=[space.pk])).content.decode()
    assert actor.name not in new


def test_a_stage_is_done_when_the_team_says_it_and_what_is_seen_stands_beside(
    desk, space, officer
):
    make_meeting(space, by=officer, day=FIRST, kind=Meeting.Kind.PEERS)
    make_meeting(space, by=officer, day=date(2036, 1, 1), kind=Meeting.Kind.PEERS)
    address = reverse("coordination:stage", args=[space.pk, "workshops"])
    at = timezone.make_aware(datetime.combine(SECOND, time()))
    for wrong in ({"done_on": ""}, {"done_on": "2099-01-01"}):
        desk.post(address, wrong)
    assert [None, None, None] == [one.done for one in stages_of(space, at=at)]

    desk.post(address, {"done_on": "2026-03-02", "note": "Trois ateliers"})

    told = {one.stage.value: (one.done, one.seen) for one in stages_of(space, at=at)}
    assert ("Trois ateliers", 1) == (told["workshops"][0].note, told["workshops"][1])
    assert (None, 0) == told["leaders"]
    desk.post(address, {"undo": "1"})
    assert not StageDone.objects.exists()
    unknown = reverse("coordination:stage", args=[space.pk, "autre"])
    assert 404 == desk.post(unknown, {"done_on": "2026-03-02"}).status_code
