"""Before deciding: whether an action is feasible, and what others tried."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.roadmaps.models import Aspect, Inspiration, Outcome, Studied
from jalons.roadmaps.models.studies import conclude
from tests.roadmaps.plans import make_action, make_stake, make_workstream

HOLDS, TO_LIFT, BLOCKED = Outcome.HOLDS, Outcome.TO_LIFT, Outcome.BLOCKED


@pytest.fixture
def stream(roadmap, officer):
    return make_workstream(make_stake(roadmap, by=officer), by=officer)


@pytest.fixture
def action(stream, officer):
    return make_action(stream, by=officer)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, ""),
        ({"time": HOLDS}, "Rien ne s’y oppose sur le seul aspect examiné, sur 6"),
        ({"time": TO_LIFT, "law": HOLDS}, "Faisable à condition de lever : le temps"),
        (
            {"time": TO_LIFT, "law": BLOCKED, "skills": BLOCKED},
            "Pas faisable en l’état : les compétences, le droit",
        ),
        (dict.fromkeys(Aspect, HOLDS), "Faisable : rien ne s’y oppose"),
    ],
)
def test_what_was_not_examined_never_counts_as_held(said, words):
    studied = [Studied(one, said.get(one), "") for one in Aspect]

    assert words == conclude(studied).replace("\xa0", " ").replace("\u202f", " ")


def test_a_study_is_kept_with_its_notes_and_two_writers_read_both(
    signed_in, roadmap, action
):
    address = reverse("roadmaps:study", args=[roadmap.pk, action.pk])
    first = {
        "version": 1,
        "steps": "Acheter\nFormer",
        "law": "blocked",
        "law_note": "A",
    }

    kept = signed_in.post(address, first)
    late = signed_in.post(address, {"version": 1, "law": "holds"})
    refused = signed_in.post(address, {"version": 2, "law": "peut-être"})

    action.refresh_from_db()
    assert (302, 200, 200) == (kept.status_code, late.status_code, refused.status_code)
    assert {"law": {"outcome": "blocked", "note": "A"}} == action.feasibility
    theirs = {one.label: one.theirs for one in late.context["theirs"]}
    assert "bloquant" == theirs["Le droit"]
    shown = reverse("roadmaps:workstream", args=[roadmap.pk, action.workstream_id])
    page = signed_in.get(shown)
    assert "Pas faisable en l’état" in page.content.decode()


def test_an_experience_is_examined_with_its_reason_changed_and_removed(
    signed_in, roadmap, stream
):
    add = reverse("roadmaps:add_inspiration", args=[roadmap.pk, stream.pk])
    said = {"version": 1, "title": "Un bus numérique", "verdict": "set_aside"}

    bare = signed_in.post(add, said)
    named = signed_in.post(add, said | {"reason": "Voir M. Jean DUPONT"})
    signed_in.post(add, said | {"reason": "Trop loin de chez nous"})

    (found,) = Inspiration.objects.all()
    one = reverse("roadmaps:inspiration", args=[roadmap.pk, found.pk])
    assert {"reason"} == set(bare.context["form"].errors)
    assert {"reason"} == set(named.context["form"].errors)
    signed_in.post(one, said | {"verdict": "kept", "reason": "Deux jours par mois"})
    found.refresh_from_db()
    assert ("kept", 2) == (found.verdict, found.version)
    signed_in.post(reverse("roadmaps:remove_inspiration", args=[roadmap.pk, found.pk]))
    assert not Inspiration.objects.exists()
