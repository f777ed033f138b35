"""A weighted share and the count behind it would tell what a few people said."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import translation

from jalons.fieldwork import figures, words
from jalons.fieldwork.figures import UNDER
from jalons.fieldwork.people import people_of
from jalons.territories.models import Territory
from tests.factories import make_round, make_space, make_territory, make_user
from tests.fieldwork.test_results import meet

pytestmark = pytest.mark.django_db

MET = {"Ici": 40, "Là": 20}
INHABITANTS = {"Ici": 300, "Là": 700}
WEIGHTS = {"Ici": 0.45, "Là": 2.1}
"""30 % of 60 people over 40, 70 % over 20: anybody works it out from what is shown."""


def survey(there, said=12, **more):
    """Twelve who never use internet, so many of them in the small commune."""
    communes = [make_territory(one, Territory.Kind.COMMUNE) for one in MET]
    for one in communes:
        one.population = INHABITANTS[one.name]
        one.save()
    round = make_round(*communes, **more)
    for commune, never in zip(communes, (said - there, there), strict=True):
        meet(round, never, commune, F5="never")
        meet(round, MET[commune.name] - never, commune, F5="daily")
    return round


def never(round):
    found = figures.results_of(people_of(round))
    (asked,) = [one for one in found.questions if one.question.code == "F5"]
    return {one.code: one for one in asked.shares}["never"]


@pytest.mark.parametrize("there", range(1, 5))
def test_who_knows_the_weights_does_not_find_how_few_said_it_in_a_commune(there):
    found = never(survey(there))

    fits = {
        many
        for many in range(MET["Là"] + 1)
        for few in range(MET["Ici"] + 1)
        if few + many >= 11
        and round((few * WEIGHTS["Ici"] + many * WEIGHTS["Là"]) / 60, 2) == found.share
    }
    assert {there} < fits
    assert 0 in fits
    assert (None, 60) == (found.count, found.n)
    assert not found.is_secret


def test_nothing_weighted_is_told_closer_than_a_percent():
    found = never(survey(3))

    # Nine of 0.45 and three of 2.1: 10.35 of 60.
    assert 0.17 == found.share
    for one in (found.interval.low, found.interval.high):
        assert one == round(one, 2)
    assert figures._in_percent(0.001) == UNDER
    assert 0.0 == figures._in_percent(0.0)


def fits(found, places):
    """What a reader who knows the weights finds: how many said it in each commune."""
    shares = [found.share] if found.share is not None else []
    return [
        (few, many)
        for share in shares
        for few in range(places["Ici"] + 1)
        for many in range(places["Là"] + 1)
        if round((few * WEIGHTS["Ici"] + many * WEIGHTS["Là"]) / 60, 2) == share
    ]


@pytest.mark.parametrize(
    ("there", "said", "is_told"),
    [
        (3, 16, True),  # 20 %: up to five in the large one, perhaps nobody.
        (7, 21, False),  # 35 %: two to ten in the large one.
        (13, 39, False),  # 65 %: two to ten there who did not.
        (10, 30, True),  # 50 %: six to fourteen.
    ],
)
def test_a_share_that_tells_how_few_of_a_commune_said_it_is_not_told(
    there, said, is_told
):
    found = never(survey(there, said))

    assert (found.share is not None) == is_told
    for at, name in enumerate(MET):
        if counts := {pair[at] for pair in fits(found, MET)}:
            assert 0 in counts or max(counts) >= 11
            others = {MET[name] - one for one in counts}
            assert 0 in others or max(others) >= 11


def test_shares_told_alike_have_one_interval_whoever_said_it():
    # 13 of 0.45 and 3 of 2.1 (20.25 %), 8 and 4 (20 %), 17 and 2 (19.75 %).
    found = [never(survey(there, said)) for there, said in ((3, 16), (4, 12), (2, 19))]

    assert {0.20} == {one.share for one in found}
    assert 1 == len({one.interval for one in found})


def test_an_interval_stays_on_one_line():
    found = never(survey(3))

    with translation.override("fr"):
        told = words.told(found)

    # A line may end after a dash, never before a word joiner.
    assert re.search(r"\[\d+–\u2060\d+\]$", told)


def test_without_weights_people_are_counted_and_with_them_they_are_not(client):
    owner = make_user()
    weighted = survey(3, space=make_space(owner=owner))
    client.force_login(owner)
    address = reverse("fieldwork:results", args=[weighted.pk])

    def page():
        text = client.get(address, {"question": "F5"}).content.decode()
        part = text[text.index('id="questions"') :].split("</table>")[0]
        return [*re.findall(r'<t[dh][^>]*class="n"[^>]*>([^<]*)<', part)]

    shares = page()
    Territory.objects.update(population=None)
    counted = page()

    assert "Part" in shares
    assert "12" not in shares
    assert any(one.startswith("17") for one in shares)
    assert {"12", "48"} <= {*counted}
    with translation.override("fr"):
        assert "arrondies" not in " ".join(words.weighting(people_of(weighted), {}))


def test_a_page_of_weighted_shares_says_why_nobody_is_counted():
    people = people_of(survey(3))

    with translation.override("fr"):
        said = " ".join(words.weighting(people, {}))

    assert "Les parts sont arrondies" in said
