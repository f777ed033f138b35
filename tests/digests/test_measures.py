"""A measure that is due is told once, in the mail whose rhythm each one chose."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from jalons.digests.models import Subscription
from jalons.evaluation.models import Followed
from jalons.evaluation.reminding import measures_due
from jalons.mail.models import Message
from tests.digests.mails import choose, send
from tests.evaluation.plans import make_evaluation, make_measure
from tests.roadmaps.plans import make_roadmap

pytestmark = pytest.mark.django_db
CHOSEN = date(2026, 1, 15)
DUE = date(2026, 4, 15)


@pytest.fixture
def followed(space, officer):
    """An indicator of every three months, chosen in January."""
    make_evaluation(make_roadmap(space, by=officer), "O1", by=officer)
    Followed.objects.update(chosen_on=CHOSEN, frequency="quarter", keeper="La Mairie")
    return Followed.objects.get()


def at(day):
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def test_a_measure_is_awaited_from_its_day_until_it_is_taken(followed, officer):
    space = followed.evaluation.roadmap.space_id

    assert {} == dict(measures_due([space], DUE - timedelta(1)))
    (one,) = measures_due([space], DUE)[space]
    assert (DUE, False) == (one.due_on, one.is_simulated)
    assert followed.name in one.words
    assert "La Mairie" in one.words

    make_measure(followed, 10, DUE, by=officer)
    assert {} == dict(measures_due([space], DUE))


def test_what_is_not_followed_any_more_or_belongs_to_others_is_not_awaited(followed):
    space = followed.evaluation.roadmap.space_id
    assert {} == dict(measures_due([space + 1], DUE))

    Followed.objects.update(retired_on=CHOSEN, retired_because="Inutile")

    assert {} == dict(measures_due([space], DUE))


def test_each_due_measure_is_told_once_whatever_the_rhythm(followed, officer):
    choose(officer, "week")
    send(at(DUE - timedelta(1)))
    assert not Message.objects.exists()

    for days in (0, 0, 7, 30):
        send(at(DUE + timedelta(days)))

    mail = Message.objects.get()
    assert officer.email == mail.recipient
    assert followed.name in mail.text
    assert f"/indicateurs/{followed.pk}/" in mail.text
    make_measure(followed, 10, DUE, by=officer)
    send(at(DUE + timedelta(100)))
    assert 2 == Message.objects.count()


def test_who_never_wants_a_mail_has_none(followed, officer):
    choose(officer, "week")
    Subscription.objects.update(rhythm="never")

    assert 0 == send(at(DUE))["due"]
    assert not Message.objects.exists()
