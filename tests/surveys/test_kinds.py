"""Scales, rankings, matrices and dates: counted, given back."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from jalons.questionnaires.operations import load_definition
from jalons.surveys.matrix import matrix_of
from tests.factories import make_campaign, make_response, make_space, make_user
from tests.questionnaires.kinds import kinds

pytestmark = pytest.mark.django_db

SAID = {
    "ease": "full",
    "order": ["time", "money"],
    "grid": {"mail": "alone", "buy": "dont_know"},
    "since": "2026-03-31",
}


@pytest.fixture
def campaign(client):
    user = make_user()
    client.force_login(user)
    return make_campaign(
        space=make_space(editor=user), version=load_definition(kinds())
    )


def test_the_answers_of_a_campaign_are_counted_line_by_line(campaign):
    make_response(campaign, **SAID)
    make_response(campaign, ease="not_concerned", order=["staff"])

    found = matrix_of(campaign)

    assert {"profile", "ease", "order", "grid.mail", "grid.buy"} == set(found.ticks)
    assert [[0, 0], [0, 0], [1, 0], [0, 1]] == found.ticks["ease"].ticked.tolist()
    assert [[1, 0], [0, 0], [0, 0]] == found.ticks["grid.mail"].ticked.tolist()
    assert [[2, 0], [1, 0], [0, 1]] == found.ranks["order"].tolist()


def test_they_are_given_back_with_one_column_a_line(client, campaign):
    make_response(campaign, **SAID)
    url = reverse("surveys:export", args=[campaign.pk])

    coded = b"".join(client.get(url).streaming_content).decode("utf-8-sig")
    worded = b"".join(client.get(url, {"textes": 1}).streaming_content)

    (row,) = csv.DictReader(io.StringIO(coded), delimiter=";")
    assert ("full", "1", "2", "") == tuple(
        row[c] for c in ("ease", "order.time", "order.money", "order.staff")
    )
    assert ("alone", "dont_know") == (row["grid.mail"], row["grid.buy"])
    assert "2026-03-31" == row["since"]
    (row,) = csv.DictReader(io.StringIO(worded.decode("utf-8-sig")), delimiter=";")
    assert "Seul" == row["Savez-vous… – Écrire un message"]
