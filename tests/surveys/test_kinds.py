"""Scales, rankings, matrices and dates: counted, given back."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse

from jalons.questionnaires.operations import load_definition
from jalons.surveys.matrix import matrix_of
from jalons.surveys.models import Response
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


LIGHT = 30_000


def test_a_person_answers_them_without_a_script(client, campaign):
    client.logout()
    page = client.get(reverse("surveys:notice", args=[campaign.slug]))
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
    start = client.post(reverse("surveys:start", args=[campaign.slug]), {"key": key})
    at = [campaign.slug, start.url.split("/")[3]]
    place = campaign.territories.get().pk
    client.post(reverse("surveys:territory", args=at), {"territory": place})
    url = reverse("surveys:answer", args=[*at, "kinds"])
    assert len(client.get(url).content) < LIGHT

    half = {"ease": "full", "order.time": "1", "order.money": "1", "grid.mail": "alone"}
    wrong = client.post(url, half)
    assert wrong.status_code == 200
    assert 'aria-describedby="q-grid_error"' in wrong.content.decode()

    client.post(url, half | {"order.money": "2", "grid.buy": "dont_know"})
    review = client.get(reverse("surveys:review", args=at)).content.decode()
    assert "1. Temps · 2. Argent" in review
    client.post(reverse("surveys:review", args=at))

    answers = Response.objects.submitted().get().answers
    assert {"mail": "alone", "buy": "dont_know"} == answers["grid"]
    assert ["time", "money"] == answers["order"]
