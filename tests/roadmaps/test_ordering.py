"""Lines dragged to another place, or put there by buttons: the same request."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.roadmaps import operations, ordering
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Action, Roadmap
from tests.factories import make_space, make_user
from tests.roadmaps.plans import (
    make_action,
    make_roadmap,
    make_stake,
    make_workstream,
)


@pytest.fixture
def streams(roadmap, officer):
    stake = make_stake(roadmap, by=officer)
    one, two = (make_workstream(stake, t, by=officer) for t in ("Un", "Deux"))
    for words in ("Bus", "Taxi", "Relais"):
        make_action(one, words, by=officer)
    make_action(two, "Atelier", by=officer)
    return one, two


def outline(roadmap: Roadmap) -> list[str]:
    plan = plan_of(roadmap)
    return [f"{one.code} {one.row.description}" for one in plan.actions]


def test_an_action_goes_to_another_place_of_another_workstream_and_numbers_follow(
    signed_in, roadmap, streams
):
    taxi = Action.objects.get(description="Taxi")
    address = reverse("roadmaps:move", args=[roadmap.pk])
    sent = {"put": f"action-{taxi.pk}", "under": f"workstream-{streams[1].pk}"}

    first = signed_in.post(address, sent | {"rank": 0, "from": "order"}, follow=True)

    assert ["1.a.1 Bus", "1.a.2 Relais", "1.b.1 Taxi", "1.b.2 Atelier"] == outline(
        roadmap
    )
    assert "1.a.2 → 1.b.1" in first.content.decode()
    assert f"{address}#action-{taxi.pk}" == first.redirect_chain[0][0]
    # Without a rank, as the button sends it: last. The same place again is no change.
    back = sent | {"under": f"workstream-{streams[0].pk}"}
    signed_in.post(address, back)
    assert "1.a.3 Taxi" in outline(roadmap)
    same = signed_in.post(address, back, follow=True)
    assert "y est déjà" in same.content.decode()


def test_a_drag_within_a_list_is_a_rank_among_the_others(roadmap, streams, officer):
    relais = Action.objects.get(description="Relais")

    ordering.put(relais, streams[0], rank=0, by=officer)
    ordering.put(relais, streams[0], rank=999, by=officer)
    ordering.put(relais, streams[0], rank=1, by=officer)

    assert ["1.a.1 Bus", "1.a.2 Relais", "1.a.3 Taxi"] == outline(roadmap)[:3]


def test_a_stake_and_a_workstream_are_dragged_too(signed_in, roadmap, streams, officer):
    other = make_stake(roadmap, "Comment former ?", by=officer)
    address = reverse("roadmaps:move", args=[roadmap.pk])

    signed_in.post(address, {"put": f"stake-{other.pk}", "under": "roadmap", "rank": 0})
    signed_in.post(
        address, {"put": f"workstream-{streams[1].pk}", "under": f"stake-{other.pk}"}
    )

    plan = plan_of(roadmap)
    assert ["1.a Deux", "2.a Un"] == [
        f"{one.code} {one.row.title}" for one in plan.workstreams
    ]


def test_a_line_goes_only_where_lines_of_its_kind_stand(
    signed_in, roadmap, streams, officer
):
    stranger = make_user("Autre")
    theirs = make_roadmap(make_space(owner=stranger), by=stranger)
    foreign = make_workstream(make_stake(theirs, by=stranger), by=stranger)
    bus = Action.objects.get(description="Bus")
    before = outline(roadmap)
    address = reverse("roadmaps:move", args=[roadmap.pk])

    for under in (
        "roadmap",
        f"stake-{streams[0].stake_id}",
        f"action-{bus.pk}",
        f"workstream-{foreign.pk}",
        "workstream-",
        "",
    ):
        sent = {"put": f"action-{bus.pk}", "under": under}
        assert 404 == signed_in.post(address, sent).status_code
    assert before == outline(roadmap)
    with pytest.raises(ordering.NotUnderIt):
        ordering.put(bus, foreign, by=officer)


def test_what_is_written_while_a_line_is_dragged_stays(roadmap, streams, officer):
    bus = Action.objects.get(description="Bus")
    again = Action.objects.get(description="Bus")
    again.description = "Minibus"
    operations.save_action(again, [], version=1, by=officer)

    ordering.put(bus, streams[1], by=officer)

    assert "1.b.2 Minibus" in outline(roadmap)
    moved = roadmap.revisions.first()
    assert ("moved", "Minibus") == (moved.fate, moved.state["description"])


def test_the_page_of_the_order_offers_buttons_for_all_that_a_mouse_drags(
    signed_in, roadmap, streams
):
    page = signed_in.get(reverse("roadmaps:move", args=[roadmap.pk])).content.decode()

    one, two = streams
    assert f'name="down" value="workstream-{one.pk}"' in page
    assert f'name="up" value="workstream-{two.pk}"' in page
    assert f'<option value="workstream-{two.pk}">' in page
    assert 3 == page.count('name="up" value="action-') + 1
