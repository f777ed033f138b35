"""A late action says why on its own form too, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.roadmaps.models import Action, StatusChange
from tests.roadmaps.plans import make_action, make_stake, make_workstream
from tests.roadmaps.test_lines import budget

pytestmark = pytest.mark.django_db


@pytest.fixture
def sends(signed_in, roadmap, officer):
    """`sends(action, reason="…")`: the form of an action late since yesterday."""

    def send(action: Action, **said: object):
        yesterday = timezone.localdate() - timedelta(days=1)
        given = {"description": "Un bus", "status": "under_way", "ends_on": yesterday}
        page = reverse("roadmaps:action", args=[roadmap.pk, action.pk])
        action.refresh_from_db()
        sent = {"version": action.version, **given, **said}
        return signed_in.post(page, sent | budget(("CAF", "1")))

    return send


@pytest.fixture
def action(roadmap, officer):
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    return make_action(stream, by=officer)


def test_a_late_action_is_not_kept_without_a_reason(action, sends):
    answer = sends(action)

    assert "reason" in answer.context["form"].errors
    assert not StatusChange.objects.exists()


def test_its_reason_is_asked_once(action, sends):
    assert sends(action, reason="Livraison en retard").status_code == 302
    assert sends(action, description="Un minibus").status_code == 302

    assert ["Livraison en retard"] == [one.reason for one in action.changes.all()]
    assert "Un minibus" == Action.objects.get().description


def test_an_action_that_is_not_late_says_nothing(action, sends):
    tomorrow = timezone.localdate() + timedelta(days=1)

    assert sends(action, ends_on=tomorrow).status_code == 302
