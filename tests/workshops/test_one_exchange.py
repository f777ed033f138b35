"""What a room of five hundred telephones asks of the server, one vote at a time."""

from __future__ import annotations

import gzip
import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from jalons.workshops import glimpses, known, operations
from tests.workshops.rooms import add, comes, votes

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WHOLE_PAGE = 30_000
"""Bytes of a page where people vote, its styles and scripts included, compressed."""


def send(client, secret: str, **fields: object):
    """What the script of the page sends."""
    address = reverse("workshops:send", args=[secret])
    return client.post(address, {"key": uuid4(), **fields}, headers={"X-Live": "block"})


def read(client, secret: str) -> str:
    page = client.get(reverse("workshops:pocket", args=[secret]))
    return page.content.decode()


def test_a_vote_is_answered_with_what_follows_and_a_refusal_with_its_reason(
    client,
    workshop,
    officer,
    settings,
    monkeypatch,
    django_assert_max_num_queries,
):
    monkeypatch.setattr(known, "_kept", {})
    settings.GLIMPSE_SECONDS = 3600
    matrix = add(workshop, "matrix", "Guichets", "Bus", by=officer)
    desks, bus = matrix.items.in_order()
    _amina, secret = comes(workshop)

    read(client, secret)
    with django_assert_max_num_queries(14):
        kept = send(client, secret, act="vote", item=desks.pk, impact=5, mastery=2)
    refused = send(client, secret, act="vote", item=bus.pk, impact=9, mastery=2)
    said, told = kept.content.decode(), refused.content.decode()

    assert (200, 400) == (kept.status_code, refused.status_code)
    assert said.lstrip().startswith('<div id="pocket"')
    assert "Votre réponse est comptée" in said
    assert "<h1>Bus</h1>" in said
    assert f"item={bus.pk}" in said
    assert "échelle de 1 à 5" in told
    assert 1 == matrix.ballots.count()
    # Without the script, the same form leads back to the page.
    sent = {"act": "vote", "item": bus.pk, "impact": 1, "mastery": 1, "key": uuid4()}
    plain = client.post(reverse("workshops:send", args=[secret]), sent)
    assert plain.url == reverse("workshops:pocket", args=[secret])


def test_the_form_that_follows_a_vote_is_accepted_and_a_forged_one_is_not(
    workshop, officer
):
    matrix = add(workshop, "matrix", "Guichets", "Bus", by=officer)
    desks, bus = matrix.items.in_order()
    _amina, secret = comes(workshop)
    phone = Client(enforce_csrf_checks=True)
    (token, *_others) = TOKEN.findall(read(phone, secret))
    vote = {"act": "vote", "impact": 5, "mastery": 2}

    first = send(phone, secret, csrfmiddlewaretoken=token, item=desks.pk, **vote)
    (again, *_others) = TOKEN.findall(first.content.decode())
    second = send(phone, secret, csrfmiddlewaretoken=again, item=bus.pk, **vote)
    forged = send(phone, secret, csrfmiddlewaretoken="x" * 64, item=bus.pk, **vote)

    assert [200, 200, 403] == [one.status_code for one in (first, second, forged)]
    assert 2 == matrix.ballots.count()


def test_telephones_share_a_count_until_they_are_told_and_never_a_hidden_one(
    client, workshop, officer, settings, monkeypatch
):
    monkeypatch.setattr(glimpses, "_kept", {})
    monkeypatch.setattr(known, "_kept", {})
    settings.GLIMPSE_SECONDS = 3600
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    yes, _no = poll.items.in_order()
    people = [comes(workshop, alias) for alias in ("Amina", "Luc", "Rose")]

    def counted() -> list[str]:
        return re.findall(r"(\d+) personnes? (?:a|ont) voté", read(client, secret))

    secret = people[0][1]
    votes(poll, people[0][0], f"choice={yes.pk}")
    assert [] == counted()
    assert {} == glimpses._kept
    operations.show_results(poll, by=officer)
    assert ["1"] == counted()
    votes(poll, people[1][0], f"choice={yes.pk}")
    assert ["1"] == counted()
    # What they are told of brings the whole count.
    operations.set_timer(workshop, 0, at=workshop.opened_at, by=officer)
    assert ["2"] == counted()
    votes(poll, people[2][0], f"choice={yes.pk}")
    settings.GLIMPSE_SECONDS = 1e-9
    assert ["3"] == counted()
    operations.hide_results(poll, by=officer)
    assert [] == counted()


@pytest.mark.parametrize("items", [12, 30])
def test_the_page_of_a_vote_weighs_30_kilobytes_at_most(
    client, workshop, officer, items
):
    texts = [f"Facteur n° {n}, dit en une phrase assez longue" for n in range(items)]
    matrix = add(workshop, "matrix", *texts, by=officer)
    amina, secret = comes(workshop)
    for one in matrix.items.all():
        votes(matrix, amina, "impact=4&mastery=2", one)
    operations.show_results(matrix, by=officer)

    page = read(client, secret)
    named = {*re.findall(r'(?:src|href)="/static/([^"]+)"', page), "js/typed.js"}
    files = [(settings.BASE_DIR / "static" / name).read_bytes() for name in named]
    weight = sum(len(gzip.compress(one)) for one in (page.encode(), *files))

    assert {"js/live.js", "css/base.css"} <= named
    assert weight <= WHOLE_PAGE
