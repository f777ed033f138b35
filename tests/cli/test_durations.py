from __future__ import annotations

import os
import resource

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families

from jalons.cli import durations

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


def test_the_disk_gives_the_whole_file_of_a_process_before_it_counts(tmp_path):
    durations.reserve(tmp_path)

    (file,) = tmp_path.iterdir()
    given = file.stat()
    assert f"histogram_{os.getpid()}.db" == file.name
    assert given.st_blocks * 512 >= given.st_size == durations.FILE_SIZE


def test_a_disk_without_room_counts_nothing_and_stops_no_process(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (durations.FILE_SIZE // 2, before[1]))
    try:
        with pytest.raises(MiddlewareNotUsed):
            durations.reserve(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert [] == list(tmp_path.iterdir())
