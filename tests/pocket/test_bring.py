"""The file of a phone that no longer finds the network."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.pocket.operations import FORMAT, NotAnExport, bring_file, read_export
from jalons.rounds.enrolment import revoke_device
from jalons.rounds.models import Interview
from jalons.rounds.reception import receive_interview
from jalons.rounds.sealing import seal
from tests.factories import interview, make_device, make_round, make_user
from tests.rounds.test_reception import reword

pytestmark = pytest.mark.django_db


def exported(*envelopes):
    return json.dumps({"format": FORMAT, "envelopes": envelopes}).encode()


def test_a_file_is_taken_once_and_what_is_refused_stops_nothing_else():
    device, by = make_device(), make_user()
    round = device.surveyor.round
    first, second = (
        seal(round.public_key, interview(device), "interview") for _ in range(2)
    )
    foreign = first | {"round": str(make_round().key)}
    revoke_device(device, by=by, at=timezone.now())
    content = exported(first, foreign, second | {"c": "AAAA"}, None, second)

    brought, again = (bring_file(round, content, by=by) for _ in range(2))

    assert (2, 0, [2, 3, 4]) == (
        brought.stored,
        brought.known,
        [one.place for one in brought.left],
    )
    assert (0, 2, 3) == (again.stored, again.known, len(again.left))
    assert 2 == Interview.objects.filter(device=None).count()
    assert 2 == Entry.objects.filter(verb="round.file").count()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"format":\n "jalons', "2"),
        (b"[" * 100_000, "1"),
        (b'{"format": "other", "envelopes": []}', ""),
        (exported().replace(b"[]", b"3"), ""),
        (b"\xff\xfe", "1"),
    ],
)
def test_another_file_is_refused_with_the_mend(content, said):
    with pytest.raises(NotAnExport, match=said or None) as refused:
        read_export(content)

    assert str(refused.value)


def test_the_team_brings_the_file_on_a_page_and_reads_what_it_held(client):
    by = make_user()
    device = make_device()
    round = device.surveyor.round
    round.campaign.space.memberships.create(user=by, role="editor")
    client.force_login(by)
    envelope = seal(round.public_key, interview(device), "interview")
    file = SimpleUploadedFile("jalons-1.json", exported(envelope, {"kind": "money"}))
    url = reverse("pocket:bring", args=[round.pk])

    page = client.post(url, {"file": file}, HTTP_ACCEPT_LANGUAGE="fr").content.decode()
    wrong = client.post(url, {"file": SimpleUploadedFile("a.json", b"{")})

    assert "Pris maintenant" in page
    assert "Envoi 2" in page
    assert 1 == Interview.objects.count()
    assert 'aria-invalid="true"' in wrong.content.decode()


def test_the_person_in_charge_takes_what_goes_with_the_questions_of_today(client):
    by, device = make_user(), make_device()
    round = device.surveyor.round
    round.campaign.space.memberships.create(user=by, role="editor")
    client.force_login(by)
    sent = interview(device, F5="daily", F2="enough")
    unknown = interview(device) | {"version": "0" * 64}
    content = exported(
        *(seal(round.public_key, one, "interview") for one in (sent, unknown))
    )
    reword(round.campaign, "F2")
    url = reverse("pocket:bring", args=[round.pk])

    def give(**more):
        file = SimpleUploadedFile("jalons-1.json", content)
        return client.post(url, {"file": file, **more}).content.decode()

    page = give()
    assert "2 réponses sur 3 vont avec les questions d’aujourd’hui" in page
    assert 'name="in_part"' in page
    assert "Gardez ensuite le fichier" in page
    assert "sur le téléphone" not in page
    assert not Interview.objects.exists()
    page = give(in_part="on")
    kept = Interview.objects.get().response
    assert {"commune", "F5"} == set(kept.answers)
    assert "Envoi 2" in page
    # The phone still has it, whole: it learns that it is known.
    assert (
        "known" == receive_interview(round, device, sent, key=UUID(sent["key"])).status
    )
