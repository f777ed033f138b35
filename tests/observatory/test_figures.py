"""Every number of the small survey, counted by hand."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import partial

import pytest
from django.core.cache import cache
from django.urls import reverse

from jalons.analysis.intervals import wilson
from jalons.indicators.models import Indicator, Observation, Release
from jalons.observatory import figures, targeting
from jalons.observatory.results import NO_ANSWER, NOT_PUBLISHED
from jalons.observatory.words import Words
from jalons.territories.models import Membership, Territory
from jalons.territories.operations import record_edition
from jalons.territories.tables import Counts
from tests.factories import make_campaign, make_response, make_territory
from tests.observatory.example import LOW, make_example


def test_the_base_counts_persons_territories_and_departements(example):
    base = figures.team_figures(example.campaign).base

    assert (11, 0) == (base.responses, base.outside)
    assert (12, 10, 10) == (base.perimeter, base.responding, base.used)
    assert (2, 2) == (base.departements, base.departements_covered)
    assert {
        "territorial_engineering": 5,
        "decision_maker": 5,
        "digital_adviser": 1,
        "local_operator": 0,
    } == dict(base.profiles)


def test_classes_are_counted_by_territory_with_their_interval(example):
    found = figures.team_figures(example.campaign)

    assert ("low", "intermediate", "advanced", "very_advanced") == found.classes
    assert [3, 2, 3, 2] == [one.count for one in found.distribution]
    assert {10} == {one.n for one in found.distribution}
    assert wilson(3, 10, 12) == found.distribution[0].interval


def test_each_territory_of_the_team_s_map_has_its_class_and_its_points(example):
    spots = {spot.code: spot for spot in figures.team_figures(example.campaign).spots}

    assert 12 == len(spots)
    assert NO_ANSWER == spots[example.code(8)].state
    assert "low" == spots[example.code(4)].state
    assert (7, 7) == (spots[example.code(3)].low, spots[example.code(3)].high)
    assert 2 == spots[example.code(3)].respondents


def test_an_epci_that_changes_departement_is_counted_in_the_new_one(example):
    before = figures.team_figures(example.campaign).departements

    Membership.objects.filter(member=example.code(2), group="92").update(group="91")
    record_edition(Counts(created=0, updated=1, deleted=0, unchanged=0))

    after = figures.team_figures(example.campaign).departements
    assert [("91", 6), ("92", 6)] == [(one.code, one.epci) for one in before]
    assert [("91", 7), ("92", 5)] == [(one.code, one.epci) for one in after]


def test_departements_say_who_answered_and_how_far_they_are(example):
    west, east = figures.team_figures(example.campaign).departements

    assert ("91", 6, 5, 6) == (west.code, west.epci, west.responding, west.responses)
    assert ("92", 6, 5, 5) == (east.code, east.epci, east.responding, east.responses)
    # Advanced or more: 7 and 9 of 1, 3, 5, 7, 9; 6, 10 and 12 of 2, 4, 6, 10, 12.
    assert (2, 5) == (west.advanced.count, west.advanced.n)
    assert (3, 5) == (east.advanced.count, east.advanced.n)
    assert wilson(2, 5, 6) == west.advanced.interval


def test_headlines_are_counted_by_respondent_and_by_profile(example):
    found = figures.team_figures(example.campaign)
    stake, strategy = found.question("main_stake"), found.question("strategy")

    assert (9, 11) == (stake.count("inequalities").count, stake.count("inequalities").n)
    engineers = stake.count("inequalities", "territorial_engineering")
    assert (3, 5) == (engineers.count, engineers.n)
    assert (9, 11) == (strategy.count("no").count, strategy.count("no").n)
    assert stake.is_clustered


def test_a_question_left_blank_is_left_out_of_the_base():
    campaign = make_campaign()
    make_response(campaign, **LOW)
    make_response(campaign, **LOW, main_stake="security")

    stake = figures.team_figures(campaign).question("main_stake")

    assert (1, 1) == (stake.groups[0].n, stake.groups[0].missing)
    assert (1, 1) == (stake.count("security").count, stake.count("security").n)


def test_an_answer_nobody_knows_is_no_choice():
    campaign = make_campaign()
    make_response(campaign, **(LOW | {"S3": "dont_know"}))

    strategy = figures.team_figures(campaign).question("strategy")

    assert (0, 1) == (strategy.groups[0].n, strategy.groups[0].missing)
    assert strategy.count("no").share is None


def test_an_option_offered_to_some_profiles_counts_among_them():
    campaign = make_campaign()
    make_response(campaign, **LOW, profile="decision_maker", difficulties=["funding"])
    make_response(campaign, **LOW, profile="digital_adviser", difficulties=["time"])

    found = figures.team_figures(campaign).question("difficulties")

    assert (1, 1) == (found.count("funding").count, found.count("funding").n)
    assert (1, 2) == (found.count("time").count, found.count("time").n)


def test_a_departement_filters_the_respondents(example):
    (stake, *_others) = figures.team_questions(example.campaign, "92")

    # EPCI 2, 4 and 6 of 2, 4, 6, 10 and 12.
    assert (3, 5) == (stake.count("inequalities").count, stake.count("inequalities").n)


def test_an_answer_arrived_since_is_counted_at_once(django_user_model):
    example = make_example(closed=False)
    before = figures.team_figures(example.campaign).base.responses

    make_response(example.campaign, example.places[8], **LOW)

    assert before + 1 == figures.team_figures(example.campaign).base.responses


def test_the_targets_are_very_vulnerable_and_little_advanced(example):
    found = figures.target_list(example.campaign)
    wider = figures.target_list(example.campaign, with_intermediate=True)

    assert [example.code(n) for n in (1, 2, 4)] == [one.code for one in found]
    assert [example.code(n) for n in (1, 2, 3, 4)] == [one.code for one in wider]


def test_each_target_says_the_figures_that_put_it_there(example, client):
    campaign = example.campaign
    page_of = partial(client.get, reverse("observatory:targets", args=[campaign.pk]))
    client.force_login(example.officer)
    words = Words(campaign.version.read(), "fr")

    found = figures.target_list(campaign, with_intermediate=True)
    told = targeting.lines(found, words)
    page = " ".join(page_of({"etendre": "1"}).content.decode().split())

    # Incomes of 18 500 € and more, 500 € apart; the third of twelve is at 20 333 €.
    assert [18_500, 19_000, 19_500, 20_000] == [one.income for one in found]
    assert {20_333} == {round(one.income_limit) for one in found}
    assert [(0, 0), (0, 0), (7, 7), (0, 0)] == [(one.low, one.high) for one in found]
    answers = [re.search(r"(\d+) réponse", one.level)[1] for one in told]
    assert ["1", "1", "2", "1"] == answers
    assert 4 == len({one.reasons for one in told})
    for one in told:
        assert one.name in page
        assert " ".join(one.reasons[0].split()) in html.unescape(page)
    assert "1\u00a0833\u00a0€" in told[0].reasons[0].replace("\u202f", "\u00a0")


def test_without_a_computable_index_the_targets_are_the_same_and_say_no_score(example):
    plain = figures.target_list(example.campaign)
    found = figures.target_list(example.campaign, with_fragile=True)

    assert [one.code for one in plain] == [one.code for one in found]
    assert not any(one.is_fragile for one in found)


def test_a_target_is_fragile_when_more_than_half_of_the_computations_say_so(example):
    (target, *_others) = figures.target_list(example.campaign)

    assert replace(target, fragile_share=0.51).is_fragile
    assert not replace(target, fragile_share=0.5).is_fragile
    assert not replace(target, fragile_share=None).is_fragile


@pytest.mark.parametrize("number", [4, 12])
def test_the_public_never_receives_a_territory_that_has_not_validated(example, number):
    found = figures.public_figures(example.campaign).figures
    spot = next(one for one in found.spots if one.code == example.code(number))

    assert NOT_PUBLISHED == spot.state
    assert (None, None, None) == (spot.low, spot.high, spot.respondents)


def test_public_classes_rest_on_the_published_answers_alone(example):
    found = figures.public_figures(example.campaign).figures

    assert [2, 2, 3, 1] == [one.count for one in found.distribution]
    assert (10, 8) == (found.base.responding, found.base.used)


def test_nothing_answered_gives_empty_figures_and_no_error():
    found = figures.team_figures(make_campaign())

    assert (0, 0) == (found.base.responses, found.base.used)
    assert [0, 0, 0, 0] == [one.count for one in found.distribution]
    assert found.distribution[0].share is None
    assert not found.crossings
    assert not found.links


def make_region(example, *more: int) -> None:
    """A région that holds the twelve EPCI of the example, and others with an income."""
    region = make_territory("Grande Région", Territory.Kind.REGION, "R98")
    inside = [*example.places.values()]
    indicator = Indicator.objects.get(code="median_income")
    for number, income in enumerate(more, start=1):
        place = make_territory(f"CC voisine {number}")
        Observation.objects.create(
            territory=place,
            indicator=indicator,
            release=Release.objects.get(),
            value=income,
            status=Observation.Status.PUBLISHED,
        )
        inside.append(place)
    for place in inside:
        Membership.objects.create(member=place, group=region, since=2020)


def test_thirds_are_taken_over_the_whole_region(example):
    """Twelve incomes from 18 500 to 24 000, and six of the région under them."""
    make_region(example, 10_000, 11_000, 12_000, 13_000, 14_000, 15_000)
    cache.clear()

    cut = figures.team_figures(example.campaign).income_cut

    # 18 values sorted, type 7: positions 17/3 and 34/3 counted from 0.
    assert (17_333, 21_167) == (round(cut.low), round(cut.high))
    assert (("Grande Région",), 18) == (cut.regions, cut.epci)


def test_without_a_region_thirds_are_those_of_the_survey(example):
    cut = figures.team_figures(example.campaign).income_cut

    assert ((), 12) == (cut.regions, cut.epci)
    assert (20_333, 22_167) == (round(cut.low), round(cut.high))


def test_an_income_that_is_not_known_is_in_no_third(example):
    make_region(example, 10_000)
    Observation.objects.filter(territory=example.places[1]).filter(
        indicator="median_income"
    ).update(value=None, status=Observation.Status.MISSING)
    cache.clear()

    cut = figures.team_figures(example.campaign).income_cut

    assert 12 == cut.epci


def test_the_page_says_over_which_epci_thirds_are_taken(example, client):
    make_region(example, 10_000)
    cache.clear()
    client.force_login(example.officer)

    page = client.get(reverse("observatory:show", args=[example.campaign.pk]))

    assert "13 EPCI dont le revenu est connu (Grande Région)" in page.content.decode()


def test_intervals_of_the_facilitators_know_no_population(example):
    found = figures.team_figures(example.campaign).links[0]

    assert wilson(found.yes.count, found.yes.n) == found.yes.interval
    assert wilson(found.no.count, found.no.n) == found.no.interval
