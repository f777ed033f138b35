"""Two owners act at the same instant: the space keeps one of them."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from jalons.spaces.operations import LastOwner, remove_member
from tests.factories import make_space, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"
    ),
]


def test_two_owners_who_leave_together_do_not_leave_the_space_alone():
    space = make_space(owner=make_user())
    space.memberships.create(user=make_user(), role="owner")
    first, second = space.memberships.select_related("user", "space")
    refused = []

    def leave_second() -> None:
        try:
            remove_member(second, by=second.user)
        except LastOwner:
            refused.append(second)
        finally:
            connection.close()

    hand = threading.Thread(target=leave_second)
    with transaction.atomic():
        remove_member(first, by=first.user)
        hand.start()
        # Time enough to get through, were nothing to hold the second owner back.
        hand.join(timeout=0.5)
    hand.join()

    assert refused == [second]
    assert list(space.memberships.all()) == [second]
