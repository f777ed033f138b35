"""A contact left to be called back never meets the answers again."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from jalons.callbacks.models import CallBack
from jalons.callbacks.operations import receive_callback
from jalons.documents.words import date_format
from jalons.rounds.models import Interview
from jalons.rounds.reception import receive_interview
from jalons.rounds.refused import Refused
from tests.factories import interview, make_device

pytestmark = pytest.mark.django_db


def callback(device, **changes):
    campaign = device.surveyor.round.campaign
    return {
        "format": 1,
        "kind": "callback",
        "key": str(uuid4()),
        "round": str(device.surveyor.round.key),
        "commune": campaign.territories.first().pk,
        "name": "Mme Exemple",
        "contact": "05 00 00 00 00",
        "consent": "1",
        "asked_on": campaign.today().isoformat(),
        "token": "",
        **changes,
    }


def receive(device, sent):
    round = device.surveyor.round
    return receive_callback(round, device, sent, key=UUID(str(sent["key"])))


def test_a_contact_is_kept_once_with_the_words_agreed_to_and_its_last_day():
    device = make_device()
    sent = callback(device)

    assert ["stored", "known"] == [receive(device, sent).status for _n in (1, 2)]
    kept = CallBack.objects.get()
    assert kept.asked_on + timedelta(days=365) == kept.expires_on
    assert "CC d’Exemple" in kept.consent_text
    assert "1" == kept.consent_version


def test_what_is_kept_is_what_was_read_out_days_before_by_a_phone_without_network():
    device = make_device()
    today = device.surveyor.round.campaign.today()
    read = today + timedelta(days=365 - 9)
    beyond = today + timedelta(days=4000)

    receive(device, callback(device, consent=f"1:{read}", name="Mme\0 Un"))
    receive(device, callback(device, consent=f"1:{beyond}", name="M. Deux"))

    one, two = CallBack.objects.order_by("-name")
    assert ("Mme Un", read, "1") == (one.name, one.expires_on, one.consent_version)
    assert date_format(read, "j F Y") in one.consent_text
    # No text of this survey named that day: a year at most.
    assert today + timedelta(days=365) == two.expires_on


def test_nothing_in_the_table_leads_to_the_answers_unless_agreed():
    device = make_device()
    token = "ab" * 32
    print_of = hashlib.sha256(token.encode()).hexdigest()
    agreed = interview(device) | {"token_digest": print_of}
    receive_interview(
        device.surveyor.round, device, agreed, key=UUID(str(agreed["key"]))
    )
    receive(device, callback(device))
    receive(device, callback(device, token=token))

    fields = {field.name for field in CallBack._meta.get_fields()}
    assert not fields & {"response", "device", "surveyor", "interview", "received_at"}
    assert [""] == [one.token for one in CallBack.objects.exclude(token=token)]
    assert print_of == Interview.objects.get().token_digest


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"commune": "99999"}, "outside"),
        ({"contact": ""}, "malformed"),
        ({"code": "AAAA"}, "malformed"),
        ({"commune": "\0"}, "malformed"),
        ({"consent": "1" * 21}, "malformed"),
        ({"consent": "1\0"}, "malformed"),
        ({"name": "x" * 500}, "malformed"),
        ({"round": str(uuid4())}, "foreign_round"),
        ({"answers": {"F5": "daily"}}, "malformed"),
    ],
)
def test_a_contact_that_cannot_be_kept_is_refused(changes, reason):
    device = make_device()

    with pytest.raises(Refused, match=reason):
        receive(device, callback(device, **changes))

    assert not CallBack.objects.exists()
