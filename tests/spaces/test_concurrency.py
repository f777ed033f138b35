"""Two owners act at the same instant: the space keeps one of them."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

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
    gate, refused = threading.Barrier(2), []

    def leave(membership) -> None:
        gate.wait()
        try:
            remove_member(membership, by=membership.user)
        except LastOwner:
            refused.append(membership)
        finally:
            connection.close()

    hands = [
        threading.Thread(target=leave, args=(membership,))
        for membership in space.memberships.select_related("user", "space")
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert len(refused) == 1
    assert list(space.memberships.all()) == refused
