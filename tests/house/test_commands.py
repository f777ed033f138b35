from __future__ import annotations

from django.urls import reverse

from jalons.cli.management.commands.messages import called_in_f_strings


def test_the_health_page_answers_when_ready(client, db):
    response = client.get(reverse("front:health"))

    assert response.status_code == 200


def test_the_home_page_is_read_without_signing_in(client, db):
    response = client.get(reverse("front:home"))

    assert response.status_code == 200


def test_texts_inside_f_strings_are_collected_for_translation():
    source = "name = f\"{_('attendance')} {title}\""

    assert ["_('attendance')", "title"] == called_in_f_strings(source).splitlines()
