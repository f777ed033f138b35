"""What a territory answered to a survey begins its roadmap, as far as it is read."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jalons.adoption.composition import compose
from jalons.audit.models import Entry
from jalons.diagnosis.operations import start_diagnosis
from jalons.documents.model import Table, walk
from jalons.observatory import operations as observatory
from jalons.roadmaps.answered import answers_of
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Workstream
from jalons.steering.timeline import timeline_of
from jalons.steering.traces import traces_of
from jalons.surveys import operations as surveys
from tests.factories import make_campaign, make_response, make_space
from tests.observatory.example import INTERMEDIATE, LOW
from tests.roadmaps.plans import make_roadmap, make_stake

FUNDING = {"difficulties": ["funding"], "themes": ["inclusion"], "needs": ["funding"]}
LEAD = "Comment faire porter le sujet par une personne élue\u202f?"
MONEY = "Comment trouver et mobiliser des financements\u202f?"
INCLUSION = "L’inclusion numérique"


@pytest.fixture
def roadmap(space, officer):
    made = make_roadmap(space, by=officer)
    made.perimeter.set([space.territory])
    return made


@pytest.fixture
def survey(space):
    """A survey of the resource centre about the territory of our space."""
    return make_campaign(space.territory, notice_announces_class=True)


def answer(survey, n, **answers):
    for _turn in range(n):
        make_response(survey, survey.territories.get(), **LOW | answers)


def titles(roadmap):
    blocks = walk(compose(roadmap).document.sections)
    return [one.caption for one in blocks if isinstance(one, Table)]


def questions(roadmap):
    return [one.question for found in answers_of(roadmap) for one in found.stakes]


def test_five_people_give_stakes_themes_and_the_level(roadmap, survey):
    answer(survey, 5, **FUNDING)

    (found,) = answers_of(roadmap)

    assert {LEAD, MONEY} <= set(questions(roadmap))
    assert 1 == questions(roadmap).count(MONEY)
    assert [INCLUSION] == list(found.themes)
    assert "5 répondants" in found.lead
    assert ["0", "0", "0"] == [one.points for one in found.dimensions]
    assert not found.is_public


def asked_by_the_page(signed_in, roadmap):
    """Questions to the database once points are kept, as they are but once a change."""
    address = reverse("roadmaps:adopt", args=[roadmap.pk])
    signed_in.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert "5 répondants" in signed_in.get(address).content.decode()
    return len(asked)


def test_what_is_offered_is_asked_of_the_database_once(signed_in, roadmap, survey):
    answer(survey, 5, **FUNDING)
    with_one = asked_by_the_page(signed_in, roadmap)
    for _more in range(2):
        answer(make_campaign(roadmap.space.territory), 5, **FUNDING)
    with_three = asked_by_the_page(signed_in, roadmap)

    assert with_one <= 25
    assert with_three - with_one <= 2 * 7


def test_what_four_people_said_is_not_told_to_those_who_do_not_hold_the_survey(
    roadmap, survey
):
    answer(survey, 4, **FUNDING)

    assert LEAD in questions(roadmap)
    assert MONEY not in questions(roadmap)
    assert [] == [one for found in answers_of(roadmap) for one in found.themes]


def test_the_space_that_holds_the_survey_reads_what_three_people_said(roadmap, space):
    ours = make_campaign(space.territory, space=space)
    answer(ours, 2, **FUNDING)
    before = questions(roadmap)

    answer(ours, 1, **FUNDING)

    assert [] == before
    assert {LEAD, MONEY} <= set(questions(roadmap))


def test_one_answer_not_shared_gives_nothing(roadmap, survey):
    answer(survey, 1, **FUNDING)

    assert [] == answers_of(roadmap)


def test_one_answer_shared_gives_totals_and_no_line(roadmap, survey):
    answer(survey, 1, **FUNDING)
    survey.responses.update(is_shared=True)

    (found,) = answers_of(roadmap)

    assert 3 == len(found.dimensions)
    assert ([], []) == ([*found.stakes], [*found.themes])


def test_nothing_is_offered_where_nobody_answered(roadmap, survey):
    assert [] == answers_of(roadmap)


def test_the_answers_of_a_neighbour_are_never_offered(space, officer, survey):
    answer(survey, 5, **FUNDING)
    other = make_space(owner=officer)
    theirs = make_roadmap(other, by=officer)
    theirs.perimeter.set([other.territory, space.territory])

    assert [] == answers_of(theirs)


@pytest.mark.parametrize("is_invented", [True, False])
def test_an_invented_survey_is_offered_to_an_invented_roadmap_only(
    roadmap, space, is_invented
):
    ours = make_campaign(space.territory, space=space, is_simulated=True)
    answer(ours, 5, **FUNDING)
    roadmap.is_simulated = is_invented
    roadmap.save()

    assert is_invented == bool(answers_of(roadmap))


def test_what_is_ticked_is_taken_up_with_its_origin_and_never_twice(
    signed_in, roadmap, survey, officer
):
    answer(survey, 5, **FUNDING)
    address = reverse("roadmaps:adopt", args=[roadmap.pk])
    page = signed_in.get(address).content.decode()
    (found,) = answers_of(roadmap)
    sent = {"answers": found.key, "said": "difficulties.funding", "theme": INCLUSION}

    signed_in.post(address, sent)
    signed_in.post(address, sent)

    stake, roadmap = roadmap.stakes.get(), type(roadmap).objects.get()
    assert MONEY in page
    assert "Ne pas diffuser" in page
    assert (MONEY, "difficulties.funding") == (stake.text, stake.origin.said)
    assert "Trouver et mobiliser des financements" == stake.origin.words
    assert [INCLUSION] == roadmap.theme_names
    assert MONEY not in questions(roadmap)
    (trace,) = traces_of(timeline_of(plan_of(roadmap)))
    assert survey.title == trace.source.title
    assert Entry.objects.filter(verb="roadmap.themes_adopted").count() == 1
    assert (
        survey.title
        in signed_in.get(
            reverse("roadmaps:stake", args=[roadmap.pk, stake.pk])
        ).content.decode()
    )


def test_a_survey_that_is_not_ours_to_read_cannot_be_taken_up(signed_in, roadmap):
    other = make_campaign(make_space().territory)
    answer(other, 5, **FUNDING)
    sent = {"answers": f"{other.pk}-{other.territories.get().pk}", "said": "x.y"}

    answered = signed_in.post(reverse("roadmaps:adopt", args=[roadmap.pk]), sent)

    assert 404 == answered.status_code
    assert not roadmap.stakes.exists()


def test_a_priority_theme_becomes_a_tag_of_a_workstream_by_a_tick(
    signed_in, roadmap, officer
):
    roadmap.themes = "mobilité, accès aux droits"
    roadmap.save()
    stake = make_stake(roadmap, by=officer)
    address = reverse("roadmaps:add_workstream", args=[roadmap.pk, stake.pk])
    sent = {"title": "Un bus", "tags": "jeunes", "priority": "mobilité"}

    signed_in.post(address, sent)

    assert ["jeunes", "mobilité"] == Workstream.objects.get().themes


def test_the_document_shows_points_only_where_the_level_is_public(
    signed_in, roadmap, space, officer
):
    start_diagnosis(space, space.territory, by=officer)
    survey = make_campaign(space.territory, notice_announces_class=True)
    for _turn in range(5):
        make_response(survey, space.territory, **INTERMEDIATE)
    address = reverse("roadmaps:adopt", args=[roadmap.pk])
    sent = {"answers": f"{survey.pk}-{space.territory.pk}", "points": "1"}
    signed_in.post(address, sent)
    roadmap.refresh_from_db()
    kept_before = roadmap.maturity

    surveys.validate_answer(survey, space.territory, by=officer, statement="Bureau")
    surveys.close_campaign(survey, by=officer)
    survey.refresh_from_db()
    observatory.publish(survey, public_from=timezone.now(), by=officer)
    signed_in.post(address, sent)

    roadmap.refresh_from_db()
    assert (None, survey) == (kept_before, roadmap.maturity)
    (found,) = answers_of(roadmap)
    assert (True, True) == (found.is_public, found.is_shown)
    assert "Points par dimension" in titles(roadmap)
    observatory.withdraw(survey.publication, reason="Erreur", by=officer)
    assert "Points par dimension" not in titles(roadmap)
