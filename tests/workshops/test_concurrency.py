"""A double tap on a slow network: the second request waits, then finds the first."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction

from jalons.live import operations as live
from jalons.workshops import casting, contributing, joining
from jalons.workshops.models import Ballot, Item, Participant
from tests.workshops.rooms import add, comes

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"
    ),
]


def test_what_is_sent_twice_at_once_is_kept_once(workshop, officer):
    amina, _secret = comes(workshop)

    def twice(send) -> None:
        done = []

        def again() -> None:
            try:
                done.append(send(Participant.objects.get(pk=amina.pk)))
            finally:
                connection.close()

        hand = threading.Thread(target=again)
        with transaction.atomic():
            first = send(amina)
            hand.start()
            # Time enough to look for the key before the first is written.
            hand.join(timeout=0.5)
        hand.join()
        assert [first] == done

    key = uuid4()
    twice(lambda who: contributing.contribute(workshop.current, who, "4G", key=key))
    poll = add(workshop, "poll", "Oui", by=officer)
    marks = {"choices": [poll.items.get().pk]}
    twice(lambda who: casting.cast(poll, who, marks, key=key))

    assert (1, 1) == (Item.objects.filter(key=key).count(), Ballot.objects.count())


def test_somebody_who_joins_while_a_vote_is_kept_comes_in_once_it_is(workshop):
    joined = []

    def come() -> None:
        try:
            joined.append(joining.join(workshop, "Luc", ""))
        finally:
            connection.close()

    hand = threading.Thread(target=come)
    with transaction.atomic():
        held = contributing.hold(workshop.current)
        hand.start()
        hand.join(timeout=0.5)
        # Who joins has not the channel yet: each would wait for the other.
        live.tell(held.channel, "vote", to=("stage",))
    hand.join(timeout=20)

    assert 1 == len(joined)
