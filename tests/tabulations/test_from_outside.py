"""Intervals found again from the files alone, as the method of a synthesis says it.

Nothing of the core is used: the file of answers, and the paragraph.
"""

from __future__ import annotations

import csv
import io
import random
from math import exp, log, sqrt

import pytest
from django.urls import reverse

from tests.factories import make_campaign, make_response, make_territory, make_user
from tests.tabulations.conftest import url

ADVISER = "Conseiller ou conseillère numérique, médiateur ou médiatrice"
Z = 1.959963984540054
STUDENT = {10: 2.228139, 14: 2.144787}
"""At 97.5 %, as tables print it, by degrees of freedom."""


@pytest.fixture
def asked(db, client):
    """Ninety answers about fifteen EPCI; those of one EPCI are somewhat alike."""
    officer, draw = make_user(), random.Random(4)
    places = [make_territory(f"CC {n}") for n in range(15)]
    campaign = make_campaign(*places)
    campaign.space.memberships.create(user=officer, role="editor")
    for number in range(90):
        at = draw.randrange(15)
        said = "yes" if draw.random() < 0.2 + at / 25 else "no"
        adviser = number % 3 == 0
        make_response(
            campaign,
            places[at],
            profile="digital_adviser" if adviser else "decision_maker",
            P2="no" if number % 30 == 0 else said,
            main_stake="inequalities" if said == "yes" else "public_services",
        )
    client.force_login(officer)
    return campaign


def records(client, address, query=None):
    text = b"".join(client.get(address, query).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def wilson(k, n):
    p = k / n
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return middle - half, middle + half


def interval(chosen, answered):
    """`answered` and `chosen` by EPCI, in the order of their codes."""
    met = [(k, n) for k, n in zip(chosen, answered, strict=True) if n]
    m, k, n = len(met), sum(chosen), sum(answered)
    p = k / n
    variance = (m - 1) / m * sum(((k - a) / (n - b) - p) ** 2 for a, b in met)
    half = STUDENT[m - 1] * sqrt(variance) / (p * (1 - p))
    low, high = (1 / (1 + exp(side - log(p / (1 - p)))) for side in (half, -half))
    floor = wilson(k, n)
    return round(100 * min(low, floor[0]), 1), round(100 * max(high, floor[1]), 1)


def by_territory(answers, counts, said):
    """Who said it, and who counts, in each EPCI of these answers."""
    codes = sorted({one["code du territoire"] for one in answers})
    of_each = [
        [one for one in answers if counts(one) and one["code du territoire"] == code]
        for code in codes
    ]
    return [sum(map(said, them)) for them in of_each], [len(them) for them in of_each]


def bounds(table, *labels):
    (line,) = [one for one in table if list(one.values())[: len(labels)] == [*labels]]
    low, high = list(line.values())[-2:]
    return float(low.replace(",", ".")), float(high.replace(",", "."))


def test_the_intervals_of_both_tables_are_found_again_from_the_answers(asked, client):
    answers = records(client, reverse("surveys:export", args=[asked.pk]))
    query = {"lignes": "profile", "colonnes": "P2"}
    desk = records(client, url("csv", asked), query)
    address = reverse("observatory:table", args=[asked.pk, "main_stake"])
    results = records(client, address)

    adviser = by_territory(
        answers,
        lambda one: one["profile"] == "digital_adviser",
        lambda one: one["P2"] == "yes",
    )
    stake = by_territory(
        answers,
        lambda one: one["main_stake"],
        lambda one: one["main_stake"] == "inequalities",
    )

    assert interval(*adviser) == bounds(desk, ADVISER, "Oui")
    label = "Réduire les inégalités liées au numérique"
    assert interval(*stake) == bounds(results, label)
    # Answers of one EPCI are alike: Wilson's alone would promise too much.
    assert interval(*stake)[0] < round(100 * wilson(*map(sum, stake))[0], 1)
