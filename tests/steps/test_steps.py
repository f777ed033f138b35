"""The seven steps: what objects show, what a team says, what is missing next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.html import escape

from jalons.audit.models import Entry
from jalons.diagnosis import operations as diagnosis
from jalons.diagnosis.models import Finding, Note, Visit
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.operations import Budgeted
from jalons.spaces.models import Membership, Role
from jalons.steps import operations
from jalons.steps.checks import CHECKS
from jalons.steps.definitions import read_method
from jalons.steps.figures import path_of
from jalons.steps.models import Statement
from jalons.workshops.minutes import draft_minutes, save_minutes
from jalons.workshops.sending import note_readers, send_minutes
from tests.actors.people import make_actor
from tests.directory.places import make_commune
from tests.ecosystems.maps import draws, make_map, names
from tests.factories import make_response, make_round, make_user
from tests.meetings.gatherings import make_meeting
from tests.roadmaps.plans import (
    make_action,
    make_stake,
    make_workstream,
)
from tests.workshops.rooms import add, comes, make_workshop, votes

pytestmark = pytest.mark.django_db
TITLES = [
    "Organiser la démarche de co-construction de la feuille de route",
    "Par où commencer ? Connaître et s’approprier le sujet de l’inclusion numérique",
    "Définir les grands enjeux de son territoire",
    "Identifier les chantiers et les ressources de son territoire pour passer à "
    "l’action",
    "Enrichir sa feuille de route en s’inspirant d’initiatives existantes",
    "Formaliser sa feuille de route : fixer un cap partagé !",
    "Évaluer l’impact de sa démarche",
]


def left(roadmap, step: str) -> set[str]:
    """The criteria that a step still asks for."""
    found = path_of(plan_of(roadmap)).step(step)
    assert found is not None
    return {one.row.id for one in found.left}


def words(roadmap, criterion: str) -> str:
    criteria = [c for s in path_of(plan_of(roadmap)).steps for c in s.criteria]
    checked = next(one for one in criteria if one.row.id == criterion).checked
    assert checked is not None
    return checked.words


def test_the_titles_are_those_of_the_method_word_for_word():
    method = read_method()

    assert TITLES == [" ".join(one.fr.split()) for one in method.step]
    assert (4, 4) == (len(method.aims_fr), len(method.aims_en))


def test_what_can_be_looked_for_is_and_codes_are_not_used_twice():
    method = read_method()
    criteria = [one for step in method.step for one in step.criterion]

    assert set(CHECKS) == {one.id for one in criteria if one.is_checked}
    assert len(criteria) == len(method.criteria)


def test_step_one_is_done_by_the_sheet_and_by_who_is_invited(roadmap, space, officer):
    assert {"sponsor", "lead", "families", "colleges", "dates"} == left(
        roadmap, "organiser"
    )
    roadmap.sponsor, roadmap.lead = "Vice-présidence", "Chargée de mission"
    roadmap.starts_on, roadmap.adoption_on = date(2027, 1, 4), date(2027, 9, 1)
    roadmap.save()
    meeting = make_meeting(space, by=officer)
    two = [make_actor(space, by=officer, family=one) for one in FAMILIES[:2]]
    meeting.guests.set(two)
    assert {"families", "colleges"} == left(roadmap, "organiser")
    assert "2 familles invitées à ce jour." == words(roadmap, "families")

    meeting.guests.add(*(make_actor(space, by=officer, family=f) for f in FAMILIES[2:]))

    assert not left(roadmap, "organiser")
    assert "done" == path_of(plan_of(roadmap)).steps[0].progress


# One of each of three colleges.
FAMILIES = ("associations", "communes", "entreprises")


def test_step_two_follows_the_diagnosis(roadmap, space, officer):
    assert {"diagnosis", "field", "briefed"} == left(roadmap, "connaitre")
    started = diagnosis.start_diagnosis(space, space.territory, by=officer)
    assert "diagnosis" in left(roadmap, "connaitre")
    diagnosis.add_finding(
        started, kind=Finding.Kind.WEAKNESS, wording="Trop loin.", by=officer
    )
    round = make_round(space=space)
    assert "field" in left(roadmap, "connaitre")
    make_response(round.campaign)
    assert "field" not in left(roadmap, "connaitre")
    round.campaign.responses.all().delete()
    Visit.objects.create(
        diagnosis=started,
        commune=make_commune(),
        visited_on=date(2027, 1, 4),
        logged_by=officer,
    )
    Note.objects.create(
        diagnosis=started, question="handed", text="Le bureau", written_by=officer
    )

    assert not left(roadmap, "connaitre")
    assert "Le bureau" == words(roadmap, "briefed")


def test_step_three_wants_every_factor_rated_three_stakes_and_minutes(
    roadmap, space, officer
):
    workshop = make_workshop(space, by=officer)
    matrix = add(workshop, "matrix", "La fibre", "Un bus", by=officer)
    person, _secret = comes(workshop)
    fibre, bus = matrix.items.in_order()
    votes(matrix, person, "impact=5&mastery=2", item=fibre)
    assert {"voted", "stakes", "validated", "minutes", "minutes_sent"} == left(
        roadmap, "enjeux"
    )

    votes(matrix, person, "impact=4&mastery=4", item=bus)
    made = draft_minutes(workshop, by=officer)
    assert "minutes" in left(roadmap, "enjeux")
    said = {"opening": "Vu", "decisions": "", "next_steps": ""}
    save_minutes(made, said, {}, version=1, by=officer)
    for _turn in range(3):
        make_stake(roadmap, by=officer)

    assert {"validated", "minutes_sent"} == left(roadmap, "enjeux")
    note_readers(workshop, ["amina@exemple.invalid"], by=officer)
    send_minutes(made, by=officer)
    assert {"validated"} == left(roadmap, "enjeux")


def test_step_four_names_what_each_workstream_lacks(roadmap, officer):
    stake = make_stake(roadmap, by=officer)
    assert "Reste\u00a0: 1" == words(roadmap, "answered")
    bare = make_workstream(stake, by=officer)
    lines = {"leads": ["EPCI"], "available": ["Bus"], "obstacle": ["Temps"]}
    full = make_workstream(stake, by=officer, **lines)
    full.success = "Cent personnes"
    full.save()
    make_action(full, by=officer)

    said = "Reste\u00a0: 1.a (réussite, pilote, action, ressources, freins)"
    assert said == words(roadmap, "complete")
    bare.delete()
    assert {"resource_map", "dashed"} == left(roadmap, "chantiers")


def test_the_resource_map_is_looked_at_and_who_sees_to_each_dashed_resource(
    roadmap, space, officer
):
    map = make_map(space, by=officer)
    bus, hub = (names(map, one, by=officer) for one in ("Bus", "Hub"))
    centre = map.centres.get()
    assert {"resource_map", "dashed"} <= left(roadmap, "chantiers")

    draws(bus, centre, "solid", by=officer)
    drawn = draws(hub, centre, "dashed", by=officer)
    assert "resource_map" not in left(roadmap, "chantiers")
    assert "Reste\u00a0: Hub" == words(roadmap, "dashed")
    draws(hub, centre, "dashed", by=officer, base=1, owner="CCAS")

    assert drawn
    assert not {"resource_map", "dashed"} & left(roadmap, "chantiers")


def test_an_action_to_be_costed_is_ready_and_one_without_a_word_is_not(
    roadmap, officer
):
    days = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 9, 1), "lead": "EPCI"}
    workstream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    unsaid = make_action(workstream, by=officer, **days)
    make_action(workstream, "Deux", Budgeted("CAF", None), by=officer, **days)
    make_action(workstream, "Trois", Budgeted("CAF", Decimal(0)), by=officer)
    assert "Reste\u00a0: 1.a.1, 1.a.3" == words(roadmap, "actions")

    workstream.actions.exclude(description="Deux").update(status="dropped")

    assert "actions" not in left(roadmap, "formaliser")
    assert unsaid.budget.count() == 0


def test_what_nothing_shows_is_said_with_its_reason_and_taken_back(signed_in, roadmap):
    address = reverse("steps:state", args=[roadmap.pk, "enjeux", "validated"])
    said = {"kind": "holds", "reason": "Groupe projet du 4 mars"}

    signed_in.post(address, said)
    page = signed_in.get(reverse("steps:step", args=[roadmap.pk, "enjeux"]))
    assert "Groupe projet du 4 mars" in page.content.decode()
    assert "validated" not in left(roadmap, "enjeux")
    signed_in.post(address, {"withdraw": "1"})

    assert "validated" in left(roadmap, "enjeux")
    verbs = Entry.objects.filter(verb__startswith="criterion.").order_by("pk")
    assert ["criterion.stated", "criterion.withdrawn"] == [one.verb for one in verbs]
    assert "Les enjeux sont validés par le groupe projet" == verbs[0].object_label


def test_what_is_looked_for_is_not_ticked_but_may_be_set_apart(
    signed_in, roadmap, officer
):
    address = reverse("steps:state", args=[roadmap.pk, "connaitre", "field"])

    told = signed_in.post(address, {"kind": "holds", "reason": "Si si"}, follow=True)
    page = told.content.decode()
    assert "vérifie ce critère lui-même" in page
    assert 'value="Si si"' in page
    assert not Statement.objects.exists()
    for reason in ("", "a" * 301, "<b>non</b>", "Vu avec Mme Martin"):
        page = signed_in.post(address, {"kind": "exempt", "reason": reason})
        assert f'value="{escape(reason)}"' in page.content.decode()
    assert not Statement.objects.exists()
    signed_in.post(address, {"kind": "exempt", "reason": "Fait en 2025"})

    assert "field" not in left(roadmap, "connaitre")
    with pytest.raises(operations.IsChecked):
        operations.state_criterion(roadmap, "field", "holds", "Si", by=officer)


def test_the_page_says_where_we_are_and_what_comes_next(signed_in, roadmap):
    page = signed_in.get(reverse("steps:path", args=[roadmap.pk])).content.decode()

    assert "étape 1, où il manque 5 points" in page
    assert TITLES[-1] in page


def test_a_reader_is_not_sent_where_only_others_may_go(client, roadmap, space):
    reader = make_user()
    Membership.objects.create(space=space, user=reader, role=Role.READER)
    client.force_login(reader)
    page = client.get(reverse("steps:step", args=[roadmap.pk, "enjeux"]))

    text = page.content.decode()
    assert reverse("roadmaps:adopt", args=[roadmap.pk]) not in text
    assert reverse("meetings:list", args=[space.pk]) in text


def test_an_unknown_step_or_criterion_is_not_found(signed_in, roadmap):
    step = reverse("steps:step", args=[roadmap.pk, "rien"])
    other = reverse("steps:state", args=[roadmap.pk, "enjeux", "sponsor"])

    assert 404 == signed_in.get(step).status_code
    assert 404 == signed_in.post(other, {"withdraw": "1"}).status_code
