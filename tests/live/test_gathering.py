"""What several threads send at once is written together, each with its own end."""

from __future__ import annotations

import threading

import pytest
from django.db import OperationalError

from jalons.live.gathering import Gathering


class Book:
    """Writes numbers once told to; refuses odd ones, and is spoilt by 13."""

    def __init__(self) -> None:
        self.pages: list[list[int]] = []
        self.may_write = threading.Event()
        self.is_writing = threading.Event()
        self.is_away = False

    def write(self, numbers):
        self.is_writing.set()
        assert self.may_write.wait(20)
        if self.is_away:
            raise OperationalError("away")
        if 13 in numbers:
            raise ZeroDivisionError
        self.pages.append(list(numbers))
        return [ValueError(one) if one % 2 else one * 10 for one in numbers]


def at_once(book: Book, *numbers: int) -> dict[int, object]:
    """What each received; the first is being written while the others come."""
    gathering = Gathering(book.write)
    ends: dict[int, object] = {}

    def send(number: int) -> None:
        try:
            ends[number] = gathering.keep(number)
        except Exception as error:
            ends[number] = type(error)

    hands = [threading.Thread(target=send, args=[number]) for number in numbers]
    for place, hand in enumerate(hands):
        hand.start()
        assert book.is_writing.wait(20)
        while place and len(gathering._waiting) < place:
            assert not book.pages
    book.may_write.set()
    for hand in hands:
        hand.join(20)
    assert not gathering._is_writing
    return ends


def test_what_comes_while_somebody_writes_is_written_together_in_its_order():
    book = Book()

    ends = at_once(book, 2, 4, 5, 6)

    assert [[2], [4, 5, 6]] == book.pages
    assert {2: 20, 4: 40, 5: ValueError, 6: 60} == ends


def test_one_that_spoils_the_others_fails_alone():
    book = Book()

    ends = at_once(book, 2, 4, 13, 6)

    assert [[2], [4], [6]] == book.pages
    assert {2: 20, 4: 40, 13: ZeroDivisionError, 6: 60} == ends


def test_a_database_that_is_away_is_told_to_all_and_those_who_come_after_are_kept():
    book = Book()
    book.is_away = True

    assert {OperationalError} == set(at_once(book, 2, 4, 6).values())
    book.is_away = False

    assert 80 == Gathering(book.write).keep(8)


def test_an_interrupted_writer_leaves_nobody_waiting():
    def write(_numbers):
        raise KeyboardInterrupt

    gathering = Gathering(write)
    with pytest.raises(KeyboardInterrupt):
        gathering.keep(1)
    with pytest.raises(KeyboardInterrupt):
        gathering.keep(2)
