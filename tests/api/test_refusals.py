"""What is wrong is told in a sentence, in the language of the reader."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from jalons.observatory import operations
from tests.observatory.example import make_example


@pytest.mark.parametrize(
    ("path", "query", "name"),
    [
        ("territories", {"limit": "100000"}, "limit"),
        ("territories", {"limit": "beaucoup"}, "limit"),
        ("territories", {"kind": "planet"}, "kind"),
        ("territories/search", {}, "q"),
        ("places", {"list": "9" * 30}, "list"),
        ("places/un", {}, "number"),
    ],
)
def test_a_wrong_parameter_is_named(read, path, query, name):
    told = read(path, 422, **query)

    assert f"« {name} »" in told["detail"].replace("\u202f", " ").replace("\xa0", " ")
    assert [one["parameter"] for one in told["errors"]] == [name]


@pytest.mark.parametrize(
    ("path", "forged"),
    [
        ("territories", "pas un code"),
        ("territories", "\x00"),
        ("surveys", "-1"),
        ("places", "9" * 30),
        ("library", "eyJwayI6IDN9=="),
    ],
)
def test_a_key_that_no_list_gave_is_refused_in_words(read, path, forged):
    told = read(path, 400, after=forged)

    assert "next" in told["detail"]
    assert "Demande erronée" == told["title"]


@pytest.mark.parametrize(
    "path",
    [
        "territories/99999",
        "territories/99999/members",
        "territories?within=99999",
        "indicators/unknown",
        "indicators/unknown/values.csv",
        "indices/unknown/scores?within=99999",
        "surveys/unknown",
        "places/1",
        "place-lists/1/places.jsonl",
        "roadmaps/unknown",
        "library/unknown",
        "nothing/at/all",
        "territories/",
    ],
)
def test_what_is_not_published_does_not_exist(read, client, path):
    response = client.get(f"/api/v1/{path}", headers={"accept-language": "fr"})

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "Rien n’est publié" in response.json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_data_are_only_read(client, method):
    response = getattr(client, method)("/api/v1/territories")

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["detail"]


def test_whoever_asks_too_often_is_told_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"api": "2/5m/ip"}

    answers = [client.get("/api/v1/territories") for _turn in range(3)]

    assert [200, 200, 429] == [one.status_code for one in answers]
    assert ['"api";r=1', '"api";r=0'] == [
        one.headers["RateLimit"].partition(";t=")[0] for one in answers[:2]
    ]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 300
    assert answers[-1].headers["RateLimit-Policy"] == '"api";q=2;w=300'
    assert answers[-1].headers["Access-Control-Allow-Origin"] == "*"


def test_results_under_embargo_or_withdrawn_say_no_figure(read):
    example = make_example()
    slug = example.campaign.slug
    tomorrow = timezone.now() + timedelta(days=1)
    made = operations.publish(
        example.campaign, public_from=tomorrow, by=example.officer
    )

    assert read("surveys")["items"] == []
    read(f"surveys/{slug}", 404)
    made.public_from = timezone.now()
    made.save()
    assert [one["slug"] for one in read("surveys")["items"]] == [slug]
    operations.withdraw(made, reason="Une erreur de saisie", by=example.officer)
    assert "Une erreur de saisie" in read(f"surveys/{slug}", 410)["detail"]
    read(f"surveys/{slug}/tables/classes", 410)
    assert read("surveys")["items"] == []
