"""A roadmap leaves as a table and as data, marked when invented."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import jsonschema
import pytest
from django.urls import reverse

from jalons.roadmaps import documents
from jalons.roadmaps.exports import read_schema
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Origin
from jalons.roadmaps.operations import Budgeted
from tests.actors.people import make_actor
from tests.roadmaps.plans import (
    make_action,
    make_roadmap,
    make_stake,
    make_workstream,
)


@pytest.fixture
def written(space, officer):
    """An invented roadmap with one of each, and a stake without answer."""
    said = {"lead": "Direction", "others_in_group": "CAF\nHub"}
    roadmap = make_roadmap(space, by=officer, is_simulated=True, **said)
    roadmap.group.add(make_actor(space, "Centre social", by=officer))
    stake = make_stake(roadmap, by=officer)
    make_stake(roadmap, "Comment former ?", by=officer)
    stream = make_workstream(stake, by=officer, leads=["CCAS"], obstacle=["=1+1"])
    own = Budgeted("Région", Decimal("12500.5")), Budgeted("CAF", None)
    make_action(stream, "Un bus", *own, by=officer, starts_on=date(2027, 3, 1))
    return roadmap


def test_the_table_has_a_line_for_each_funder_and_runs_no_formula(signed_in, written):
    stream = make_workstream(written.stakes.last(), "=SOMME(A1)", by=written.created_by)
    address = reverse("roadmaps:export_csv", args=[written.pk])

    text = b"".join(signed_in.get(address)).decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text), delimiter=";")

    amount, late = header.index("Montant en euros"), header.index("Action")
    assert ["12500,5", "", ""] == [line[amount].rstrip("0") for line in lines]
    assert ["Un bus", "Un bus", ""] == [line[late] for line in lines]
    assert {"SIMULÉ"} == {line[0] for line in lines}
    assert f"'{stream.title}" in lines[-1]


def test_what_is_given_up_is_counted_apart_wherever_actions_are(signed_in, written):
    stream = written.stakes.first().workstreams.get()
    lost = Budgeted("Région", Decimal(900))
    make_action(stream, "Rien", lost, by=written.created_by, status="dropped")
    plan = plan_of(written)

    page = signed_in.get(reverse("roadmaps:show", args=[written.pk])).content.decode()
    *_lead, facts = documents.course(plan)
    table = documents.budget(plan)

    assert "<strong>1</strong> action, <strong>1</strong> abandonnée." in page
    (told,) = [one for one in facts.items if one.label == "Actions"]
    assert ("1", "1 abandonnée") == (told.value, told.note)
    assert table.note.endswith("il ne se lit qu’à côté de l’action.")
    address = reverse("roadmaps:export_csv", args=[written.pk])
    text = b"".join(signed_in.get(address)).decode()
    (line,) = [one for one in text.splitlines() if "Rien" in one]
    assert "abandonnée" in line
    assert "900" in line


def test_the_data_tell_the_whole_tree_and_lose_no_cent(signed_in, written):
    address = reverse("roadmaps:export_json", args=[written.pk])

    told = json.loads(signed_in.get(address).content)

    first, second = told["stakes"]
    action = first["workstreams"][0]["actions"][0]
    assert ("SIMULÉ", "jalons-roadmap-1") == (told["notice"], told["format"])
    assert [
        {"funder": "Région", "amount": "12500.50"},
        {"funder": "CAF", "amount": None},
    ] == (action["budget"])
    assert (["Centre social"], ["CAF", "Hub"]) == (
        told["group"],
        told["others_in_group"],
    )
    assert ("1.a.1", "2027-03-01") == (action["code"], action["starts_on"])
    assert {"leads": ["CCAS"], "obstacle": ["=1+1"]} == first["workstreams"][0]["lines"]
    assert [] == second["workstreams"]


def test_the_data_say_the_priority_themes_as_the_schema_does(signed_in, written):
    written.themes = "Santé, accès aux droits ,"
    written.save()
    address = reverse("roadmaps:export_json", args=[written.pk])

    told = json.loads(signed_in.get(address).content)

    jsonschema.validate(told, json.loads(read_schema()))
    assert ["Santé", "accès aux droits"] == told["themes"]
    frozen_before = {name: one for name, one in told.items() if name != "themes"}
    jsonschema.validate(frozen_before, json.loads(read_schema()))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told | {"themes": "Santé"}, json.loads(read_schema()))


def test_the_day_of_an_adoption_is_that_of_the_territory(signed_in, written):
    """Half past midnight in France is still the day before in UTC."""
    stake = written.stakes.first()
    origin = Origin.objects.create(roadmap=written, stake=stake, source="A", words="B")
    at = datetime(2027, 7, 1, 22, 30, tzinfo=UTC)
    Origin.objects.filter(pk=origin.pk).update(adopted_at=at)
    address = reverse("roadmaps:export_json", args=[written.pk])

    told = json.loads(signed_in.get(address).content)

    assert "2027-07-02" == told["stakes"][0]["origin"]["adopted_on"]
