"""Scales, rankings, matrices and dates: imported, counted, given back."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from jalons.questionnaires.operations import load_definition
from jalons.surveys.cells import AnswerReader, RefusedCell
from jalons.surveys.mapping import Answer
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


def read(question, answer, row):
    return AnswerReader(kinds().question(question), answer, ("NSP",)).read(row)


def test_cells_of_a_file_are_read():
    lines = Answer(question="grid", columns={"A": "mail", "B": "buy"})
    ranks = Answer(question="order", columns={"A": "money", "B": "time"})
    order = Answer(question="order", ranks=("A", "B"))
    cut = Answer(question="order", column="A", separator=";")
    degree = Answer(question="ease", column="A")

    assert {"grid": {"mail": "alone"}} == read("grid", lines, {"A": "Seul", "B": "NSP"})
    assert {"order": {"money": "2", "time": "1"}} == read(
        "order", ranks, {"A": "2", "B": "1"}
    )
    assert {"order": ["time", "money"]} == read(
        "order", order, {"A": "Temps", "B": "Argent"}
    )
    assert {"order": ["staff", "time"]} == read("order", cut, {"A": "Équipe;Temps"})
    assert {"ease": "some"} == read("ease", degree, {"A": "1"})
    assert {"ease": "not_concerned"} == read("ease", degree, {"A": "Pas concerné"})
    assert {"since": "31/03/2026"} == read(
        "since", Answer(question="since", column="A"), {"A": "31/03/2026"}
    )


def test_a_cell_that_is_no_degree_is_refused():
    lines = Answer(question="grid", columns={"A": "mail", "B": "buy"})

    with pytest.raises(RefusedCell, match="A"):
        read("grid", lines, {"A": "peut-être", "B": ""})
