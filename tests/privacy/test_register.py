from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from jalons.privacy.declarations import declared_models
from jalons.privacy.figures import format_days, purposes, register

pytestmark = pytest.mark.django_db


def test_every_declaration_stands_in_the_register():
    models = {line.model for line in register()}

    assert models == {model._meta.label for model, _declared in declared_models()}


def test_anyone_reads_the_register_without_signing_in(client):
    response = client.get(reverse("privacy:register"))

    assert response.status_code == 200
    assert "<h1>" in response.text
    assert all(escape(one.title) in response.text for one in purposes())


def test_the_register_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("privacy:register"))


@pytest.mark.parametrize(
    ("days", "words"),
    [(365, "1 year"), (730, "2 years"), (90, "3 months"), (400, "400 days")],
)
def test_a_duration_is_said_in_the_largest_whole_unit(days, words):
    with translation.override("en"):
        assert words == format_days(days)


def test_a_purpose_is_a_heading_once_however_many_tables_serve_it(client):
    page = client.get(reverse("privacy:register"), {"tout": "1"}).content.decode()

    titles = {line.purpose for line in register()}
    assert len(titles) < len(register())
    assert {1} == {page.count(f"<h2>{escape(one)}</h2>") for one in titles}
    assert all(escape(line.held) in page for line in register())


def test_a_purpose_opens_on_all_that_is_kept_for_it_and_nothing_else(client):
    several = next(one for one in purposes() if len(one.lines) > 1)
    address = reverse("privacy:register")

    page = client.get(address, {"usage": several.code}).content.decode()
    by_other = client.get(address, {"usage": several.lines[-1].model})
    unknown = client.get(address, {"usage": "accounts.Nobody"})

    assert f"<h2>{escape(several.title)}</h2>" in page
    assert len(several.lines) == page.count("<dt>Ce qui est conservé</dt>")
    assert [several] == by_other.context["shown"]
    assert [] == unknown.context["shown"]


def test_the_code_of_a_purpose_is_the_same_in_both_languages():
    with translation.override("fr"):
        french = {one.code for one in purposes()}
    with translation.override("en"):
        english = {one.code for one in purposes()}

    assert french == english
