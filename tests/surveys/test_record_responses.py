"""Whole answers from a file or a simulation are recorded once per key."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from jalons.surveys import operations
from jalons.surveys.models import Contact, Response
from jalons.surveys.recording import Entry
from tests.factories import make_campaign, make_response, make_territory, make_user

pytestmark = pytest.mark.django_db

SENT_AT = datetime(2022, 4, 1, 9, 30, tzinfo=UTC)


def _entry(campaign, number: int = 1, **answers) -> Entry:
    territory = answers.pop("territory", campaign.territories.first().pk)
    given = {"territory": territory, "profile": "decision_maker", **answers}
    return Entry(uuid.uuid5(uuid.NAMESPACE_URL, str(number)), given, SENT_AT)


def _record(campaign, *entries):
    return operations.record_responses(
        campaign, entries, channel=Response.Channel.IMPORT, by=make_user()
    )


def test_recording_the_same_entries_again_changes_nothing():
    campaign = make_campaign()
    entries = [_entry(campaign, 1, P2="yes"), _entry(campaign, 2, P2="no")]

    first = _record(campaign, *entries)
    before = list(Response.objects.order_by("pk").values())
    second = _record(campaign, *entries)

    assert operations.Recorded(created=2, updated=0, unchanged=0) == first
    assert operations.Recorded(created=0, updated=0, unchanged=2) == second
    assert before == list(Response.objects.order_by("pk").values())


def test_an_entry_corrected_at_its_source_replaces_the_first():
    campaign = make_campaign()
    _record(campaign, _entry(campaign, 1, P2="yes"), _entry(campaign, 2))

    recorded = _record(campaign, _entry(campaign, 1, P2="no"), _entry(campaign, 2))

    assert operations.Recorded(created=0, updated=1, unchanged=1) == recorded
    assert {"no"} == {
        r.answers["P2"] for r in Response.objects.all() if "P2" in r.answers
    }


def test_the_date_of_the_file_is_kept():
    campaign = make_campaign()

    _record(campaign, _entry(campaign))

    assert SENT_AT == Response.objects.get().submitted_at


def test_contacts_of_a_file_are_kept_apart_and_replaced():
    campaign = make_campaign()
    contact = {"support": ["learn"], "contact_consent": "yes"}
    _record(campaign, _entry(campaign, contact="a@exemple.fr", **contact))

    recorded = _record(campaign, _entry(campaign, contact="b@exemple.fr", **contact))

    assert 1 == recorded.updated
    assert "b@exemple.fr" == Contact.objects.get().value
    assert "exemple.fr" not in str(Response.objects.get().answers)


def test_an_answer_typed_on_a_page_is_never_replaced_by_a_file():
    campaign = make_campaign()
    typed = make_response(campaign, P2="yes")

    _record(campaign, _entry(campaign, P2="no"))

    typed.refresh_from_db()
    assert "yes" == typed.answers["P2"]
    assert 2 == campaign.responses.count()


def test_one_territory_outside_the_perimeter_refuses_the_whole_file():
    campaign = make_campaign()
    elsewhere = make_territory("CC d’Ailleurs")

    with pytest.raises(operations.OutsidePerimeter):
        _record(
            campaign, _entry(campaign, 1), _entry(campaign, 2, territory=elsewhere.pk)
        )

    assert not Response.objects.exists()


def test_a_closed_campaign_takes_no_file():
    campaign = make_campaign()
    operations.close_campaign(campaign, by=make_user())

    with pytest.raises(operations.AlreadyClosed):
        _record(campaign, _entry(campaign))


def test_a_campaign_past_its_last_day_still_takes_a_file():
    today = datetime.now(tz=UTC).date()
    campaign = make_campaign(
        opens_on=today - timedelta(days=30), closes_on=today - timedelta(days=2)
    )

    recorded = _record(campaign, _entry(campaign))

    assert 1 == recorded.created
