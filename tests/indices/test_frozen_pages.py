"""Frozen on screen by an administrator, readable by everybody, whatever comes after."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from jalons.indices.code_version import CODE_VERSION
from jalons.indices.models import IndexDefinition, IndexResult
from jalons.territories.models import Territory
from tests.factories import make_user
from tests.indices.conftest import observe

pytestmark = pytest.mark.django_db
CODE = "chiffres-embarques"
PERIGUEUX = "200040392"
FRENCH = {"accept-language": "fr"}


@pytest.fixture
def administrator(client, region, shipped):
    user = make_user()
    user.is_staff = True
    user.save()
    client.force_login(user)
    return user


def url(name: str, *arguments: object) -> str:
    return reverse(f"indices:{name}", args=[CODE, *arguments])


def text_of(response) -> str:
    assert 200 == response.status_code
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"[ \n]+", " ", main)


def freeze(client) -> IndexResult:
    client.post(url("freeze"), follow=True, headers=FRENCH)
    return IndexResult.objects.get()


def test_an_administrator_reads_what_will_be_kept_then_keeps_it(client, administrator):
    before = text_of(client.get(url("freeze"), headers=FRENCH))
    answer = client.post(url("freeze"), follow=True, headers=FRENCH)

    assert "154 / 154" in before
    assert "Taux de pauvreté (2021)" in before
    assert CODE_VERSION in before
    kept = IndexResult.objects.get()
    assert administrator == kept.frozen_by
    after = text_of(answer)
    assert "Que disait cet indice le" in after
    assert f"par {administrator}" in after
    assert 154 + 10 == after.count('<th scope="row">')


def test_a_visitor_reads_the_result_without_the_name_of_who_froze_it(
    client, administrator
):
    kept = freeze(client)
    client.logout()

    listed = text_of(client.get(url("results"), headers=FRENCH))
    text = text_of(client.get(url("result", kept.pk), headers=FRENCH))

    assert url("result", kept.pk) in listed
    assert "par l’administration de ce site" in text
    assert str(administrator) not in listed + text
    assert "Figer le résultat" not in listed


def test_nobody_else_freezes(client, region, shipped):
    assert 302 == client.post(url("freeze")).status_code
    client.force_login(make_user())

    assert 403 == client.post(url("freeze")).status_code
    assert not IndexResult.objects.exists()


def test_nothing_is_frozen_without_a_score_and_the_page_says_why(client, administrator):
    address = reverse("indices:freeze", args=["ifn-2024"])

    page = text_of(client.get(address, headers=FRENCH))
    client.post(address)

    assert "il n’y a encore rien à figer" in page
    assert "<form method" not in page
    assert not IndexResult.objects.exists()


def test_a_frozen_result_reads_the_same_whatever_comes_after(client, administrator):
    kept = freeze(client)
    before = text_of(client.get(url("result", kept.pk), headers=FRENCH))
    csv_before = b"".join(client.get(url("result_csv", kept.pk)))

    # Other figures, other names, no more figures, and a format nobody reads any more.
    observe("poverty_rate", {PERIGUEUX: 99.0}, vintage="2030")
    Territory.objects.filter(code=PERIGUEUX).update(name="Renommée")
    definition = IndexDefinition.objects.get(code=CODE)
    definition.content["unheard_of"] = {"format": 2}
    definition.save()

    assert before == text_of(client.get(url("result", kept.pk), headers=FRENCH))
    assert csv_before == b"".join(client.get(url("result_csv", kept.pk)))
    line = next(
        line
        for line in csv_before.decode("utf-8-sig").splitlines()
        if line.startswith(PERIGUEUX)
    )
    assert "CA Le Grand Périgueux;5,713" in line
    assert "Nouvelle-Aquitaine" in line


def test_the_file_says_the_day_that_the_page_says(client, administrator):
    kept = freeze(client)
    after_midnight = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    IndexResult.objects.update(frozen_at=after_midnight)

    page = text_of(client.get(url("result", kept.pk), headers=FRENCH))
    content = b"".join(client.get(url("result_csv", kept.pk))).decode()

    assert "1er avril 2026" in page
    assert ";2026-04-01;" in content


def test_a_result_is_found_under_its_own_index_only(client, administrator):
    kept = freeze(client)

    other = reverse("indices:result", args=["quatre-axes", kept.pk])

    assert 404 == client.get(other).status_code
