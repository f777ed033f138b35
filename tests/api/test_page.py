"""The page of the API, in both languages: its examples are sent as they are written."""

from __future__ import annotations

import html
import re
import shlex

import pytest
from django.test import Client

from jalons.api.contract import WRITING, contract
from jalons.api.orders import MeasureLine, ResponseLine
from jalons.evaluation.models import Measure
from jalons.tokens.models import Scope
from tests.api.writing import make_program
from tests.evaluation.plans import make_evaluation
from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_roadmap

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "en")
PLAIN = {"-X", "-H", "-d"}


def page(client, language: str) -> str:
    response = client.get("/api/v1/", headers={"accept-language": language})
    return html.unescape(response.content.decode())


def examples(text: str) -> list[list[str]]:
    """The words of each command, as a shell reads them."""
    found = re.findall(r"<pre[^>]*><code>(curl .*?)</code></pre>", text, re.DOTALL)
    return [shlex.split(one.replace("\\\n", "")) for one in found]


def sends(command: list[str], secret: str, number: int):
    """What the command would send, sent."""
    told = dict.fromkeys(PLAIN, "")
    headers, address, words = {}, "", iter(command[1:])
    for word in words:
        if word == "-H":
            name, _colon, value = next(words).partition(": ")
            headers[name] = value.replace("jln_…", secret)
        elif word in PLAIN:
            told[word] = next(words)
        else:
            address = word.replace("evaluations/1/", f"evaluations/{number}/")
    path = address.removeprefix("http://testserver")
    if told["-X"] == "POST":
        kind = headers.pop("Content-Type")
        return Client().post(path, told["-d"], content_type=kind, headers=headers)
    return Client().get(path, headers=headers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_page_are_answered_and_the_trial_writes_nothing(
    client, language
):
    owner = make_user()
    space = make_space(owner=owner)
    roadmap = make_roadmap(space, by=owner)
    make_evaluation(roadmap, "O1", by=owner)
    secret = make_program(space, owner).secret

    answers = [
        sends(one, secret, roadmap.pk).json()
        for one in examples(page(client, language))
    ]

    lists, key, written = answers
    assert {"about", "items", "next"} <= {*lists}
    assert key["evaluations"][0]["number"] == roadmap.pk
    assert written["dry_run"]
    assert written["lines"] == [{"line": 1, "state": "created"}]
    assert not Measure.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_all_that_may_be_written_and_how_it_is_refused(client, language):
    text = page(client, language)
    verbs = contract()["paths"]
    writes = {path for path, one in verbs.items() if "post" in one}

    told = re.findall(r"<code>POST ([^<]+)</code>", text)
    assert {f"/api/v1/{one}" for one in told} == writes
    assert all(f"<code>{one.value}</code>" in text for one in Scope)
    assert re.findall(r"<dt><code>(\d+)</code>", text) == sorted(WRITING)
    for name in (*MeasureLine.model_fields, *ResponseLine.model_fields):
        assert re.search(f"[“«]\\s?{name}\\s?[”»]", text), name
