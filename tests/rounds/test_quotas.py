"""Whom a team hopes to meet: shared out like the inhabitants, or written by hand."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jalons.accounts.operations import set_administrator
from jalons.rounds.handout import handout
from jalons.rounds.models import Inhabitants
from jalons.rounds.operations import load_inhabitants, set_quotas
from jalons.rounds.population import AGES
from jalons.rounds.quotas import board_of, targets_of
from jalons.rounds.reception import receive_interview
from jalons.territories.models import Territory
from tests.factories import (
    interview,
    make_device,
    make_round,
    make_space,
    make_surveyor,
    make_territory,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    user = make_user()
    client.force_login(user)
    return user


def two_communes(owner):
    here, there = (make_territory(n, Territory.Kind.COMMUNE) for n in ("Ici", "Là"))
    return here, there, make_round(here, there, space=make_space(owner=owner))


def inhabit(commune, **counts):
    """So many women and half as many men in some bands, nobody in the others."""
    cells = {(commune.pk, "woman", age): float(counts.get(age, 0)) for age in AGES}
    cells |= {(commune.pk, "man", age): counts.get(age, 0) / 2 for age in AGES}
    load_inhabitants(cells, vintage="2021", by=None)


def test_a_total_is_shared_out_like_the_inhabitants_and_reaches_the_phones(
    client, owner
):
    here, there, round = two_communes(owner)
    inhabit(here, a25_39=400, a80=80)
    inhabit(there, a25_39=120)

    page = client.post(
        reverse("rounds:quotas", args=[round.pk]), {"total": 30}, follow=True
    )

    # Of 900: 400, 200, 80, 40, 120, 60; thirty times less, the rest by remainders.
    assert {
        (here.pk, "woman", "a25_39"): 13,
        (here.pk, "man", "a25_39"): 7,
        (here.pk, "woman", "a80"): 3,
        (here.pk, "man", "a80"): 1,
        (there.pk, "woman", "a25_39"): 4,
        (there.pk, "man", "a25_39"): 2,
    } == targets_of(round)
    assert "recensement 2021" in page.content.decode()
    given = handout(make_device(make_surveyor(round)))["wanted"]
    assert 30 == sum(one["target"] for one in given)


def test_what_is_left_is_counted_person_by_person(owner):
    here, _there, round = two_communes(owner)
    set_quotas(round, {(here.pk, "woman", "a80"): 2}, by=owner)
    device = make_device(make_surveyor(round))
    for age in ("a25_39",) * 5 + ("a80",):
        sent = interview(device, commune=here.pk, sex="woman", age=age)
        receive_interview(round, device, sent, key=UUID(sent["key"]))

    board = board_of(round)

    assert [(2, 6, 1), (0, 0, 0)] == [
        (one.wished, one.met, one.left) for one in board.communes
    ]
    by_cell = {one.code: (one.wished, one.met, one.left) for one in board.people}
    assert (2, 1, 1) == by_cell["woman a80"]
    assert (0, 5, 0) == by_cell["woman a25_39"]


def test_without_the_inhabitants_wishes_are_written_by_hand_commune_by_commune(
    client, owner
):
    here, there, round = two_communes(owner)
    inhabit(here, a25_39=10)
    address = reverse("rounds:quotas", args=[round.pk])

    refused = client.post(address, {"total": 30}).content.decode()
    assert "Là" in refused[refused.index("ne sont pas chargés") :]
    assert {} == targets_of(round)

    for commune, wished in ((here, "2"), (there, "3")):
        one = reverse("rounds:quota", args=[round.pk, commune.pk])
        assert 200 == client.post(one, {"man.a15_17": "-1"}).status_code
        assert 302 == client.post(one, {"man.a15_17": wished}).status_code

    cell = ("man", "a15_17")
    assert {(here.pk, *cell): 2, (there.pk, *cell): 3} == targets_of(round)
    # Zero wishes for nothing more, whatever is loaded.
    assert 302 == client.post(address, {"total": 0}).status_code
    assert {} == targets_of(round)


def given(text, name="pop1a.csv", year=2021):
    content = text.encode() if isinstance(text, str) else text
    return {"file": SimpleUploadedFile(name, content), "year": year}


def test_an_administrator_gives_the_file_of_insee_on_a_page(client):
    make_territory("Périgueux", Territory.Kind.COMMUNE, "24322")
    administrator = make_user()
    set_administrator(administrator, True, by=None)
    client.force_login(administrator)
    url = reverse("rounds:population")
    bands = "CODGEO;SEXE;AGEPYR10;NB\n24322;1;11;70\n24322;2;18;20\n99999;2;18;1\n"

    wrong = client.post(url, given(f"{bands}24322;3;18;5\n")).content.decode()
    assert "Ligne 5, SEXE" in wrong
    zipped = client.post(url, given(b"PK\x03\x04\x00\xff\x81", "pop.zip"))
    assert 'class="error"' in zipped.content.decode()
    unclosed = given(f'{bands}24322;"1;18;5\n' + "24322;1;18;5\n" * 12_000)
    assert "guillemet" in client.post(url, unclosed).content.decode()
    assert not Inhabitants.objects.exists()

    page = client.post(url, given(bands.replace("\n", "\r"))).content.decode()
    assert "1 commune chargée" in page
    page = client.post(url, given(bands)).content.decode()
    assert "1 commune chargée" in page
    assert "trois septièmes" in page
    assert "99999" in page
    assert [20, 30] == sorted(one.count for one in Inhabitants.objects.all())


def test_two_censuses_that_stand_together_are_said(client, owner):
    here, there, round = two_communes(owner)
    inhabit(here, a80=80)
    inhabit(there, a80=80)
    url = reverse("rounds:quotas", args=[round.pk])
    assert "plusieurs recensements" not in client.get(url).content.decode()

    load_inhabitants({(there.pk, "man", "a80"): 9.0}, vintage="2022", by=None)
    page = client.get(url).content.decode()
    assert "plusieurs recensements (2021, 2022)" in page
