"""Baselines and measures: kept, replaced in sight, refused when they cannot be."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.evaluation import measuring, operations
from jalons.evaluation.figures import read_evaluation
from jalons.evaluation.models import Baseline, Followed, Measure
from jalons.evaluation.words import direction_of, progress
from tests.evaluation.plans import TODAY, make_baseline, make_measure, make_own


@pytest.fixture
def helped(evaluation):
    """People supported: the higher, the better."""
    return Followed.objects.get(code="O1")


def page_of(name, followed):
    return reverse(
        f"evaluation:{name}", args=[followed.evaluation.roadmap_id, followed.pk]
    )


def read(followed, on=TODAY):
    return read_evaluation(followed.evaluation.roadmap, on=on).find(followed)


def test_a_baseline_that_changes_afterwards_stays_in_sight(signed_in, helped):
    page = page_of("baseline", helped)
    start = {"value": "120", "measured_on": "2025-01-31", "source": "Coop"}
    signed_in.post(page, start)

    silent = signed_in.post(page, start | {"value": "150"})
    signed_in.post(page, start | {"value": "150", "reason": "Deux lieux oubliés"})
    shown = signed_in.get(page_of("indicator", helped)).content.decode()

    assert 200 == silent.status_code
    assert [(150, True), (120, False)] == [
        (one.value, one.is_current) for one in helped.baselines.all()
    ]
    assert "On disait qu’il partait de" in shown
    assert "120 personnes" in shown
    assert "Deux lieux oubliés" in shown


def test_nothing_is_measured_in_the_future(signed_in, helped):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"value": "12", "measured_on": tomorrow.isoformat(), "source": "Coop"}

    measure = signed_in.post(page_of("measure", helped), sent).content.decode()
    baseline = signed_in.post(page_of("baseline", helped), sent).content.decode()

    assert "pas encore fini" in measure
    assert "pas encore fini" in baseline
    assert not Measure.objects.exists()
    assert not Baseline.objects.exists()


def test_a_measure_in_another_unit_is_refused(signed_in, helped):
    sent = {"measured_on": "2026-01-31", "source": "Coop"}

    percent = signed_in.post(page_of("measure", helped), sent | {"value": "12 %"})
    half = signed_in.post(page_of("measure", helped), sent | {"value": "12,5"})

    assert "autre unité" in percent.content.decode()
    assert "nombre entier" in half.content.decode()
    assert not Measure.objects.exists()


def test_what_could_not_be_measured_says_why_and_is_no_zero(signed_in, helped):
    sent = {"measured_on": "2026-01-31", "value": ""}

    bare = signed_in.post(page_of("measure", helped), sent)
    signed_in.post(page_of("measure", helped), sent | {"note": "La Coop était fermée"})
    found = read(helped)

    assert "pourquoi cela n’a pas pu être mesuré" in bare.content.decode()
    assert found.points[0].value is None
    assert found.last is None
    assert "n’a pas pu être mesuré" in progress(found)


def test_a_measure_after_the_indicator_was_retired_is_refused(signed_in, helped):
    until = {"retired_on": "2026-01-31", "retired_because": "Doublon"}
    signed_in.post(page_of("retire", helped), until)
    helped.refresh_from_db()

    late = {"value": "12", "measured_on": "2026-02-01", "source": "Coop"}
    refused = signed_in.post(page_of("measure", helped), late)
    taken = signed_in.post(
        page_of("measure", helped), late | {"measured_on": "2026-01-31"}
    )

    assert "plus suivi ce jour-là" in refused.content.decode()
    assert 302 == taken.status_code
    row = Measure(followed=helped, value=1, measured_on=date(2026, 2, 1))
    with pytest.raises(measuring.AfterRetirement):
        measuring.check_measure(row, today=TODAY)


def test_an_indicator_is_not_retired_before_its_last_measure(
    signed_in, helped, officer
):
    make_measure(helped, 12, date(2026, 2, 1), by=officer)
    until = {"retired_on": "2026-01-31", "retired_because": "Doublon"}

    early = signed_in.post(page_of("retire", helped), until)
    bare = signed_in.post(page_of("retire", helped), {"retired_on": "2026-03-01"})
    after = signed_in.post(
        page_of("retire", helped), until | {"retired_on": "2026-02-01"}
    )

    assert "Il a été mesuré après ce jour" in early.content.decode()
    assert 200 == bare.status_code
    assert 302 == after.status_code
    signed_in.post(page_of("resume", helped))
    helped.refresh_from_db()
    assert helped.retired_on is None


def test_a_measure_of_the_same_day_replaces_the_former_in_sight(
    signed_in, helped, officer
):
    day = date(2026, 1, 31)
    make_measure(helped, 12, day, by=officer)
    make_measure(helped, 5, day, part="Bourg", by=officer)

    make_measure(helped, 14, day, by=officer)

    assert [14] == [one.value for one in read(helped).points]
    assert 3 == Measure.objects.count()
    shown = signed_in.get(page_of("indicator", helped)).content.decode()
    assert "Remplacées depuis" in shown
    assert "Bourg" in shown


@pytest.mark.parametrize(
    ("start", "last", "target", "words", "wished"),
    [
        # start, last measure, target, sentence, direction (the higher, the better)
        (
            100,
            150,
            200,
            "de 50 personnes. 50\u202f% du chemin",
            "dans le sens",
        ),
        (100, 200, 200, "La cible est atteinte.", "dans le sens"),
        (100, 80, 200, "baissé de 20 personnes. Il s’est éloigné", "à l’inverse"),
        (100, 100, None, "n’a pas bougé", ""),
        (100, 133, 200, "33\u202f% du chemin", "dans le sens"),
        (210, 352, 500, "49\u202f% du chemin", "dans le sens"),
        (0, 1999, 2000, "99\u202f% du chemin", "dans le sens"),
        (1000, 999, 2000, "Il s’est éloigné", "à l’inverse"),
    ],
)
def test_how_far_an_indicator_went(helped, officer, start, last, target, words, wished):
    helped.target, helped.target_on = target, date(2027, 1, 1) if target else None
    operations.save_followed(helped, (), version=1, by=officer)
    make_baseline(helped, start, date(2025, 1, 31), by=officer)
    make_measure(helped, last, date(2026, 1, 31), by=officer)

    found = read(helped)

    assert words in progress(found)
    assert direction_of(found).startswith(wished)


def test_a_fall_is_as_wished_where_less_is_better(evaluation, officer):
    gave_up = Followed.objects.get(code="R4")
    make_baseline(gave_up, "25.5", date(2025, 1, 31), by=officer)
    make_measure(gave_up, "21", date(2026, 1, 31), by=officer)

    assert Decimal("-4.5") == read(gave_up).change
    assert direction_of(read(gave_up)).startswith("dans le sens")
    assert "Il a baissé de 4,5 points." in progress(read(gave_up))


def test_no_change_is_told_without_a_baseline_or_from_a_later_one(helped, officer):
    make_measure(helped, 12, date(2026, 1, 31), by=officer)
    alone = progress(read(helped))
    make_baseline(helped, 10, date(2026, 3, 31), by=officer)

    assert "d’où il part n’est pas noté" in alone
    assert read(helped).change is None


@pytest.mark.parametrize(
    ("frequency", "due"),
    [
        ("quarter", date(2026, 4, 28)),
        ("half_year", date(2026, 7, 28)),
        ("year", date(2027, 1, 28)),
        ("two_years", date(2028, 1, 28)),
        ("event", None),
    ],
)
def test_the_next_measure_is_awaited_in_its_time(evaluation, officer, frequency, due):
    followed = make_own(evaluation, by=officer, frequency=frequency)
    make_measure(followed, 1, date(2026, 1, 31), by=officer)

    found = read(followed)

    assert due == found.due_on
    assert (due is not None and due < TODAY) is found.is_late


def test_the_page_of_an_evaluation_takes_the_same_queries_whatever_its_length(
    signed_in, roadmap, evaluation, officer, django_assert_max_num_queries
):
    for rank in range(12):
        followed = make_own(evaluation, by=officer, name=f"Le {rank}")
        make_baseline(followed, rank, date(2025, 1, 31), by=officer)
        make_measure(followed, rank + 1, date(2026, 1, 31), by=officer)

    with django_assert_max_num_queries(18):
        page = signed_in.get(reverse("evaluation:show", args=[roadmap.pk]))

    assert "Le 11" in page.content.decode()
