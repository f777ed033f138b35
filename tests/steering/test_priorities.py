"""Effort and effect: what a team says of each action, and what another said stays."""

from __future__ import annotations

from xml.etree import ElementTree

from django.urls import reverse

from jalons.audit.models import Entry
from jalons.drawing.grids import Axes, draw_grid
from jalons.drawing.skins import PRINT
from jalons.drawing.svg import Plate
from jalons.roadmaps.models import Action
from jalons.steering.models import Placing
from jalons.steering.placing import Asked, place_actions
from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_action, make_roadmap, make_stake, make_workstream


def sent(action, effort, effect, was=""):
    pk = action.pk
    return {f"effort-{pk}": effort, f"effect-{pk}": effect, f"was-{pk}": was}


def test_actions_are_placed_by_the_team_and_what_another_placed_meanwhile_stays(
    signed_in, roadmap, workstream, officer
):
    one, two = (make_action(workstream, text, by=officer) for text in ("Un", "Deux"))
    make_action(workstream, "Rien", by=officer, status=Action.Status.DROPPED)
    address = reverse("steering:priorities", args=[roadmap.pk])

    signed_in.post(address, sent(one, 2, 5) | sent(two, "", ""))
    page = signed_in.get(address).content.decode()

    assert 'value="2-5"' in page
    assert "1 action n’est pas encore placée" in page
    assert "Rien" not in page
    # Meanwhile a colleague moves the first; this page still has 2-5 before its eyes.
    place_actions(roadmap, [Asked(one.pk, (2, 5), (4, 4))], by=officer)
    told = signed_in.post(
        address, sent(one, 1, 1, "2-5") | sent(two, 3, 3), follow=True
    ).content.decode()

    assert "1.a.1" in told.split("pendant que vous le faisiez")[1][:40]
    kept = {one.action_id: (one.effort, one.effect) for one in Placing.objects.all()}
    assert {one.pk: (4, 4), two.pk: (3, 3)} == kept
    # What was not touched is not a change, even with old eyes.
    signed_in.post(address, sent(one, 2, 5, "2-5") | sent(two, "", "", "3-3"))
    assert [one.pk] == [row.action_id for row in Placing.objects.all()]
    assert 4 == Entry.objects.filter(verb="action.placed").count()


def test_half_a_place_or_one_off_the_scale_is_refused_and_said(
    signed_in, roadmap, workstream, officer
):
    action = make_action(workstream, by=officer)
    address = reverse("steering:priorities", args=[roadmap.pk])

    half = signed_in.post(address, sent(action, 2, "")).content.decode()
    off = signed_in.post(address, sent(action, 2, 9))

    assert "1.a.1\u00a0: dites les deux, ou aucun." in half
    assert 200 == off.status_code
    assert not Placing.objects.exists()


def test_an_action_of_another_roadmap_is_not_placed(roadmap, officer):
    stranger = make_user("Autre")
    other = make_roadmap(make_space(owner=stranger), by=stranger)
    stake = make_stake(other, by=stranger)
    theirs = make_action(make_workstream(stake, by=stranger), by=stranger)

    place_actions(roadmap, [Asked(theirs.pk, None, (1, 1))], by=officer)

    assert not Placing.objects.exists()


def test_codes_of_one_step_stand_beside_each_other():
    axes = Axes("Effort", "Effet", ["a", "b", "c", "d", "e"], ["v", "w", "x", "y", "z"])
    codes = [f"1.a.{rank}" for rank in range(1, 8)]
    svg = draw_grid(axes, {(1, 5): codes}, Plate("g", "t", "d", "SIMULÉ"), PRINT)
    root = ElementTree.fromstring(svg)

    placed = [one for one in root if (one.text or "").startswith("1.a")]
    assert codes == [one.text for one in placed]
    assert 7 == len({(one.get("x"), one.get("y")) for one in placed})
    # Two a line, so four lines: the row is as tall as they need.
    assert "96" == next(one.get("height") for one in root if one.tag.endswith("rect"))
