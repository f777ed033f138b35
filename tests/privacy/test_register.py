from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from jalons.privacy.declarations import declared_models
from jalons.privacy.figures import format_days, register

pytestmark = pytest.mark.django_db


def test_every_declaration_stands_in_the_register():
    models = {line.model for line in register()}

    assert models == {model._meta.label for model, _declared in declared_models()}


def test_anyone_reads_the_register_without_signing_in(client):
    response = client.get(reverse("privacy:register"))

    assert response.status_code == 200
    assert "<h1>" in response.text
    assert all(str(line.purpose) for line in response.context["lines"])


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
    page = client.get(reverse("privacy:register")).content.decode()

    purposes = {line.purpose for line in register()}
    assert len(purposes) < len(register())
    assert {1} == {page.count(f"<h2>{escape(one)}</h2>") for one in purposes}
