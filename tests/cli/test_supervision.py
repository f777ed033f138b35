from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from prometheus_client.parser import text_string_to_metric_families

pytestmark = pytest.mark.django_db
MEASURES = "cli:measures"


def refuse(*args):
    raise DatabaseError


def test_a_site_is_ready_when_its_database_answers(client):
    response = client.get(reverse("cli:ready"))

    assert response.status_code == 200
    assert response.json() == {"ready": True, "database": "good", "tasks": "good"}


def test_a_site_whose_tables_are_not_those_of_this_version_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'spaces'")

    response = client.get(reverse("cli:ready"))

    assert (response.status_code, response.json()["database"]) == (503, "late")


def test_a_site_without_its_database_is_not_ready_and_is_measured(client):
    with connection.execute_wrapper(refuse):
        ready = client.get(reverse("cli:ready"))
        found = client.get(reverse(MEASURES))

    assert (ready.status_code, ready.json()["ready"]) == (503, False)
    assert "jalons_database_up 0.0" in found.text


def test_measures_are_what_prometheus_reads(client):
    DBTaskResult.objects.create(
        backend_name="default", queue_name="default", task_path="a.b", args_kwargs={}
    )

    text = client.get(reverse(MEASURES)).text

    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert found["jalons_database_up",] == 1
    assert found["jalons_tasks", "ready"] == 1
    assert found["jalons_migrations_pending",] == 0


@pytest.mark.parametrize(
    "come",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_measures_are_not_for_those_who_come_from_elsewhere(client, come):
    assert client.get(reverse(MEASURES), **come).status_code == 404
    assert client.get(reverse(MEASURES)).status_code == 200


def test_behind_a_proxy_nobody_is_near(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert client.get(reverse(MEASURES)).status_code == 404


def test_a_key_opens_the_measures_from_anywhere(client, settings):
    settings.METRICS_TOKEN = "a-long-key"
    far = {"REMOTE_ADDR": "192.0.2.7"}

    right = client.get(
        reverse(MEASURES), headers={"authorization": "Bearer a-long-key"}, **far
    )
    wrong = client.get(reverse(MEASURES), headers={"authorization": "Bearer other"})

    assert (right.status_code, wrong.status_code) == (200, 404)
    assert client.get(reverse(MEASURES)).status_code == 404
