"""Votes that come at once are kept in one transaction, each with its own refusal."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction

from jalons.accounts.models import Link
from jalons.live.models import Event
from jalons.workshops import casting, joining, operations
from jalons.workshops.casting import Vote, keep_votes
from jalons.workshops.joining import Newcomer
from jalons.workshops.models import Ballot
from jalons.workshops.refused import Refused
from tests.workshops.rooms import add, comes, make_workshop


@pytest.fixture
def matrix(workshop, officer):
    return add(workshop, "matrix", "Guichets", "Bus", by=officer)


def vote(matrix, who, item, impact: int, key=None) -> Vote:
    marks = {"impact": impact, "mastery": 1}
    seen = matrix.workshop_id, matrix.pk, matrix.form
    return Vote(*seen, who, marks, key or uuid4(), item.pk)


@pytest.mark.django_db
def test_of_votes_written_together_the_last_counts_and_a_refused_one_is_alone(
    workshop, matrix, officer, space
):
    desks, bus = matrix.items.in_order()
    amina, luc = (comes(workshop, alias)[0] for alias in ("Amina", "Luc"))
    stranger, _secret = comes(make_workshop(space, "blank", by=officer))
    key = uuid4()
    before = workshop_number(workshop)

    first, other, again, theirs, forged, twice = keep_votes(
        [
            vote(matrix, amina, desks, 1),
            vote(matrix, luc, desks, 2),
            vote(matrix, amina, desks, 5, key),
            vote(matrix, stranger, desks, 3),
            vote(matrix, luc, bus, 4, key),
            vote(matrix, amina, desks, 4, key),
        ]
    )

    assert again == twice
    assert isinstance(theirs, Refused)
    assert isinstance(forged, Refused)
    assert [False, True, True] == [one.is_current for one in (first, other, again)]
    kept = Ballot.objects.order_by("pk")
    assert [first, other, again] == list(kept)
    assert [1, 2, 5] == [one.marks["impact"] for one in kept]
    assert [False, True, True] == [one.is_current for one in kept]
    # One event for each ballot, in the same order, without a gap.
    told = Event.objects.filter(kind="vote", channel__name=workshop.channel)
    numbers = list(told.order_by("number").values_list("number", flat=True))
    assert [before + 1, before + 2, before + 3] == numbers


@pytest.mark.django_db
def test_an_activity_taken_away_refuses_its_votes_and_not_those_of_another(
    workshop, matrix, officer
):
    desks, _bus = matrix.items.in_order()
    amina, _secret = comes(workshop)
    late = vote(matrix, amina, desks, 1)
    gone = Vote(workshop.pk, 10**9, matrix.form, amina, late.marks, uuid4(), None)

    kept, refused = keep_votes([late, gone])

    assert kept == Ballot.objects.get()
    assert isinstance(refused, Refused)


@pytest.mark.django_db(transaction=True)
def test_votes_of_a_whole_room_at_once_are_each_kept_once(workshop, matrix, officer):
    items = list(matrix.items.in_order())
    people = [comes(workshop, f"Personne {number}")[0] for number in range(6)]
    stranger, _secret = comes(
        make_workshop(workshop.meeting.space, "blank", by=officer)
    )
    keys = {one.pk: uuid4() for one in people}
    ready = threading.Barrier(2 * len(people) + 1)
    ends: list[object] = []

    def send(who, key, item, impact) -> None:
        try:
            ready.wait(20)
            marks = {"impact": impact, "mastery": 1}
            ends.append(casting.cast(matrix, who, marks, key=key, item=item))
        except Refused as refused:
            ends.append(refused)
        finally:
            connection.close()

    hands = [
        threading.Thread(target=send, args=[who, keys[who.pk], items[0], 4])
        for who in (*people, *people)  # a double tap
    ]
    hands.append(threading.Thread(target=send, args=[stranger, uuid4(), items[1], 2]))
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)

    assert 1 == sum(isinstance(one, Refused) for one in ends)
    assert 2 * len(people) == sum(isinstance(one, Ballot) for one in ends)
    assert set(keys.values()) == {*Ballot.objects.values_list("key", flat=True)}
    assert len(people) == Ballot.objects.filter(is_current=True).count()


@pytest.mark.django_db
def test_within_another_change_a_vote_is_part_of_it(workshop, matrix):
    desks, _bus = matrix.items.in_order()
    amina, _secret = comes(workshop)
    marks = {"impact": 1, "mastery": 1}

    with transaction.atomic():
        casting.cast(matrix, amina, marks, key=uuid4(), item=desks)
        transaction.set_rollback(True)

    assert 0 == Ballot.objects.count()


def workshop_number(workshop) -> int:
    events = Event.objects.filter(channel__name=workshop.channel).order_by("number")
    return events.last().number


@pytest.mark.django_db(transaction=True)
def test_those_who_come_and_those_who_vote_at_once_are_each_kept_once(workshop, matrix):
    items = list(matrix.items.in_order())
    people = [comes(workshop, f"Personne {number}")[0] for number in range(4)]
    ready = threading.Barrier(2 * len(people))
    ends: list[object] = []

    def do(act) -> None:
        try:
            ready.wait(20)
            ends.append(act())
        finally:
            connection.close()

    def vote_of(who):
        marks = {"impact": 2, "mastery": 3}
        return lambda: casting.cast(matrix, who, marks, key=uuid4(), item=items[0])

    acts = [vote_of(who) for who in people]
    acts += [lambda: joining.join(workshop, "Rose", "") for _one in people]
    hands = [threading.Thread(target=do, args=[act]) for act in acts]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)

    secrets = {one[1] for one in ends if isinstance(one, tuple)}
    came = workshop.participants.filter(alias="Rose")
    assert {Link.digest_of(one) for one in secrets} == {one.link.digest for one in came}
    assert (4, 4) == (len(secrets), Ballot.objects.filter(is_current=True).count())
    events = Event.objects.filter(channel__name=workshop.channel).order_by("number")
    numbers = list(events.values_list("number", flat=True))
    assert list(range(1, len(numbers) + 1)) == numbers


@pytest.mark.django_db
def test_of_those_who_come_together_the_last_are_refused_once_the_room_is_full(
    workshop, officer, monkeypatch
):
    comes(workshop)
    monkeypatch.setattr(joining, "MOST_PEOPLE", 2)

    def come(*aliases: str):
        found = joining.keep_newcomers(
            [
                Newcomer(workshop, one, "", None, f"{one} {uuid4()}", "")
                for one in aliases
            ]
        )
        return [getattr(one, "alias", "") or str(one.reason) for one in found]

    luc, refused = come("Luc", "Rose")
    operations.close_workshop(workshop, by=officer)
    (late,) = come("Jean")

    assert "Luc" == luc
    assert "complet" in refused
    assert "pas ouvert" in late
    assert ["Amina", "Luc"] == [
        one.alias for one in workshop.participants.order_by("pk")
    ]
