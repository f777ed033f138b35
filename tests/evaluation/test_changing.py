"""Indicators of what changes: small tables, numbers checked by hand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from math import isclose

import pytest
from django.utils import timezone

from jalons.analysis.before_after import Verdict
from jalons.evaluation import changing
from jalons.evaluation.changing import (
    gap_in_giving_up,
    gap_in_support,
    gave_up,
    giving_up_gap,
    highest_fifth,
    lowest_fifth,
    support_gap,
)
from jalons.evaluation.comparing import Move
from jalons.evaluation.computing import Asked, take_measure
from jalons.evaluation.maturity import maturity_change
from jalons.evaluation.models import Followed
from jalons.fieldwork.figures import UNDER, Share, measured
from jalons.fieldwork.people import people_of
from jalons.rounds.operations import load_inhabitants
from jalons.rounds.population import AGES
from jalons.surveys.models import Campaign, Score
from jalons.surveys.waves import comparison
from jalons.territories.models import CURRENT_YEAR, Membership, Territory
from tests.evaluation.plans import make_evaluation, make_measure
from tests.factories import make_campaign, make_round, make_territory
from tests.fieldwork.test_results import meet


@pytest.fixture
def asked(roadmap):
    return Asked(roadmap, timezone.localdate())


def commune(space, name: str, population: int) -> Territory:
    row = make_territory(name, Territory.Kind.COMMUNE)
    Territory.objects.filter(pk=row.pk).update(population=population)
    Membership.objects.create(member=row, group=space.territory, since=CURRENT_YEAR)
    row.refresh_from_db()
    return row


def weighted_round(space, officer):
    """Aval has 300 inhabitants and Amont 700, of every age and both sexes."""
    aval, amont = commune(space, "Aval", 300), commune(space, "Amont", 700)
    cells = [(sex, age) for sex in ("woman", "man") for age in AGES]
    load_inhabitants(
        {
            (one.pk, *cell): one.population / len(cells)
            for one in (aval, amont)
            for cell in cells
        },
        vintage="2021",
        by=None,
    )
    return make_round(aval, amont, space=space, by=officer)


def by_code(scores: dict[str, float]) -> dict[str, float]:
    """An index by commune, the highest score the most fragile."""
    codes = dict(Territory.objects.values_list("name", "code"))
    return {codes[name]: score for name, score in scores.items()}


def test_r4_people_who_gave_up_in_the_last_survey(asked, space, officer):
    # 20 gave up several times, 20 once, 60 did not: 40 %.
    here = commune(space, "Aval", 1000)
    round = make_round(here, space=space, by=officer)
    for answer, count in (("several_times", 20), ("once", 20), ("no", 60)):
        meet(round, count, F14=answer)

    found = gave_up(asked)

    assert (Decimal("40.0"), 100) == (found.value, found.n)
    assert found.effective_n == 100


def test_r4_keeps_what_answers_that_weigh_differently_are_worth(asked, space, officer):
    # 40 met in a commune of 300, 20 in one of 700: weights of 0.45 and 2.1.
    round = weighted_round(space, officer)
    aval, amont = round.campaign.territories.order_by("-name")
    meet(round, 15, aval, F14="once")
    meet(round, 25, aval, F14="no")
    meet(round, 20, amont, F14="no")

    measure = take_measure(
        make_evaluation(asked.roadmap, "R4", by=officer).indicators.get(),
        on=asked.on,
        by=officer,
    )

    # 15 × 0.45 of 60: 11.25 %, told to a percent.
    # 60² / (40 × 0.45² + 20 × 2.1²) = 3600 / 96.3 = 37.38.
    assert (Decimal("11.0"), 60) == (measure.value, measure.n)
    assert isclose(measure.effective_n, 37.383, abs_tol=1e-3)


def test_r4_is_the_share_told_beside_the_diagnosis_never_a_sum_of_rounded_ones(
    asked, space, officer
):
    # Of 100: 12 × 0.45 = 5.4 %, twice. Rounded apart 5 + 5, together 11.
    round = weighted_round(space, officer)
    aval, amont = round.campaign.territories.order_by("-name")
    meet(round, 12, aval, F14="once")
    meet(round, 12, aval, F14="several_times")
    meet(round, 43, aval, F14="no")
    meet(round, 33, amont, F14="no")

    found = gave_up(asked)

    share = measured(people_of(round))["gave_up"]
    assert (Decimal("11.0"), 100) == (found.value, found.n)
    assert (0.11, 100) == (share.share, share.n)


def test_r4_is_never_the_number_that_stands_for_next_to_nothing(
    asked, space, officer, monkeypatch
):
    round = weighted_round(space, officer)
    meet(round, 60, F14="no")
    next_to_nothing = Share("gave_up", 60, None, UNDER, None)
    monkeypatch.setattr(changing, "measured", lambda _met: {"gave_up": next_to_nothing})

    found = gave_up(asked)

    assert found.value is None
    assert "un pour cent" in found.why


def test_r4_under_eleven_people_stays_secret_and_without_a_survey_unknown(
    asked, space, officer
):
    before = gave_up(asked)
    round = make_round(commune(space, "Aval", 1000), space=space, by=officer)
    meet(round, 5, F14="once")
    meet(round, 60, F14="no")

    assert "Aucune enquête" in before.why
    assert "secret" in gave_up(asked).why
    assert gave_up(asked).value is None


@pytest.mark.parametrize(
    ("scores", "highest", "lowest"),
    [
        ({"a": 1, "b": 5, "c": 3, "d": 2, "e": 4}, "b", "a"),
        # Two share the limit: both are in the fifth.
        ({"a": 1, "b": 5, "c": 5, "d": 2, "e": 4}, "bc", "a"),
        ({"a": 1, "b": 5, "c": 3, "d": 2}, "", ""),
    ],
)
def test_a_fifth_of_communes_needs_five_of_them(scores, highest, lowest):
    assert set(highest) == highest_fifth(scores)
    assert set(lowest) == lowest_fifth(scores)


FIVE = {"Aval": 9.0, "Bourg": 4.0, "Creux": 3.0, "Dune": 2.0, "Etang": 1.0}


def test_m1_gap_in_giving_up_between_fragile_communes_and_others(space, officer):
    # Aval: 20 of 40 (50 %); elsewhere: 15 of 60 (25 %). Gap: 25 points.
    places = {name: commune(space, name, 1000) for name in FIVE}
    round = make_round(*places.values(), space=space, by=officer)
    meet(round, 20, places["Aval"], F14="once")
    meet(round, 20, places["Aval"], F14="no")
    meet(round, 15, places["Bourg"], F14="several_times")
    meet(round, 45, places["Dune"], F14="no_procedure")

    found = giving_up_gap(people_of(round), by_code(FIVE))

    assert (Decimal("25.0"), 100) == (found.value, found.n)


def test_m1_weighs_people_as_r4_does_and_says_it(space, officer):
    # Aval, 300 inhabitants: 40 met of whom 20, one weight: 50 %. Elsewhere 15 of 20 in
    # Bourg, 600 inhabitants, and 12 of 40 in Dune, 100: (15 × 3 + 12 × 0.25) / 70.
    people = {"Aval": 300, "Bourg": 600, "Creux": 0, "Dune": 100, "Etang": 0}
    places = {name: commune(space, name, many) for name, many in people.items()}
    met = [places[name] for name in ("Aval", "Bourg", "Dune")]
    round = make_round(*met, space=space, by=officer)
    for name, yes, no in (("Aval", 20, 20), ("Bourg", 15, 5), ("Dune", 12, 28)):
        meet(round, yes, places[name], F14="once")
        meet(round, no, places[name], F14="no")

    found = giving_up_gap(people_of(round), by_code(FIVE))

    assert people_of(round).adjusted.is_weighted
    # 69 %, where 27 of 60 would be 45 %.
    assert (Decimal("-19.0"), 100) == (found.value, found.n)
    assert ["50", "69"] == [told.split("\u202f")[0] for _name, told in found.lines]
    assert all("après pondération" in told for _name, told in found.lines)


def test_m1_hides_a_group_of_a_few(space, officer):
    places = {name: commune(space, name, 1000) for name in FIVE}
    round = make_round(*places.values(), space=space, by=officer)
    meet(round, 8, places["Aval"], F14="once")
    meet(round, 60, places["Bourg"], F14="no")

    assert "secret" in giving_up_gap(people_of(round), by_code(FIVE)).why


def test_m2_gap_in_support_between_fragile_and_favoured_communes(
    asked, space, roadmap, officer
):
    # Aval: 60 of 1 000 (6 %); Etang: 40 of 2 000 (2 %). Gap: 4 points.
    people = {"Aval": 1000, "Bourg": 500, "Creux": 500, "Dune": 500, "Etang": 2000}
    for name, count in people.items():
        commune(space, name, count)
    make_evaluation(roadmap, "O1", by=officer)
    supported = Followed.objects.get(code="O1")
    day = timezone.localdate() - timedelta(days=30)
    before = day - timedelta(days=90)
    make_measure(supported, 999, before, by=officer, part="Aval")
    make_measure(supported, 60, day, by=officer, part="Aval")

    half = support_gap(asked, by_code(FIVE))
    etang = Territory.objects.get(name="Etang").code
    make_measure(supported, 40, day, by=officer, part=etang)
    found = support_gap(asked, by_code(FIVE))

    assert half.value is None
    assert "pour chacune de ces communes" in half.why
    assert (Decimal("4.0"), None) == (found.value, found.n)


def test_m2_is_not_known_when_the_inhabitants_of_a_commune_are_not(
    asked, space, roadmap, officer
):
    for name in FIVE:
        commune(space, name, 1000)
    Territory.objects.filter(name="Etang").update(population=None)
    make_evaluation(roadmap, "O1", by=officer)
    day = timezone.localdate()
    for name in ("Aval", "Etang"):
        of = Followed.objects.get(code="O1")
        make_measure(of, 60, day, by=officer, part=name)

    found = support_gap(asked, by_code(FIVE))

    assert found.value is None
    assert "population d’une de ces communes" in found.why


def test_no_gap_is_told_without_an_index_nor_a_survey(asked, space, officer):
    before = gap_in_giving_up(asked)
    here = commune(space, "Aval", 1000)
    make_round(here, space=space, by=officer)

    assert "Aucune enquête" in before.why
    assert "moins de cinq communes" in gap_in_giving_up(asked).why
    assert "moins de cinq communes" in gap_in_support(asked).why


def freeze(campaign: Campaign, code: str, low: str, strategy: float) -> None:
    Score.objects.create(
        campaign=campaign,
        territory_id=code,
        version=campaign.version,
        code_version="1",
        respondent_count=3,
        low=Decimal(low),
        high=Decimal(low),
        class_code="low",
        is_uncertain=False,
        is_borderline=False,
        details={"by_dimension": {"steering": [strategy, strategy]}},
        frozen_at=timezone.now(),
    )


def waves(space, officer, *territories: Territory) -> tuple[Campaign, Campaign]:
    now = timezone.now()
    first = make_campaign(*territories, space=space, closed_at=now, closed_by=officer)
    second = make_campaign(
        *territories, space=space, closed_at=now, closed_by=officer, follows=first
    )
    return first, second


def test_r9_mean_change_over_those_of_both_waves(asked, space, officer, roadmap):
    # Ici: 10 → 14 (+4), Là: 12 → 11.5 (−0.5); Ailleurs only once, Dehors is outside.
    here, there, once, outside = (
        make_territory(name) for name in ("Ici", "Là", "Ailleurs", "Dehors")
    )
    roadmap.perimeter.set([here, there, once])
    first, second = waves(space, officer, here, there, once, outside)
    for campaign, one, low, steering in (
        (first, here, "10", 2),
        (second, here, "14", 5),
        (first, there, "12", 4),
        (second, there, "11.5", 3),
        (first, once, "3", 1),
        (first, outside, "1", 0),
        (second, outside, "30", 9),
    ):
        freeze(campaign, one.code, low, steering)

    found = maturity_change(asked)

    # (4 − 0.5) ÷ 2 = 1.75, rounded half up; steering (3 − 1) ÷ 2 = +1.0
    assert (Decimal("1.8"), 2) == (found.value, found.n)
    assert "+1,00" in dict(found.lines).values()
    assert found.move == Move(None, Verdict.TOO_FEW)


def test_r9_keeps_the_interval_of_the_page_of_both_waves(
    asked, space, officer, roadmap
):
    # Five of the six of the perimeter: moves of 1, 2, 3, 4 and 5.
    places = [make_territory(name) for name in "ABCDEF"]
    roadmap.perimeter.set(places)
    first, second = waves(space, officer, *places)
    for rank, one in enumerate(places[:5], start=1):
        freeze(first, one.code, "10", 2)
        freeze(second, one.code, str(10 + rank), 2)

    found = maturity_change(asked)

    # 3 ± 2.776 × √(2.5 ÷ 5 × (1 − 5/6)) = 3 ± 0.80.
    assert found.move.interval == comparison(second).change.interval
    assert dict(found.lines)["intervalle à 95 chances sur 100"] == "de +2,20 à +3,80"
    assert isclose(found.move.interval.low, 2.1985, abs_tol=1e-3)
    assert found.move.verdict is Verdict.HIGHER


def test_r9_of_one_version_and_of_this_space_only(asked, space, officer):
    other = make_campaign(closed_at=timezone.now(), closed_by=officer)
    make_campaign(closed_at=timezone.now(), closed_by=officer, follows=other)

    found = maturity_change(asked)

    assert found.value is None
    assert "Aucune enquête de maturité" in found.why
