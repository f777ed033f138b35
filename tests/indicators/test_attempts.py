"""A worker killed in the middle leaves a way out, and half a file nowhere."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.files.models import StoredFile
from jalons.indicators import attempts, files
from jalons.indicators.models import Load, Observation
from jalons.indicators.writing import Abandoned
from tests.factories import make_user
from tests.indicators.places import COMMUNES, load_definitions, make_places

ROOT = Path(__file__).resolve().parents[2]
State = Load.State
INCOMES = "CODGEO;NBPERSMENFISC21;MED21;TP6021\n" + "".join(
    f"{code};1000;20000;12,5\n" for code in COMMUNES
)


@pytest.fixture
def administrator(db, client, settings, tmp_path):
    make_places()
    load_definitions(settings.REFERENCE_DIR, tmp_path / "definitions")
    user = make_user()
    user.is_staff = True
    user.save()
    client.force_login(user)
    return user


def proposed(administrator, text: str = INCOMES, source: str = "filosofi") -> Load:
    """A file that was just given, and that nobody has begun to read."""
    upload = SimpleUploadedFile("essai.csv", text.encode())
    return files.propose(upload, by=administrator, source=source, is_part=True)


def silence(pending: Load, minutes: int = 6) -> None:
    """As if the last sign of life were some minutes old."""
    before = timezone.now() - timedelta(minutes=minutes)
    Load.objects.filter(pk=pending.pk).update(moved_at=before)


def page(client, pending: Load) -> str:
    url = reverse("indicators:follow", args=[pending.pk])
    return client.get(url, headers={"accept-language": "fr"}).content.decode()


def post(client, name: str, pending: Load):
    return client.post(
        reverse(f"indicators:{name}", args=[pending.pk]),
        follow=True,
        headers={"accept-language": "fr"},
    )


def test_a_silent_load_offers_to_start_again_and_then_ends(client, administrator):
    pending = proposed(administrator)
    assert "Recommencer" not in page(client, pending)
    silence(pending)

    assert "Elle semble s’être arrêtée" in page(client, pending)
    answer = post(client, "restart", pending)

    assert "peut être chargé, millésime 2021" in answer.content.decode()
    pending.refresh_from_db()
    assert (State.READY, 2) == (pending.state, pending.attempt)
    assert 1 == Entry.objects.filter(verb="load.restarted").count()


def test_a_load_that_moves_is_not_started_twice(client, administrator):
    pending = proposed(administrator)

    answer = post(client, "restart", pending)

    assert "n’est pas arrêté" in answer.content.decode()
    pending.refresh_from_db()
    assert (State.READING, 1) == (pending.state, pending.attempt)


def test_an_older_attempt_writes_nothing(administrator):
    pending = proposed(administrator)
    attempts.read(pending.pk, 1)
    pending.refresh_from_db()
    files.confirm(pending)
    silence(pending)
    old = Load.objects.get(pk=pending.pk)
    attempts.restart(pending, by=administrator, at=timezone.now())

    attempts.write(pending.pk, 1)
    with pytest.raises(Abandoned):
        attempts._load(old, dry_run=False, done=State.LOADED)

    assert not Observation.objects.exists()
    attempts.write(pending.pk, 2)
    pending.refresh_from_db()
    assert State.LOADED == pending.state
    assert Observation.objects.filter(territory="24322").count() == 2


def test_an_error_is_told_at_once(client, administrator):
    pending = proposed(administrator)
    pending.stored.file.storage.delete(pending.stored.file.name)

    with pytest.raises(FileNotFoundError):
        attempts.read(pending.pk, 1)

    assert "Une erreur l’a arrêtée" in page(client, pending)
    post(client, "forget", pending)
    assert not Load.objects.exists()


def test_a_file_being_written_is_not_forgotten_until_it_is_silent(
    client, administrator
):
    pending = proposed(administrator)
    attempts.read(pending.pk, 1)
    pending.refresh_from_db()
    files.confirm(pending)

    post(client, "forget", pending)
    assert Load.objects.exists()

    silence(pending)
    post(client, "forget", pending)
    assert not Load.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_command_lists_restarts_and_forgets(administrator, capsys):
    pending = proposed(administrator)

    with pytest.raises(CommandError, match="not stopped|pas arrêté"):
        call_command("loads", "--restart", str(pending.pk))
    call_command("loads", "--restart", str(pending.pk), "--silent-for=0", "--dry-run")
    pending.refresh_from_db()
    assert (State.READING, 1) == (pending.state, pending.attempt)
    capsys.readouterr()

    call_command("loads", "--restart", str(pending.pk), "--silent-for=0", "--json")

    (row,) = json.loads(capsys.readouterr().out)["files"]
    assert ("ready", 2, False) == (row["state"], row["attempt"], row["stopped"])
    call_command("loads", "--forget", str(pending.pk))
    assert not Load.objects.exists()
    with pytest.raises(CommandError):
        call_command("loads", "--forget", "404")


class Outside:
    """The database of the test, where another process can read and write it."""

    def __init__(self, var: Path) -> None:
        self.path = var / "outside.sqlite3"
        self.is_sqlite = connection.vendor == "sqlite"
        url = f"sqlite:///{self.path}"
        if not self.is_sqlite:
            url = f"postgresql:///{connection.settings_dict['NAME']}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": url,
            "JALONS_VAR_DIR": str(var),
        }

    def give(self) -> None:
        self._copy(to_outside=True)

    def take_back(self) -> None:
        self._copy(to_outside=False)

    def _copy(self, *, to_outside: bool) -> None:
        if not self.is_sqlite:
            return
        other = sqlite3.connect(self.path)
        mine = connection.connection
        ends = (mine, other) if to_outside else (other, mine)
        ends[0].backup(ends[1])
        other.close()

    def rows_read(self) -> int:
        query = "SELECT rows_read FROM indicators_load"
        if not self.is_sqlite:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchone()[0]
        other = sqlite3.connect(self.path, timeout=5)
        try:
            return other.execute(query).fetchone()[0]
        finally:
            other.close()


WORKER = (
    "import sys, django; django.setup();"
    "from jalons.indicators import attempts;"
    "attempts.read(int(sys.argv[1]), 1)"
)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_reads_leaves_a_way_out(
    client, administrator, tmp_path
):
    head = "code_insee;type;date;nbr;inel_hd;" + ";".join(
        ("elig_hd05", "elig_hd3", "elig_hd8", "elig_thd30", "elig_thd100", "elig_thd1g")
    )
    kept = [f"{code};logloc;2019-09-30;10;0;0;0;0;4;3;3" for code in COMMUNES]
    aside = ["24322;pro;2019-09-30;10;0;0;0;0;4;3;3"] * 120_000
    text = "\n".join([head, *aside, *kept])
    pending = proposed(administrator, text, "arcep_fixed")
    outside = Outside(tmp_path)
    outside.give()
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(pending.pk)],
        cwd=ROOT,
        env=outside.environment,
    )
    while not outside.rows_read() and worker.poll() is None:
        time.sleep(0.01)

    worker.send_signal(signal.SIGKILL)

    assert -signal.SIGKILL == worker.wait()
    outside.take_back()
    pending.refresh_from_db()
    assert State.READING == pending.state
    assert 0 < pending.rows_read < 120_000
    silence(pending)
    assert "Elle semble s’être arrêtée" in page(client, pending)
    post(client, "restart", pending)
    pending.refresh_from_db()
    assert (State.READY, 120_005) == (pending.state, pending.rows_read)
