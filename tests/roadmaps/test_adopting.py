"""What a workshop or a diagnosis gave is taken up once, whole, with its link."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from jalons.diagnosis import operations as diagnosis
from jalons.diagnosis.models import Finding, Review
from jalons.roadmaps import adopting, operations
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Line, Stake, Workstream
from jalons.roadmaps.sources import sources_of
from jalons.workshops import writing
from jalons.workshops.models import Writing
from jalons.workshops.writing import Wording
from tests.actors.people import make_actor
from tests.factories import make_space, make_user
from tests.workshops.rooms import (
    add,
    comes,
    make_table,
    make_workshop,
    says,
    votes,
)

Column = Writing.Column
FOUND = "Trois communes sans aide."
CELLS = {
    Column.SUCCESS: "Les services sont utilisés",
    Column.ACTIONS: "Un bus\n\nUn planning commun",
    Column.GOVERNANCE: "Centre social (pilote)\nMairies",
    Column.RESOURCES: "France Services",
    Column.OBSTACLES: "Zones blanches",
    Column.FEASIBILITY: "Le bus existe",
}


@pytest.fixture
def table(space, officer):
    """The activity, its stake, its workstream, every cell written."""
    activity, stake, item = make_table(make_workshop(space, by=officer), by=officer)
    for column, text in CELLS.items():
        writing.write_cell(item, Wording(column, text, 0, uuid4()), by=officer)
    return activity, stake, item


@pytest.fixture
def finding(space, officer):
    started = diagnosis.start_diagnosis(space, space.territory, by=officer)
    return diagnosis.add_finding(
        started, kind=Finding.Kind.WEAKNESS, wording=FOUND, by=officer
    )


def test_a_table_is_taken_up_whole_and_nothing_is_typed_again(
    roadmap, table, space, officer
):
    centre = make_actor(space, "Centre social", by=officer)
    activity, stake, item = table

    assert 2 == adopting.adopt_table(roadmap, activity, by=officer)

    found = plan_of(roadmap).workstreams[0]
    texts = {kind: [one.text for one in lines] for kind, lines in found.lines.items()}
    assert ("1.a", item.text) == (found.code, found.row.title)
    assert ["Un bus", "Un planning commun"] == [
        one.row.description for one in found.actions
    ]
    assert {
        Line.Kind.GOVERNANCE: ["Centre social (pilote)", "Mairies"],
        Line.Kind.RESOURCES: ["France Services"],
        Line.Kind.OBSTACLE: ["Zones blanches"],
    } == texts
    assert centre == found.lines[Line.Kind.GOVERNANCE][0].body
    assert ("Les services sont utilisés", "Le bus existe") == (
        found.row.success,
        found.row.feasibility,
    )
    assert (stake, item) == (
        plan_of(roadmap).stakes[0].origin.item,
        found.origin.item,
    )
    assert 0 == adopting.adopt_table(roadmap, activity, by=officer)


def test_a_workstream_brings_its_stake_and_neither_comes_twice(roadmap, table, officer):
    _activity, stake, item = table

    adopting.adopt_item(roadmap, item, by=officer)

    assert stake.text == roadmap.stakes.get().text
    for source in (stake, item):
        with pytest.raises(adopting.AlreadyAdopted):
            adopting.adopt_item(roadmap, source, by=officer)
    assert (1, 1) == (Stake.objects.count(), Workstream.objects.count())


def test_what_was_removed_can_be_taken_up_again(roadmap, table, officer):
    _activity, _stake, item = table
    row = adopting.adopt_item(roadmap, item, by=officer)

    with pytest.raises(operations.StillHolds):
        operations.remove(row, by=officer)
    for action in row.actions.all():
        operations.remove(action, by=officer)
    operations.remove(row, by=officer)

    assert adopting.adopt_item(roadmap, item, by=officer).title == item.text


def test_the_words_of_a_source_outlive_it(roadmap, table, officer):
    activity, _stake, item = table
    adopting.adopt_table(roadmap, activity, by=officer)
    words, title = item.text, activity.workshop.meeting.title

    activity.workshop.meeting.delete()

    origin = plan_of(roadmap).workstreams[0].origin
    assert (None, words, title) == (origin.item, origin.words, origin.source)


def test_a_finding_upheld_by_the_field_becomes_a_question(
    signed_in, roadmap, finding, officer
):
    address = reverse("roadmaps:adopt", args=[roadmap.pk])
    assert "Trois communes" not in signed_in.get(address).content.decode()
    with pytest.raises(adopting.NotAdoptable):
        adopting.adopt_finding(roadmap, finding, by=officer)
    confirmed = Review.State.CONFIRMED
    diagnosis.review_finding(finding, state=confirmed, wording=FOUND, by=officer)

    assert "Trois communes" in signed_in.get(address).content.decode()
    answer = signed_in.post(address, {"finding": finding.pk})

    stake = roadmap.stakes.get()
    assert reverse("roadmaps:stake", args=[roadmap.pk, stake.pk]) == answer.url
    assert "Comment agir sur ce point\u00a0: Trois communes sans aide\u202f?" == (
        stake.text
    )
    assert (finding, FOUND) == (
        stake.origin.finding,
        stake.origin.words,
    )
    again = signed_in.post(address, {"finding": finding.pk}, follow=True)
    assert "déjà dans la feuille de route" in again.content.decode()


def test_a_matrix_offers_what_it_put_first_and_nothing_else(
    signed_in, roadmap, space, officer
):
    workshop = make_workshop(space, by=officer)
    matrix = add(workshop, "matrix", "La fibre", "Un bus", by=officer)
    person, _secret = comes(workshop)
    fibre, bus = matrix.items.in_order()
    votes(matrix, person, "impact=2&mastery=5", item=fibre)
    votes(matrix, person, "impact=5&mastery=1", item=bus)
    wall = add(workshop, "wall", by=officer)
    idea = says(wall, person, "Une idée")

    (offered,) = sources_of(roadmap, is_team=True).factors
    assert (matrix, [bus]) == (offered.activity, offered.items)
    with pytest.raises(adopting.NotAdoptable):
        adopting.adopt_item(roadmap, idea, by=officer)
    address = reverse("roadmaps:adopt", args=[roadmap.pk])
    answer = signed_in.post(address, {"item": bus.pk})

    stake = roadmap.stakes.get()
    assert reverse("roadmaps:stake", args=[roadmap.pk, stake.pk]) == answer.url
    assert (bus, "Un bus") == (stake.origin.item, stake.origin.words)
    assert not sources_of(roadmap, is_team=True).factors
    with pytest.raises(adopting.AlreadyAdopted):
        adopting.adopt_item(roadmap, bus, by=officer)


@pytest.mark.parametrize("text", ["É" * 280, "É" * 279 + "?", "É" * 400 + " ?"])
def test_a_long_source_stays_a_question(text):
    asked = adopting.as_question(text)

    assert len(asked) <= 280
    assert asked.endswith("?")
    assert ("…" in asked) == (not text.endswith("É?"))


def test_words_of_a_workshop_that_may_name_somebody_are_told(
    signed_in, roadmap, table, space, officer
):
    make_actor(space, "Centre Social Rural", by=officer)
    activity, _stake, item = table
    said = "Mme Martin\nJeanne Petit\nCentre Social Rural"
    cell = Wording(Column.GOVERNANCE, said, 1, uuid4())
    writing.write_cell(item, cell, by=officer)
    address = reverse("roadmaps:adopt", args=[roadmap.pk])

    told = signed_in.post(address, {"table": activity.pk}, follow=True)
    again = signed_in.post(address, {"table": activity.pk}, follow=True)

    assert "«\u00a0Mme Martin, Jeanne Petit\u00a0»" in told.content.decode()
    assert "Jeanne Petit" not in again.content.decode()


def test_the_workshop_and_the_finding_of_another_space_are_not_found(
    signed_in, roadmap
):
    stranger = make_user("Autre")
    elsewhere = make_space(owner=stranger)
    activity, stake, item = make_table(
        make_workshop(elsewhere, by=stranger), by=stranger
    )
    address = reverse("roadmaps:adopt", args=[roadmap.pk])

    for sent in ({"table": activity.pk}, {"item": stake.pk}, {"item": item.pk}, {}):
        assert 404 == signed_in.post(address, sent).status_code
    assert 404 == signed_in.post(address, {"finding": "9" * 30}).status_code
    assert not roadmap.stakes.exists()
