"""Several answers of one EPCI become one: by which method, chosen by whom, and why."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.audit.models import Entry
from jalons.observatory import figures as observatory
from jalons.reconciliation import figures, operations
from jalons.surveys import operations as surveys
from jalons.surveys.figures import territory_scores
from jalons.surveys.models import Score
from jalons.surveys.reconciling import Choice, obtained
from tests.factories import (
    make_campaign,
    make_response,
    make_space,
    make_territory,
    make_user,
)

pytestmark = pytest.mark.django_db

NOTHING = {
    "P1a": "no",
    "P1b": "no",
    "P2": "no",
    "R1": "no",
    "R2a": ["none"],
    "R2b": "no",
    "R3": "zero",
    "S1": "zero",
    "S2": "no",
    "S3": "no",
    "S4": "no",
}


@pytest.fixture
def officer(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def campaign(officer):
    """Three answers about one EPCI, worth 0, 3 (P2) and 4 (R1) points."""
    found = make_campaign(space=make_space(owner=officer))
    make_response(found, **NOTHING)
    make_response(found, **{**NOTHING, "P2": "yes", "P3": ["none"]})
    make_response(
        found, profile="territorial_engineering", **{**NOTHING, "R1": "yes_active"}
    )
    return found


def _score(campaign):
    return next(iter(territory_scores(campaign).values()))


def _choose(campaign, choice, by, *, territory=None):
    operations.choose_method(campaign, territory, choice, reason="Réunion", by=by)


def test_the_median_holds_as_long_as_nothing_is_chosen(campaign):
    score = _score(campaign)

    assert (score.low, score.high, score.method) == (3, 3, "median")


def test_the_highest_answer_to_each_question_adds_up_what_each_one_knows(
    campaign, officer
):
    _choose(campaign, Choice("maximum"), officer)

    score = _score(campaign)
    assert (score.low, score.minimum, score.maximum) == (7, 0, 4)
    assert score.class_code == "intermediate"
    assert score.method == "maximum"


def test_a_profile_that_weighs_more_pulls_the_median(campaign, officer):
    _choose(campaign, Choice("weighted", {"territorial_engineering": 3}), officer)

    assert _score(campaign).low == 4


def test_weights_that_leave_nobody_count_everyone_alike(campaign, officer):
    nobody = {"territorial_engineering": 0, "decision_maker": 0}
    _choose(campaign, Choice("weighted", nobody), officer)

    assert _score(campaign).low == 3


def test_the_institutions_answer_is_awaited_with_the_median(campaign, officer):
    _choose(campaign, Choice("consensus"), officer)

    assert _score(campaign).method == "median"


def test_the_choice_for_one_epci_wins_over_that_for_all(campaign, officer):
    other = make_territory()
    campaign.territories.add(other)
    make_response(campaign, other, **NOTHING)
    place = campaign.territories.exclude(pk=other.pk).get()

    _choose(campaign, Choice("maximum"), officer)
    _choose(campaign, Choice("median"), officer, territory=place)

    methods = {code: one.method for code, one in territory_scores(campaign).items()}
    assert methods == {place.pk: "median", other.pk: "maximum"}


def test_the_choice_is_kept_with_its_author_its_reason_and_in_the_journal(
    campaign, officer
):
    _choose(campaign, Choice("maximum"), officer)

    kept = campaign.reconciliations.get()
    assert (kept.method, kept.reason, kept.decided_by) == (
        "maximum",
        "Réunion",
        officer,
    )
    assert Entry.objects.filter(verb="reconciliation.chosen").get()


def test_what_is_frozen_on_closing_says_how_it_was_obtained(campaign, officer):
    choice = Choice("weighted", {"territorial_engineering": 3})
    _choose(campaign, choice, officer)
    surveys.close_campaign(campaign, by=officer)
    campaign.refresh_from_db()

    frozen = Score.objects.get()
    assert (frozen.low, frozen.details["method"]) == (4, "weighted")
    assert frozen.details["weights"] == {"territorial_engineering": 3}
    assert _score(campaign).method == "weighted"
    with pytest.raises(surveys.AlreadyClosed):
        _choose(campaign, Choice("median"), officer)


def test_a_question_decides_under_the_method_chosen(campaign, officer):
    """With the maximum, 7 points are over 6 by R1 (4 points) and by P2 (3 points)."""
    _choose(campaign, Choice("maximum"), officer)
    surveys.close_campaign(campaign, by=officer)

    assert set(Score.objects.get().details["questions_deciding"]) == {"P2", "R1"}


def test_the_map_as_a_table_says_how_each_class_was_obtained(client, campaign, officer):
    before = observatory.team_figures(campaign).spots[0].method
    _choose(campaign, Choice("maximum"), officer)

    assert (before, observatory.team_figures(campaign).spots[0].method) == (
        "median",
        "maximum",
    )
    url = reverse("observatory:table", args=[campaign.pk, "epci"])
    text = b"".join(client.get(url).streaming_content).decode()
    assert "maximum de 3 réponses à chaque question" in text


def test_without_the_number_of_answers_a_single_one_is_not_told():
    assert "1" not in obtained("median", None)
    assert obtained("median", None) != obtained("median", 1)


def test_the_officer_reads_what_each_method_gives_then_chooses(client, campaign):
    place = campaign.territories.get()
    url = reverse("reconciliation:territory", args=[campaign.pk, place.pk])

    page = client.get(url).content.decode()
    assert "à mettre en discussion" in page
    client.post(url, {"method": "maximum", "reason": "Chacun sait une partie"})

    assert "Chacun sait une partie" in client.get(url).content.decode()
    assert _score(campaign).low == 7
    client.post(reverse("reconciliation:drop", args=[campaign.pk, place.pk]))
    assert _score(campaign).low == 3


@pytest.mark.parametrize(
    "given",
    [
        {"method": "maximum", "reason": ""},
        {"method": "mean", "reason": "Réunion"},
        {
            "method": "weighted",
            "reason": "Réunion",
            "weight_territorial_engineering": "0",
            "weight_decision_maker": "0",
            "weight_digital_adviser": "0",
            "weight_local_operator": "0",
        },
    ],
)
def test_a_choice_without_reason_method_or_weight_is_refused(client, campaign, given):
    url = reverse("reconciliation:show", args=[campaign.pk])

    answer = client.post(url, given)

    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not campaign.reconciliations.exists()


def test_agreement_is_counted_over_the_questions_compared(campaign):
    """They differ on P2 and R1; P3 was asked of one of them only: zero elsewhere."""
    (found,) = figures.agreements(campaign)

    assert (found.n, found.discussed) == (3, 2)


def test_a_validation_chosen_before_it_comes_leaves_the_median_in_force(
    client, campaign, officer
):
    place = campaign.territories.get()
    at = reverse("reconciliation:territory", args=[campaign.pk, place.pk])

    _choose(campaign, Choice("consensus"), officer, territory=place)
    page = client.get(at).content.decode()

    assert "En attendant la validation de cet EPCI, la médiane" in page
    assert "En vigueur : réponse" not in page.replace("\u00a0", " ")

    _choose(campaign, Choice("maximum"), officer, territory=place)

    assert "En attendant la validation" not in client.get(at).content.decode()
