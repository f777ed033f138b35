"""What a room and its site hold otherwise is read by those who may choose."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jalons.analysis.prospective import OnPaper
from jalons.rooms import operations as rooms
from jalons.rooms.access import find_outing
from jalons.rooms.merging import bring_back
from jalons.spaces.models import Role
from jalons.workshops.models import Item
from jalons.workshops.paper import keep_paper_counts
from tests.factories import make_user
from tests.rooms.laptop import laptop
from tests.workshops.rooms import add

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.READER, Role.CONTRIBUTOR])
def test_points_counted_on_both_sides_are_read_by_whoever_may_choose(
    workshop, officer, role
):
    matrix = add(workshop, "matrix", "Un bus", by=officer)
    item = matrix.items.get()
    keep_paper_counts(matrix, {item: OnPaper(2, 8, 8)}, by=officer)
    data = rooms.take_out(workshop, by=officer)
    keep_paper_counts(matrix, {item: OnPaper(3, 12, 8)}, by=officer)
    with laptop(data) as (away, host, results):
        counted = {Item.objects.get(pk=item.pk): OnPaper(4, 8, 3)}
        keep_paper_counts(away.activities.get(pk=matrix.pk), counted, by=host)
        back = results()
    bring_back(*find_outing(back), by=officer)
    space = workshop.meeting.space
    member = make_user("Lecteur")
    space.memberships.create(user=member, role=role)
    address = reverse("rooms:outing", args=[space.pk, workshop.pk])

    def reads(user) -> str:
        client = Client()
        client.force_login(user)
        answer = client.get(address)
        assert 200 == answer.status_code
        return answer.content.decode()

    for counts in ("3 · 12 · 8", "4 · 8 · 3"):
        assert counts in reads(officer)
        assert counts not in reads(member)
