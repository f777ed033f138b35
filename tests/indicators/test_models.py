from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.utils import translation

from jalons.indicators.figures import inhabitants_by_level, latest, observations
from jalons.indicators.models import Indicator, Observation, Release, Source
from tests.factories import make_territory

pytestmark = pytest.mark.django_db
Status = Observation.Status


def make_indicator(code: str = "median_income", **fields) -> Indicator:
    source, _ = Source.objects.get_or_create(
        code="filosofi", title="Filosofi", producer="INSEE", licence="LO 2.0"
    )
    texts = {"fr": "Niveau de vie", "en": "Standard of living"}
    return Indicator.objects.create(
        **{
            "code": code,
            "source": source,
            "title": texts,
            "question": texts,
            "limits": texts,
            "unit": Indicator.Unit.EUROS,
            "direction": Indicator.Direction.NEITHER,
            "formula": "published",
            "author": "Projet Jalons",
        }
        | fields
    )


def observe(
    indicator: Indicator, territory, value: float | None, vintage: str = "2021"
) -> Observation:
    release, _ = Release.objects.get_or_create(
        source=indicator.source, vintage=vintage, file="filosofi.csv"
    )
    return Observation.objects.create(
        territory=territory,
        indicator=indicator,
        release=release,
        value=value,
        status=Status.MISSING if value is None else Status.PUBLISHED,
    )


@pytest.mark.parametrize("status", [Status.SECRET, Status.MISSING])
def test_an_observation_without_value_says_why_and_one_with_a_value_does_not(status):
    observation = observe(make_indicator(), make_territory(), 21_000)

    with pytest.raises(IntegrityError, match="value_or_a_reason"):
        Observation.objects.filter(pk=observation.pk).update(status=status)


def test_a_published_observation_has_a_value():
    observation = observe(make_indicator(), make_territory(), None)

    with pytest.raises(IntegrityError, match="value_or_a_reason"):
        Observation.objects.filter(pk=observation.pk).update(status=Status.PUBLISHED)


def test_a_reviewer_without_a_date_is_refused():
    with pytest.raises(IntegrityError, match="indicator_reviewer_and_date"):
        make_indicator(reviewer="Une statisticienne")


def test_the_latest_vintage_is_the_one_shown():
    indicator, epci = make_indicator(), make_territory()
    observe(indicator, epci, 22_000, "2021")
    observe(indicator, epci, 20_000, "2019")

    figure = latest("median_income", [epci])[epci.code]

    assert (figure.value, figure.vintage) == (22_000, "2021")


def test_a_territory_without_observation_is_absent():
    indicator, known, unknown = make_indicator(), make_territory(), make_territory()
    observe(indicator, known, None)

    figures = latest("median_income", [known, unknown])

    assert set(figures) == {known.code}
    assert figures[known.code].value is None


def test_several_indicators_are_one_query(django_assert_num_queries):
    epci = make_territory()
    for code in ("median_income", "poverty_rate"):
        observe(make_indicator(code), epci, 10)

    with django_assert_num_queries(1):
        found = observations(["median_income", "poverty_rate", "other"], [epci.code])

    assert [len(found[code]) for code in found] == [1, 1, 0]


def test_a_territory_that_lacks_a_level_of_density_has_no_profile():
    whole, partial = make_territory(), make_territory()
    for level in range(1, 8):
        indicator = make_indicator(f"density_{level}")
        observe(indicator, whole, 100 * level)
        observe(indicator, partial, None if level == 3 else 1)

    levels = inhabitants_by_level([whole, partial])

    assert levels == {whole.code: [100, 200, 300, 400, 500, 600, 700]}


def test_the_title_is_in_the_language_of_the_reader():
    indicator = make_indicator()

    with translation.override("en"):
        assert indicator.label == "Standard of living"
    with translation.override("fr"):
        assert indicator.label == "Niveau de vie"
