"""Messages of the networks come at the rhythm chosen, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from jalons.community.operations import withdraw_news
from tests.community.network import tell
from tests.digests.mails import choose, send, to

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_each_one_is_told_at_their_rhythm_and_never_of_their_own_words(
    space, officer, colleague
):
    now = timezone.now()
    before = tell(space, "Dit avant", by=officer)
    before.posted_at = now - timedelta(hours=1)
    before.save()
    choose(colleague, "day", "network", sent_on=timezone.localdate())
    choose(officer, "week", "network", sent_on=timezone.localdate())
    tell(space, "Panne du site", by=officer)

    assert 0 == send(now)["due"]
    assert 1 == send(now + DAY)["mails"]
    assert 0 == send(now + DAY)["mails"]
    (daily,) = to(colleague)
    assert "Panne du site" in daily.text
    assert "Dit avant" not in daily.text

    answered = tell(space, "Réponse", by=colleague)
    answered.posted_at = now + 2 * DAY
    answered.save()
    assert 1 == send(now + 7 * DAY)["mails"]
    (weekly,) = to(officer)
    assert "Réponse" in weekly.text
    assert "Panne du site" not in weekly.text
    assert [daily] == list(to(colleague))


def test_a_long_week_is_told_by_twenty_titles_and_the_number_of_the_others(
    space, officer, colleague
):
    choose(colleague, "week", "network")
    for number in range(23):
        tell(space, f"Panne n° {number} !", by=officer)
    hidden = tell(space, "Retirée", by=officer)
    withdraw_news(hidden, by=officer)

    done = send(timezone.now() + timedelta(minutes=1))

    (sent,) = to(colleague)
    assert {"network": 23} == done["things"]
    assert "23 nouveautés" in sent.subject
    assert 20 == sent.text.count("Panne n°")
    assert "et 3 de plus." in sent.text
    assert "Retirée" not in sent.text


def test_whoever_leaves_the_space_is_no_longer_told_of_it(space, officer, colleague):
    choose(colleague, "week", "network")
    tell(space, by=officer)
    space.memberships.get(user=colleague).delete()

    assert 0 == send(timezone.now() + timedelta(minutes=1))["mails"]
