"""Step 7 is checked against the evaluation itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from jalons.evaluation import operations
from jalons.evaluation.models import Followed
from jalons.roadmaps.figures import plan_of
from jalons.steps.checks import Seen, check
from jalons.steps.ground import Ground
from tests.evaluation.plans import (
    make_baseline,
    make_evaluation,
    make_review,
)
from tests.roadmaps.plans import make_stake


def look(roadmap, criterion):
    return check(criterion, Seen(plan_of(roadmap), Ground(roadmap.space)))


def days_ago(count: int):
    return timezone.localdate() - timedelta(days=count)


def test_nothing_is_met_before_the_evaluation_is_begun(roadmap):
    for criterion in ("baseline", "outcome", "reviewed", "decided"):
        assert not look(roadmap, criterion).is_met
    assert "pas encore commencée" in look(roadmap, "baseline").words


def test_every_indicator_in_use_starts_from_somewhere(roadmap, officer):
    make_evaluation(roadmap, "O1", "R4", by=officer)
    helped, gave_up = Followed.objects.order_by("position")
    make_baseline(helped, 120, days_ago(300), by=officer)

    half = look(roadmap, "baseline")
    operations.retire(gave_up, days_ago(1), "Doublon", by=officer)

    assert not half.is_met
    assert "Personnes qui ont renoncé" in half.words
    assert look(roadmap, "baseline").is_met


def test_each_stake_has_an_indicator_of_what_changes(roadmap, officer):
    stake = make_stake(roadmap, by=officer)
    evaluation = make_evaluation(roadmap, "O1", "R4", by=officer)
    helped, gave_up = Followed.objects.order_by("position")
    helped.stakes.set([stake])

    delivered = look(roadmap, "outcome")
    operations.match_stakes(evaluation, {stake.pk: [gave_up.pk]}, by=officer)

    assert not delivered.is_met
    assert look(roadmap, "outcome").is_met


@pytest.mark.parametrize(
    ("moment", "ago", "is_met"),
    [("during", 364, True), ("after", 10, True), ("during", 366, False)]
    + [("before", 10, False)],
)
def test_a_yearly_review_is_held_on_the_way_within_a_year(
    roadmap, officer, moment, ago, is_met
):
    evaluation = make_evaluation(roadmap, by=officer)
    make_review(evaluation, days_ago(ago), by=officer, moment=moment)

    assert is_met is look(roadmap, "reviewed").is_met


def test_what_is_decided_is_written_in_that_review(roadmap, officer):
    evaluation = make_evaluation(roadmap, by=officer)
    make_review(evaluation, days_ago(40), by=officer, decision="Ancienne")
    silent = make_review(evaluation, days_ago(10), by=officer)

    before = look(roadmap, "decided")
    silent.decision = "Garder le jeudi"
    silent.save()

    assert not before.is_met
    assert "Garder le jeudi" == look(roadmap, "decided").words
