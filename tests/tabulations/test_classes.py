"""Numbers, days and ranks crossed by classes, at an address that makes them again."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse

from jalons.observatory.figures import public_figures
from jalons.questionnaires.operations import load_definition
from jalons.tabulations.axes import answers_of, variables_of
from jalons.tabulations.classed import own_code
from jalons.tabulations.figures import Tabulated, tabulated_from
from jalons.tabulations.protection import Withheld, order, release
from jalons.tabulations.query import Query, read
from tests.factories import (
    make_campaign,
    make_response,
    make_space,
    make_territory,
    make_user,
)
from tests.observatory.test_degrees import make_survey, one_of_many
from tests.questionnaires.kinds import kinds

pytestmark = pytest.mark.django_db

SAID = [
    {"people": 0, "since": "2023-02-01", "order": ["time", "money"]},
    {"people": 3, "since": "2023-11-30", "order": ["time"]},
    {"people": 9, "since": "2025-01-15", "order": ["money", "staff"]},
    {"people": 12, "order": ["staff", "time"]},
    {},
]


@pytest.fixture
def campaign(client):
    user = make_user()
    client.force_login(user)
    place = make_territory()
    space = make_space(owner=user)
    campaign = make_campaign(place, space=space, version=load_definition(kinds()))
    for at, said in enumerate(SAID):
        profile = "staff" if at % 2 else "decision_maker"
        make_response(campaign, place, profile=profile, **said)
    return campaign


def asked(campaign, **said):
    answers = answers_of(campaign)
    data = QueryDict(urlencode(said))
    return answers, read(data, variables_of(answers, "fr"))


def totals(campaign, rows, **more):
    """The number of each category of a variable, by its words."""
    answers, found = asked(campaign, lignes=rows, colonnes="profile", **more)
    assert not found.problems
    table = tabulated_from(answers, found.query)
    labels = found.variables[found.query.rows]
    return {labels.label(one.code): one.n for one in table.layers[0].lines}


def test_a_number_is_crossed_by_the_classes_of_the_questionnaire_or_of_ones_own(
    campaign,
):
    stated = {"moins de 1": 1, "de 1 à moins de 5": 1, "5 ou plus": 2}
    typed = {"moins de 0,5": 1, "de 0,5 à moins de 10": 2, "10 ou plus": 1}

    assert stated == totals(campaign, "people")
    assert stated == totals(campaign, "people@3", **{"limites-people": ""})
    assert typed == totals(campaign, "people", **{"limites-people": "0,5; 10"})
    assert typed == totals(campaign, own_code("people", (0.5, 10)))


def test_the_address_of_own_classes_makes_the_same_table_again(campaign):
    typed = {"lignes": "people", "colonnes": "profile", "limites-people": "0,5 10"}
    _answers, first = asked(campaign, **typed)
    again = read(QueryDict(first.query.address), first.variables)

    assert "people@0.5;10" == first.query.rows
    assert first.query == again.query


@pytest.mark.parametrize("typed", ["10; 5", "beaucoup", "1; 1", "1e400", "nan"])
def test_limits_that_cut_nothing_are_refused_with_the_mend(campaign, typed):
    _answers, found = asked(
        campaign, lignes="people", colonnes="profile", **{"limites-people": typed}
    )

    assert found.query is None
    assert "du plus petit au plus grand" in found.problems[0]


@pytest.mark.parametrize("name", ["people@5;1", "people@", "why@1", "since@1", "x@1"])
def test_a_name_that_holds_no_limits_is_unknown(campaign, name):
    _answers, found = asked(campaign, lignes=name, colonnes="profile")

    assert found.query is None
    assert "n’est pas une variable" in found.problems[0]


def test_days_are_crossed_by_year_and_by_month(campaign):
    years = totals(campaign, "since-annee")
    months = totals(campaign, "since-mois")

    assert {"2023": 2, "2024": 0, "2025": 1} == years
    assert 24 == len(months)
    assert (1, 1) == (months["février 2023"], months["janvier 2025"])


def test_ranks_are_crossed_by_who_is_first_and_who_is_among_the_first(campaign):
    assert {"Argent": 1, "Temps": 2, "Équipe": 1} == totals(campaign, "order-premier")
    assert {"Argent": 2, "Temps": 3, "Équipe": 2} == totals(campaign, "order-tete")


def test_the_page_keeps_the_limits_typed_and_names_the_classes(client, campaign):
    page = client.get(
        reverse("tabulations:show", args=[campaign.pk]),
        {
            "lignes": "people",
            "colonnes": "order-premier",
            "limites-people": "4",
            "changer": "1",
        },
    ).content.decode()

    assert 'name="limites-people" value="4"' in page
    assert "moins de 4" in page
    assert "lignes=people%404&amp;colonnes=order-premier" in page
    assert '<option value="people@4" selected>' in page


def test_only_the_classes_of_the_results_are_published_beside_them(campaign):
    beside = public_figures(campaign).beside
    names = ("people", "people@3", "since", "since-mois", "order-premier", "order")
    queries = [Query(name, "profile") for name in names]

    released = release(order(campaign, queries, beside))

    reasons = [
        one.reason if isinstance(one, Withheld) else "" for one in released.tables
    ]
    assert ["classes"] * 3 == [reasons[at] for at in (1, 3, 5)]
    assert "classes" not in (reasons[0], reasons[2], reasons[4])


def first_by_period(client, said):
    """Who is placed first by period, as it would be published."""
    campaign = make_survey(client, said)
    beside = public_figures(campaign).beside
    released = release(order(campaign, [Query("since", "order-premier")], beside))
    assert 0 == released.exposed_cells
    return released.tables[0]


def test_first_places_are_crossed_and_published_when_they_tell_of_nobody(client):
    """Six people or more of each period place each option first."""
    orders = (["money", "time"], ["time", "money"])
    said = [one_of_many(at) | {"order": orders[at // 5 % 2]} for at in range(60)]

    table = first_by_period(client, said)

    assert isinstance(table, Tabulated)
    assert [[6, 6, 0], [12, 12, 0], [6, 6, 0], [6, 6, 0]] == [
        [part.count for part in line.parts] for line in table.layers[0].lines
    ]


def test_first_places_that_the_results_hide_are_not_crossed(client):
    """Money is first for twelve and next for two: the results hide the twelve."""
    table = first_by_period(client, [one_of_many(at) for at in range(60)])

    assert isinstance(table, Withheld)
