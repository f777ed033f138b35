from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from jalons.accounts.access import DeadLink, find_link
from jalons.accounts.models import Link
from jalons.accounts.operations import give_link, revoke_link

pytestmark = pytest.mark.django_db
RESPONDENT = Link.Purpose.RESPONDENT


def test_a_link_is_found_by_its_secret_alone():
    now = timezone.now()
    link, secret = give_link(RESPONDENT, expires_at=now + timedelta(days=1))

    found = find_link(secret, RESPONDENT, at=now)

    assert link == found


def test_the_secret_itself_is_kept_nowhere():
    link, secret = give_link(RESPONDENT, expires_at=None)

    kept = [str(value) for value in Link.objects.values_list().get()]

    assert len(secret) >= 22
    assert not any(secret in value for value in kept)


def test_a_link_without_end_stays_open():
    link, secret = give_link(RESPONDENT, expires_at=None)

    found = find_link(secret, RESPONDENT, at=timezone.now() + timedelta(days=4000))

    assert link == found


def test_an_unknown_secret_is_not_found():
    give_link(RESPONDENT, expires_at=None)

    with pytest.raises(Http404):
        find_link("inconnu", RESPONDENT, at=timezone.now())


@pytest.mark.parametrize("other", [one for one in Link.Purpose if one != RESPONDENT])
def test_a_link_opens_nothing_but_its_purpose(other):
    _link, secret = give_link(RESPONDENT, expires_at=None)

    with pytest.raises(Http404):
        find_link(secret, other, at=timezone.now())


def test_an_expired_link_is_dead_from_its_very_instant():
    end = timezone.now()
    _link, secret = give_link(RESPONDENT, expires_at=end)

    assert find_link(secret, RESPONDENT, at=end - timedelta(microseconds=1))
    with pytest.raises(DeadLink):
        find_link(secret, RESPONDENT, at=end)


def test_a_revoked_link_is_dead_and_keeps_its_first_date():
    link, secret = give_link(RESPONDENT, expires_at=None)
    revoke_link(link)
    first = link.revoked_at

    revoke_link(link)

    assert first == link.revoked_at
    with pytest.raises(DeadLink):
        find_link(secret, RESPONDENT, at=timezone.now())
    assert not Link.objects.alive(at=timezone.now()).exists()
