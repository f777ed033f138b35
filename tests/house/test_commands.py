from __future__ import annotations

from django.urls import reverse


def test_the_health_page_answers_when_ready(client, db):
    response = client.get(reverse("front:health"))

    assert response.status_code == 200


def test_the_home_page_is_read_without_signing_in(client, db):
    response = client.get(reverse("front:home"))

    assert response.status_code == 200
