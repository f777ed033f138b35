"""The example roadmap has a year of follow-up, marked as invented."""

from __future__ import annotations

import json

from django.utils import timezone

from jalons.demo.evaluation import invent_evaluation
from jalons.demo.following import invent_follow_up
from jalons.evaluation.models import Measure
from jalons.impact.models import Publication
from jalons.roadmaps.models import StatusChange
from tests.factories import make_space, make_user
from tests.roadmaps.plans import (
    make_action,
    make_roadmap,
    make_stake,
    make_workstream,
)


def test_a_year_is_followed_with_two_reviews_and_a_public_page(db, client):
    officer = make_user("Chargée de mission")
    roadmap = make_roadmap(make_space(owner=officer), by=officer, is_simulated=True)
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    for number in range(4):
        make_action(stream, f"Action {number}", by=officer)
    today = timezone.localdate()
    invent_evaluation(roadmap, officer, today)

    invent_follow_up(roadmap, officer, today)

    second, first = roadmap.progress_reviews.all()
    assert [len(one.told["moved"]) for one in (first, second)] == [2, 2]
    assert len({one.changed_on for one in StatusChange.objects.all()}) == 5
    computed = Measure.objects.filter(origin=Measure.Origin.COMPUTED)
    assert computed.exclude(value=None).exists()
    public = Publication.objects.get()
    assert public.told["is_simulated"]
    assert "exemple" in json.dumps(public.told, ensure_ascii=False)
    answer = client.get(f"/impacts/{public.slug}/")
    assert answer.status_code == 200
    assert "SIMULÉ" in answer.content.decode()
