"""Scales, matrices and rankings as the team reads them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.observatory.figures import team_degrees
from jalons.questionnaires.operations import load_definition
from tests.factories import (
    make_campaign,
    make_response,
    make_space,
    make_territory,
    make_user,
)
from tests.questionnaires.kinds import kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(client):
    user = make_user()
    client.force_login(user)
    places = [make_territory() for _number in range(4)]
    space = make_space(editor=user)
    campaign = make_campaign(*places, space=space, version=load_definition(kinds()))
    for place, said in zip(
        places,
        [
            {"ease": "full", "order": ["time", "money"], "grid": {"mail": "alone"}},
            {"ease": "never", "order": ["time"], "grid": {"mail": "helped"}},
            {"ease": "not_concerned", "order": ["money", "time"]},
            {"grid": {"mail": "dont_know", "buy": "alone"}},
        ],
        strict=True,
    ):
        make_response(campaign, place, **said)
    return campaign


def test_a_scale_has_its_distribution_and_its_median(campaign):
    scale = team_degrees(campaign).scales[0]
    (line,) = scale.lines

    assert ("ease", ("never", "some", "full")) == (scale.code, scale.degrees)
    assert (2, 1, 1) == (line.n, line.not_concerned, line.missing)
    assert [1, 0, 1] == [one.count for one in line.counts]
    assert {2} == {one.n for one in line.counts}
    assert 1 == line.median
    assert line.counts[0].interval is not None


def test_a_matrix_has_one_line_a_row(campaign):
    matrix = team_degrees(campaign).scales[1]

    assert [("mail", 2, 2, 1.5), ("buy", 1, 3, 1)] == [
        (line.part, line.n, line.missing, line.median) for line in matrix.lines
    ]


def test_a_ranking_tells_who_comes_first_and_at_what_rank(campaign):
    (ranking,) = team_degrees(campaign).rankings

    assert (2, 3, 1) == (ranking.top, ranking.n, ranking.missing)
    assert [
        ("money", 2, 3, 2, 1.5),
        ("time", 3, 3, 3, pytest.approx(4 / 3)),
        ("staff", 0, 3, 0, None),
    ] == [
        (one.option, one.top.count, one.top.n, one.ranked, one.mean_rank)
        for one in ranking.options
    ]


def test_the_page_and_the_files_say_the_same(client, campaign):
    page = client.get(reverse("observatory:degrees", args=[campaign.pk]))
    url = reverse("observatory:degrees_table", args=[campaign.pk, "order"])
    file = b"".join(client.get(url).streaming_content).decode("utf-8-sig")

    text = page.content.decode()
    assert "Tout à fait" in text
    assert "Écrire un message" in text
    assert "1,3" in text
    assert "Temps;3;3;base trop petite" in file


def test_the_median_is_told_in_the_words_of_the_scale(client, campaign):
    page = client.get(reverse("observatory:degrees", args=[campaign.pk]))

    assert "Un peu" in page.content.decode()


def test_a_file_of_another_question_is_not_found(client, campaign):
    url = reverse("observatory:degrees_table", args=[campaign.pk, "since"])

    assert 404 == client.get(url).status_code
