from __future__ import annotations

import pytest
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families

pytestmark = pytest.mark.django_db
NAME = "jalons_request_duration_seconds_count"


def counts(client) -> dict[tuple[str, str], float]:
    text = client.get(reverse("cli:measures")).text
    return {
        (sample.labels["page"], sample.labels["status"]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == NAME
    }


def test_answers_are_counted_by_the_name_of_their_page_and_the_kind_of_status(client):
    before = counts(client)
    client.get(reverse("front:health"))
    client.get("/espaces/12345/")
    client.get("/personne/amina@exemple.fr/")
    after = counts(client)

    grown = {key for key, n in after.items() if n > before.get(key, 0)}
    assert {
        ("front:health", "2xx"),
        ("front:space", "3xx"),
        ("unknown", "4xx"),
        ("cli:measures", "2xx"),
    } == grown


def test_measures_name_no_address_and_nobody(client):
    client.get("/personne/amina@exemple.fr/")
    client.get("/espaces/12345/?nom=amina")

    lines = client.get(reverse("cli:measures")).text.splitlines()
    # Before the last space, what is named; after it, a number.
    text = "\n".join(line.rpartition(" ")[0] for line in lines)

    assert "amina" not in text
    assert "12345" not in text
