"""What a territory may read of its answers (rule 6), and what calls for a proposal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from jalons.analysis.proposals import Support
from jalons.returns.content import (
    Reach,
    content_of,
    from_store,
    reaches,
    to_store,
)
from jalons.returns.reading import reading_of
from jalons.surveys.models import Reconciliation
from tests.factories import make_campaign, make_response
from tests.observatory.example import LOW
from tests.returns.made import make_returns

pytestmark = pytest.mark.django_db


def test_each_territory_reads_what_rule_6_allows():
    made = make_returns()

    assert {
        made.whole.pk: Reach.LINES,
        made.level.pk: Reach.CLASS,
        made.kept.pk: Reach.NOTHING,
    } == reaches(made.campaign)


def test_a_class_that_the_notice_did_not_announce_is_not_read():
    made = make_returns(notice_announces_class=False)

    assert Reach.NOTHING is reaches(made.campaign)[made.level.pk]


def test_a_single_respondent_who_agreed_opens_the_totals_not_the_lines():
    campaign = make_campaign()
    response = make_response(campaign, **LOW)
    response.is_shared = True
    response.save()

    reach = reaches(campaign)[response.territory_id]
    shown = reading_of(
        campaign,
        response.territory,
        content_of(campaign, response.territory_id, reach),
    )

    assert Reach.TOTALS is reach
    assert 3 == len(shown.dimensions)
    assert ((), (), ()) == (shown.lines, shown.strengths, shown.proposals)
    assert "moins de trois personnes" in shown.without_detail


def test_a_sheet_of_the_institution_opens_its_own_lines_and_nothing_said_by_others():
    campaign = make_campaign()
    place = make_response(campaign, P2="yes", R1="yes").territory
    make_response(campaign, place, P2="no", R1="yes")
    campaign.validations.create(
        territory=place, validated_at=timezone.now(), sheet={"P2": "yes", "R1": "no"}
    )
    campaign.reconciliations.create(
        territory=place, method="consensus", reason="Lien", decided_at=timezone.now()
    )

    reach = reaches(campaign)[place.pk]
    found = content_of(campaign, place.pk, reach).detail
    lines = {one.question: one for one in found.lines}

    assert Reach.LINES is reach
    assert (3, 3, 3) == (lines["P2"].low, lines["P2"].lowest, lines["P2"].highest)
    assert (0, 0, 0) == (lines["R1"].low, lines["R1"].lowest, lines["R1"].highest)
    assert (found.low, found.high) == (found.minimum, found.maximum)
    lead = reading_of(campaign, place, content_of(campaign, place.pk, reach)).lead
    assert lead.startswith(f"D’après la fiche validée par l’institution, {place.name}")
    assert "répondant" not in lead


def test_the_lines_are_medians_with_what_differs():
    made = make_returns()
    found = content_of(made.campaign, made.whole.pk, Reach.LINES)
    lines = {one.question: one for one in found.detail.lines}

    # 0, 7 and 7 points: 7; and R1 is worth 0, 3 and 3 of 4.
    assert (7, 7, 0, 7) == (
        found.detail.low,
        found.detail.high,
        found.detail.minimum,
        found.detail.maximum,
    )
    assert (3, 0, 3, 4) == (
        lines["R1"].low,
        lines["R1"].lowest,
        lines["R1"].highest,
        lines["R1"].maximum,
    )


def test_a_question_left_blank_by_all_has_no_lowest_nor_highest_answer():
    """A blank is not a zero: the reader is told of no spread, and of three blanks."""
    campaign = make_campaign()
    for R1 in ("yes", "yes_active", "dont_know"):
        make_response(campaign, R1=R1)
    place = campaign.territories.get()

    shown = reading_of(campaign, place, content_of(campaign, place.pk, Reach.LINES))

    by_question = {one.name: one for one in shown.lines}
    definition = campaign.version.read()
    named = {
        code: by_question[definition.question(code).text.fr] for code in ("R1", "P1a")
    }
    assert ("3 à 4", "1 sans réponse") == (named["R1"].spread, named["R1"].note)
    assert ("", "3 sans réponse") == (named["P1a"].spread, named["P1a"].note)


@pytest.mark.parametrize(
    ("method", "points"), [("median", 3), ("weighted", 0), ("maximum", 3)]
)
def test_the_lines_are_reconciled_as_the_team_chose(method, points):
    made = make_returns(closed=False)
    first = made.campaign.responses.filter(territory=made.whole).first()
    made.campaign.responses.filter(pk=first.pk).update(profile="local_operator")
    Reconciliation.objects.create(
        campaign=made.campaign,
        method=method,
        weights={"local_operator": 9},
        reason="Essai",
        decided_by=made.officer,
        decided_at=timezone.now(),
    )
    found = content_of(made.campaign, made.whole.pk, Reach.LINES)
    lines = {one.question: one for one in found.detail.lines}

    assert (method, points) == (found.detail.method, lines["R1"].low)


def test_a_proposal_carries_the_count_that_calls_for_it():
    made = make_returns()
    found = content_of(made.campaign, made.whole.pk, Reach.LINES)
    reasons = {one.code: one.reasons for one in found.detail.proposals}

    assert (Support("P2", 3, 3),) == reasons["name_a_lead"]
    assert (Support("R1", 2, 3),) == reasons["steady_meetings"]
    assert "bring_actors_together" not in reasons


@pytest.mark.parametrize("reach", [Reach.CLASS, Reach.NOTHING])
def test_points_that_may_not_be_read_are_not_there(reach):
    made = make_returns()
    found = content_of(made.campaign, made.level.pk, reach)

    assert found is None if reach is Reach.NOTHING else found.detail is None


def test_a_level_that_a_blank_could_raise_is_never_called_stable():
    made = make_returns()
    found = content_of(made.campaign, made.whole.pk, Reach.LINES)
    lines = tuple(replace(one, is_deciding=False) for one in found.detail.lines)
    content = replace(found, detail=replace(found.detail, lines=lines))

    def said(*, is_uncertain: bool) -> str:
        shown = replace(content, is_uncertain=is_uncertain)
        return " ".join(reading_of(made.campaign, made.whole, shown).solidity)

    assert "Stable" in said(is_uncertain=False)
    assert "Incertain" in said(is_uncertain=True)
    assert "Stable" not in said(is_uncertain=True)


def test_advice_is_promised_only_where_there_is_some():
    made = make_returns()
    content = content_of(made.campaign, made.whole.pk, Reach.LINES)
    bare = replace(content, detail=replace(content.detail, proposals=()))

    with_advice = reading_of(made.campaign, made.whole, content)
    without = reading_of(made.campaign, made.whole, bare)

    assert ("que faire ensuite" in with_advice.title, "") == (
        True,
        with_advice.no_proposal,
    )
    assert "CC Une : où en est le territoire ?" == without.title.replace(
        "\u00a0", " "
    ).replace("\u202f", " ")
    assert "Aucun" in without.no_proposal


def test_what_is_stored_is_read_back_alike():
    made = make_returns()
    found = content_of(made.campaign, made.whole.pk, Reach.LINES)

    assert found == from_store(to_store(found))
