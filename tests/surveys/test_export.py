"""Answers given back as a file: whole, marked, and without filling the memory."""

from __future__ import annotations

import csv
import io
import tracemalloc
import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.surveys.models import Contact, Response
from tests.factories import make_campaign, make_response, make_space, make_user

pytestmark = pytest.mark.django_db

MANY = 20_000
FLAT_BYTES = 6_000_000


@pytest.fixture
def campaign(client):
    user = make_user()
    client.force_login(user)
    return make_campaign(space=make_space(editor=user))


def _rows(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_answers_are_given_as_codes(client, campaign):
    make_response(campaign, P2="yes", P3=["delegate", "voted"], R3_exact=1.5)

    (row,) = _rows(client.get(reverse("surveys:export", args=[campaign.pk])))

    assert ("yes", "delegate|voted", "1,5") == (row["P2"], row["P3"], row["R3_exact"])
    assert campaign.territories.get().pk in row.values()


def test_answers_are_given_in_words(client, campaign):
    make_response(campaign, P2="yes")
    question = campaign.version.read().question("P2").text.fr
    url = reverse("surveys:export", args=[campaign.pk])

    (row,) = _rows(client.get(url, {"textes": 1}))

    assert row[question].startswith("Oui")


def test_drafts_and_contacts_are_not_among_the_answers(client, campaign):
    response = make_response(campaign)
    _leave_contact(response)
    Response.objects.create(
        campaign=campaign, started_at=timezone.now(), updated_at=timezone.now()
    )

    rows = _rows(client.get(reverse("surveys:export", args=[campaign.pk])))

    assert 1 == len(rows)
    assert "camille@exemple.fr" not in str(rows)


def _leave_contact(response):
    return Contact.objects.create(
        response=response,
        question_code="contact",
        value="camille@exemple.fr",
        consent_text="J’accepte",
        # Midnight and a half here, the day before in the database.
        consented_at=datetime(2026, 4, 30, 22, 30, tzinfo=UTC),
        purge_on=timezone.localdate(),
    )


def test_contacts_are_given_to_whoever_calls_back(client, campaign):
    _leave_contact(make_response(campaign))

    (row,) = _rows(client.get(reverse("surveys:contacts", args=[campaign.pk])))

    assert {"camille@exemple.fr", "2026-05-01"} <= {*row.values()}


def test_simulated_answers_say_so_on_every_line(client, campaign):
    campaign.is_simulated = True
    campaign.save()
    make_response(campaign)

    (row,) = _rows(client.get(reverse("surveys:export", args=[campaign.pk])))

    assert "SIMULÉ" == next(iter(row.values()))


@pytest.mark.slow
def test_a_large_export_is_streamed_in_flat_memory(client, campaign):
    territory = campaign.territories.get()
    now = timezone.now()
    answers = {"territory": territory.pk, "profile": "decision_maker", "P2": "yes"}
    Response.objects.bulk_create(
        (
            Response(
                campaign=campaign,
                key=uuid.uuid4(),
                territory=territory,
                profile="decision_maker",
                answers={**answers, "operators": "Une structure de terrain. " * 20},
                started_at=now,
                updated_at=now,
                submitted_at=now,
            )
            for _ in range(MANY)
        ),
        batch_size=1000,
    )
    answer = client.get(reverse("surveys:export", args=[campaign.pk]))

    tracemalloc.start()
    lines = sum(block.count(b"\n") for block in answer.streaming_content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert MANY + 1 == lines
    assert peak < FLAT_BYTES
