"""Surveyors sign in on their telephones, which seal what they collect."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from jalons.rounds import enrolment
from jalons.rounds.access import find_device
from jalons.rounds.handout import handout
from jalons.rounds.operations import set_quotas
from jalons.rounds.refused import Refused
from jalons.rounds.sealing import Unreadable, seal, unseal
from jalons.territories.models import Territory
from tests.factories import (
    interview,
    make_device,
    make_round,
    make_surveyor,
    make_territory,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_a_phone_signs_in_by_the_qr_code_or_by_the_short_code_however_typed():
    surveyor = make_surveyor()
    code = enrolment.code_of(surveyor)

    typed = [enrolment.secret_of(surveyor), code, f" {code.lower().replace('-', ' ')} "]
    phones = [
        enrolment.enrol_device(one, name="Mon  téléphone", at=timezone.now())
        for one in typed
    ]

    assert 3 == surveyor.devices.count()
    assert {"Mon téléphone"} == {one.device.name for one in phones}
    found = find_device(phones[1].secret, timezone.now())
    assert phones[1].device == found


def test_a_code_unknown_renewed_or_stopped_signs_nobody_in():
    surveyor = make_surveyor()
    old = enrolment.code_of(surveyor)
    phone = enrolment.enrol_device(old, name="A", at=timezone.now())
    enrolment.renew_code(surveyor, by=make_user())

    with pytest.raises(enrolment.UnknownCode):
        enrolment.enrol_device(old, name="B", at=timezone.now())
    assert phone.device == find_device(phone.secret, timezone.now())

    enrolment.revoke_surveyor(surveyor, by=make_user(), at=timezone.now())
    code = enrolment.code_of(surveyor)
    with pytest.raises(enrolment.Stopped):
        enrolment.enrol_device(code, name="B", at=timezone.now())
    with pytest.raises(Refused, match="revoked"):
        find_device(phone.secret, timezone.now())
    with pytest.raises(Refused, match="unknown_device"):
        find_device(enrolment.secret_of(surveyor), timezone.now())


def test_a_sealed_interview_is_read_by_its_round_alone():
    device, other = make_device(), make_device()
    round = device.surveyor.round
    sent = interview(device, F5="daily")
    envelope = seal(round.public_key, sent, "interview")

    assert "daily" not in json.dumps(envelope)
    assert sent == unseal(round.private_key, envelope)
    with pytest.raises(Unreadable):
        unseal(other.surveyor.round.private_key, envelope)
    for name in ("key", "round", "kind", "k", "iv", "c"):
        without = {n: v for n, v in envelope.items() if n != name}
        for damaged in (without, envelope | {name: "00000000"}):
            with pytest.raises(Unreadable):
                unseal(round.private_key, damaged)


def test_a_phone_downloads_what_it_needs_to_work_alone():
    here, there = (make_territory(n, Territory.Kind.COMMUNE) for n in ("Ici", "Là"))
    round = make_round(here, there)
    surveyor = enrolment.add_surveyor(round, "A", [here], by=make_user())
    set_quotas(
        round,
        {(here.pk, "woman", "a80"): 3, (there.pk, "man", "a80"): 2},
        by=make_user(),
    )

    given = json.loads(json.dumps(handout(make_device(surveyor))))

    assert [{"code": here.pk, "name": "Ici"}] == given["communes"]
    assert [(here.pk, 3, 0)] == [
        (one["commune"], one["target"], one["done"]) for one in given["wanted"]
    ]
    assert given["opening"]["fr"].startswith("Bonjour")
    assert "un an" not in given["callback"]["text"]["fr"]
    assert 6 == len(given["refusals"])
    assert round.campaign.version.checksum == given["version"]["checksum"]
    codes = [
        q["code"] for s in given["questionnaire"]["sections"] for q in s["questions"]
    ]
    assert ["commune", "sex", "age"] == codes[:3]
