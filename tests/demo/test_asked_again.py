"""The example roadmap asks invented people again, enough of them to be told."""

from __future__ import annotations

import pytest
from django.utils import timezone

from jalons.demo.asked_again import ANSWERED, PRINTED, invent_panel
from jalons.panels.figures import read_panel
from jalons.panels.models import Panel
from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_roadmap


@pytest.mark.django_db
def test_invented_people_come_back_or_do_not():
    officer, today = make_user("Chargée de mission"), timezone.localdate()
    roadmap = make_roadmap(make_space(owner=officer), by=officer, is_simulated=True)

    invent_panel(roadmap, officer, today)
    read = read_panel(Panel.objects.get(), on=today)

    assert (PRINTED, ANSWERED) == (read.code_count, read.start_count)
    assert all(one.back.came >= 11 and one.back.gone for one in read.later)
    assert all(one.compared[0].told for one in read.later)
    assert "exemple" in read.row.title
