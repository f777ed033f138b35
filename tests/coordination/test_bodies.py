"""A group becomes a body: its level, its rhythm, its members by college."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from jalons.coordination.figures import bodies_of, read_body
from jalons.coordination.models import Body
from jalons.groups.operations import end_group
from tests.actors.people import make_actor
from tests.coordination.giving import make_body
from tests.factories import make_space
from tests.groups.gatherings import join, make_group


def test_a_group_becomes_a_body_and_its_sheet_is_mended(desk, space, group, officer):
    theirs = make_group(make_space(owner=officer), "Ailleurs", by=officer)
    add = reverse("coordination:add", args=[space.pk])
    said = {"group": group.pk, "level": "strategic", "rhythm": "quarter"}
    for wrong in (
        {"group": theirs.pk},
        {"level": "divine"},
        {"agenda": "Appeler Mme Martin"},
    ):
        page = desk.post(add, said | wrong).content.decode()
        assert "field faulty" in page, wrong
    desk.post(add, said | {"agenda": "Bilan\nSuite"})
    body = Body.objects.get()
    assert ["Bilan", "Suite"] == body.agenda_points
    offered = f'<option value="{group.pk}"'
    assert offered not in desk.get(add).content.decode()

    edit = reverse("coordination:edit", args=[space.pk, body.pk])
    desk.post(edit, {"level": "technical", "rhythm": "month", "agenda": ""})

    page = desk.get(reverse("coordination:body", args=[space.pk, body.pk]))
    assert "Technique" in page.content.decode()
    desk.post(reverse("coordination:remove", args=[space.pk, body.pk]))
    assert not Body.objects.exists()
    group.refresh_from_db()


def test_members_stand_by_college_and_the_college_without_anybody_is_named(
    desk, space, group, actor, officer
):
    town = make_actor(space, "Ville", by=officer, family="communes")
    join(group, town, by=officer)
    join(group, actor, by=officer)
    body = make_body(group, by=officer)

    found = read_body(body, on=date.today())

    assert {"Institutionnel": 1, "Médiation numérique": 1, "Privé": 0} == {
        one.words: len(one.seats) for one in found.colleges
    }
    assert (2, ["Privé"]) == (found.count, found.empty)
    page = desk.get(reverse("coordination:show", args=[space.pk])).content.decode()
    assert "Personne de\u00a0: Privé" in page


def test_bodies_are_in_the_order_of_their_level_and_ended_ones_left_out(space, officer):
    names = {"Avis": "advisory", "Cap": "strategic", "Équipe": "technical"}
    for name, level in names.items():
        make_body(make_group(space, name, by=officer), by=officer, level=level)
    ended = make_group(space, "Avant", by=officer)
    make_body(ended, by=officer)
    end_group(ended, on=date(2026, 1, 1), by=officer)

    found = bodies_of(space, on=date(2026, 6, 1))

    assert ["Cap", "Équipe", "Avis"] == [str(one.body) for one in found]
