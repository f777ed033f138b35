"""The last place is given once, however many ask for it at the same instant."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from jalons.events import registering
from jalons.events.models import Registration
from tests.events.agenda import ask_place, make_event
from tests.factories import make_space, make_user

ROOT = Path(__file__).resolve().parents[2]
State = Registration.State


@pytest.mark.skipif(connection.vendor == "sqlite", reason="see the processes below")
@pytest.mark.django_db(transaction=True)
def test_twenty_people_in_two_threads_take_the_five_places(settings):
    officer = make_user("Chargée de mission")
    event = make_event(make_space(owner=officer), by=officer, capacity=5)
    asked = [ask_place(event, f"personne{n}@exemple.fr") for n in range(20)]
    ready = threading.Barrier(2, timeout=30)

    def come(half: list[Registration]) -> None:
        try:
            ready.wait()
            for one in half:
                registering.confirm(one)
        finally:
            connection.close()

    hands = [threading.Thread(target=come, args=[asked[n::2]]) for n in (0, 1)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(timeout=60)
        assert not hand.is_alive()

    assert 5 == event.registrations.going().count()
    assert 15 == event.registrations.waiting().count()


@pytest.mark.slow
def test_twenty_people_in_two_processes_take_the_five_places(migrated, tmp_path):
    database = tmp_path / "jalons.sqlite3"
    shutil.copy(migrated, database)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "JALONS_VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{database}",
    }

    def run(*what: str) -> subprocess.Popen:
        line = [sys.executable, "-m", "tests.events.rush", *what]
        return subprocess.Popen(line, cwd=ROOT, env=environment)

    assert 0 == run("prepare").wait(timeout=120)
    # Each begins when the other is ready too.
    hands = [run(one, str(tmp_path)) for one in ("first", "second")]
    assert [0, 0] == [one.wait(timeout=120) for one in hands]

    with closing(sqlite3.connect(database)) as known:
        counted = known.execute(
            "SELECT state, COUNT(*) FROM events_registration GROUP BY state"
        )
        assert {"going": 5, "waiting": 15} == dict(counted.fetchall())
