"""The example roadmap has an evaluation and a year of measures, marked as invented."""

from __future__ import annotations

from datetime import date

from jalons.demo.evaluation import FOLLOWED, invent_evaluation
from jalons.evaluation.figures import read_evaluation
from jalons.evaluation.models import Measure
from jalons.evaluation.theory import unlinked
from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_roadmap, make_stake, make_workstream

TODAY = date(2026, 6, 30)


def test_a_year_of_invented_measures_says_that_it_is_invented(db):
    officer = make_user("Chargée de mission")
    roadmap = make_roadmap(make_space(owner=officer), by=officer, is_simulated=True)
    make_workstream(make_stake(roadmap, by=officer), by=officer)

    invent_evaluation(roadmap, officer, TODAY)
    read = read_evaluation(roadmap, on=TODAY)

    assert 12 == len(read.in_use)
    assert list(FOLLOWED) == [one.row.code for one in read.measured]
    assert all("SIMULÉ" in one.source for one in Measure.objects.all())
    assert [] == read.bare_stakes
    assert "exemple" in read.last_review.judgement
    assert not [one for one in unlinked(read) if one.kind in ("output", "impact")]
