"""Threads of a process write to a SQLite file in the order in which they came."""

from __future__ import annotations

import threading

import pytest
from django.db import ConnectionHandler, OperationalError

from config.sqlite3.base import Line


@pytest.fixture
def writers(tmp_path, db):
    """Connections to a file of its own, one for each thread."""
    connections = ConnectionHandler(
        {
            "default": {
                "ENGINE": "config.sqlite3",
                "NAME": tmp_path / "file.sqlite3",
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5},
            }
        }
    )
    with connections["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE said (word TEXT)")
    yield connections
    connections.close_all()


def begin(connection, word):
    connection.set_autocommit(
        False, force_begin_transaction_with_broken_autocommit=True
    )
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO said VALUES (%s)", [word])


def said(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM said")
        return [word for (word,) in cursor.fetchall()]


def run(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


def test_a_thread_that_dies_while_it_writes_leaves_its_turn_and_wrote_nothing(writers):
    run(lambda: begin(writers["default"], "half"))

    begin(writers["default"], "whole")
    writers["default"].commit()

    assert ["whole"] == said(writers["default"])


def test_a_thread_that_lives_keeps_its_turn_until_it_has_written(writers):
    refusals = []

    def come_second():
        writers.settings["default"]["OPTIONS"]["timeout"] = 0.1
        try:
            begin(writers["default"], "second")
        except OperationalError as refusal:
            refusals.append(str(refusal))
        writers["default"].close()

    begin(writers["default"], "first")
    run(come_second)
    writers["default"].commit()

    assert ["database is locked"] == refusals
    assert ["first"] == said(writers["default"])


def test_a_turn_left_twice_does_not_take_that_of_another():
    line = Line()
    first = line.take(0.1)
    line.leave(first)
    second = line.take(0.1)

    line.leave(first)

    assert line.take(0.01) is None
    line.leave(second)
    assert line.take(0.1)
