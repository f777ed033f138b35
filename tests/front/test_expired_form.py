"""A form left open for too long: what to do, said without asking the database."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse


def test_an_expired_form_says_how_to_lose_nothing_even_without_a_database():
    sent = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"x": "1"})
    page = sent.content.decode()

    assert 403 == sent.status_code
    steps = ("page précédente", "copiez", "rechargez", "collez")
    assert sorted(map(page.index, steps)) == [*map(page.index, steps)]
    assert f'href="{reverse("front:home")}"' in page.partition("<main")[2]
    assert 'rel="stylesheet"' in page
