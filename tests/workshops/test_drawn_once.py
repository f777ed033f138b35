"""A piece of a page drawn once for many holds nothing of one of them."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from jalons.workshops import drawn_once, joining, operations, seating
from tests.workshops.rooms import add, comes, post, votes

HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(drawn_once, "_kept", {})


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_each_who_arrives_has_a_token_of_their_own(workshop):
    address = reverse("workshops:join", args=[workshop.code])
    first, second = (Client(enforce_csrf_checks=True) for _one in range(2))

    pages = [read(one, address) for one in (first, second)]
    tokens = [TOKEN.findall(page)[0] for page in pages]

    assert tokens[0] != tokens[1]
    assert TOKEN.sub("…", pages[0]) == TOKEN.sub("…", pages[1])
    assert 1 == len(drawn_once._kept)
    sent = {"alias": "Amina", "family": "", "csrfmiddlewaretoken": tokens[0]}
    assert 403 == second.post(address, sent).status_code
    sent["csrfmiddlewaretoken"] = tokens[1]
    assert 302 == second.post(address, sent).status_code
    assert 1 == workshop.participants.count()


def test_the_form_to_join_shows_what_changed_since(client, workshop, officer):
    address = reverse("workshops:join", args=[workshop.code])
    read(client, address)

    seating.set_tables(workshop, ["Le marché"], by=officer)
    with_tables = read(client, address)
    workshop.meeting.title = "Un autre titre <b>"
    workshop.meeting.save()
    renamed = read(client, address)
    operations.close_workshop(workshop, by=officer)
    closed = read(client, address)

    assert "Le marché" in with_tables
    assert "Un autre titre &lt;b&gt;" in renamed
    assert "Cet atelier est fermé" in closed
    english = Client(headers={"Accept-Language": "en"})
    assert "This workshop is closed" in read(english, address)


def test_two_telephones_share_the_form_of_a_vote_and_nothing_that_is_theirs(
    client, workshop, officer
):
    matrix = add(workshop, "matrix", "Guichets", "Bus", by=officer)
    people = [comes(workshop, alias) for alias in ("Amina", "Luc")]
    addresses = [reverse("workshops:pocket", args=[one]) for _who, one in people]

    pages = [read(client, one) for one in addresses]

    assert 1 == len(drawn_once._kept)
    for page, address, (who, secret) in zip(pages, addresses, people, strict=True):
        fields = dict(HIDDEN.findall(page))
        assert str(who.pk) == fields["personne"]
        assert f'href="{address}?item=' in page
        assert reverse("workshops:send", args=[secret]) in page
    keys = [re.findall(r'name="key" value="([^"]+)"', page)[0] for page in pages]
    assert keys[0] != keys[1]
    # An answer kept is drawn for its own person.
    item = matrix.items.in_order().first()
    votes(matrix, people[0][0], "impact=5&mastery=1", item)
    shown = [read(client, f"{one}?item={item.pk}") for one in addresses]
    assert [True, False] == [" checked" in page for page in shown]
    (secret,) = (secret for who, secret in people if who.alias == "Luc")
    refused = post(client, secret, act="vote", item=item.pk, impact=9, mastery=1)
    assert "data-refused" in refused.content.decode()


def test_the_page_of_a_neighbour_without_a_telephone_keeps_speaking_for_them(
    client, workshop, officer
):
    add(workshop, "matrix", "Guichets", "Bus", by=officer)
    amina, secret = comes(workshop)
    rose = joining.enter_person(workshop, "Rose", "", host=amina)
    address = reverse("workshops:pocket", args=[secret])

    own, hers = read(client, address), read(client, f"{address}?personne={rose.pk}")

    assert str(amina.pk) == dict(HIDDEN.findall(own))["personne"]
    assert str(rose.pk) == dict(HIDDEN.findall(hers))["personne"]
    assert f"&amp;personne={rose.pk}" in hers
    assert "&amp;personne=" not in own.split("<nav")[1]
    assert "Rose" in own
