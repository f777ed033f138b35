from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config import settings as site
from jalons.analysis import fast
from jalons.audit.models import Entry
from jalons.cli import checkups, pulse
from tests.factories import make_territory

ASKED = {"queue_name": "default", "task_path": "a.b", "args_kwargs": {}}


def states(found) -> dict[str, str]:
    return {line.about: line.state for line in found}


@pytest.fixture
def open_site(settings):
    """A site that others than this machine reach, as it should be."""
    settings.SITE_URL = "https://jalons.exemple.fr"
    settings.ALLOWED_HOSTS = ["jalons.exemple.fr"]
    settings.IS_LOOPBACK = True
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    return settings


def test_an_open_site_well_set_is_told_so(open_site):
    assert states(checkups.address()) == {"address": "good"}
    assert states(checkups.proxies()) == {"proxies": "good"}


@pytest.mark.parametrize(
    ("name", "value", "look"),
    [
        ("SITE_URL", "http://jalons.exemple.fr", checkups.address),
        ("ALLOWED_HOSTS", ["autre.exemple.fr"], checkups.address),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, checkups.proxies),
        ("SECRET_KEY", "short", checkups.secret_key),
        ("BACKUP_KEY", "", checkups.backups),
        ("DEBUG", True, checkups.modes),
        (
            "EMAIL_BACKEND",
            "django.core.mail.backends.filebased.EmailBackend",
            checkups.mail,
        ),
    ],
)
def test_each_fault_of_an_open_site_is_told_with_its_mend(open_site, name, value, look):
    setattr(open_site, name, value)

    (line,) = look()

    assert line.state == "wrong"
    assert line.mend


def test_a_secret_key_that_others_read_is_told(settings, tmp_path):
    (tmp_path / "secret_key").write_text("x" * 50)
    (tmp_path / "secret_key").chmod(0o644)
    settings.SECRET_KEY, settings.IS_SQLITE = "x" * 50, True

    assert states(checkups.secret_key()) == {"secret_key": "wrong"}

    (tmp_path / "secret_key").chmod(0o600)
    assert states(checkups.secret_key()) == {"secret_key": "good"}


def test_a_secret_key_is_never_readable_by_others_even_while_written(
    monkeypatch, tmp_path
):
    monkeypatch.delenv("JALONS_SECRET_KEY", raising=False)
    monkeypatch.setattr(site, "VAR_DIR", tmp_path)
    seen, write = [], Path.write_text

    def watched(path: Path, text: str) -> int:
        seen.append(oct(path.stat().st_mode & 0o777))
        return write(path, text)

    monkeypatch.setattr(Path, "write_text", watched)

    assert len(site._secret_key()) > 50
    assert ["0o600"] == seen
    assert [tmp_path / "secret_key"] == [*tmp_path.iterdir()]


def test_of_processes_that_start_together_the_key_of_the_first_holds(
    monkeypatch, tmp_path
):
    monkeypatch.delenv("JALONS_SECRET_KEY", raising=False)
    monkeypatch.setattr(site, "VAR_DIR", tmp_path)
    write = Path.write_text

    def after_another(path: Path, text: str) -> int:
        write(tmp_path / "secret_key", "of another process")
        return write(path, text)

    monkeypatch.setattr(Path, "write_text", after_another)

    assert "of another process" == site._secret_key()
    assert [tmp_path / "secret_key"] == [*tmp_path.iterdir()]


def test_a_secret_key_that_another_machine_would_not_have_is_told(settings, tmp_path):
    (tmp_path / "secret_key").write_text("x" * 50)
    (tmp_path / "secret_key").chmod(0o600)
    settings.SECRET_KEY, settings.IS_SQLITE = "x" * 50, False

    (line,) = checkups.secret_key()
    assert ("doubtful", True) == (line.state, "JALONS_SECRET_KEY" in line.mend)

    settings.SECRET_KEY = "y" * 50
    assert states(checkups.secret_key()) == {"secret_key": "good"}


def test_a_mail_server_that_is_not_there_is_told(open_site):
    open_site.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    open_site.EMAIL_HOST, open_site.EMAIL_PORT = "127.0.0.1", 1

    (line,) = checkups.mail()

    assert line.state == "wrong"


def test_a_clock_apart_from_that_of_the_disk_is_told():
    now = timezone.now()

    assert states(checkups.clock(now)) == {"clock": "good"}
    assert states(checkups.clock(now + timedelta(hours=2))) == {"clock": "wrong"}


@pytest.mark.django_db
def test_a_sound_database_is_told_so():
    make_territory()

    found = states(pulse.database(timezone.now()))

    assert set(found.values()) == {"good"}
    assert {"database", "migrations", "reference", "tasks"} <= set(found)


@pytest.mark.django_db
def test_changes_not_made_to_the_tables_are_counted():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'spaces'")

    found = {line.about: line for line in pulse.database(timezone.now())}

    assert found["migrations"].state == "wrong"
    assert pulse.pending_migrations() > 0


@pytest.mark.django_db
def test_a_task_that_nobody_takes_is_told_once_it_has_waited():
    DBTaskResult.objects.create(backend_name="default", **ASKED)
    now = timezone.now()

    assert states(pulse.waiting(now)) == {"tasks": "good"}
    assert states(pulse.waiting(now + timedelta(hours=1))) == {"tasks": "wrong"}


@pytest.mark.django_db
def test_a_line_written_tomorrow_is_told():
    make_territory()
    Entry.objects.create(at=timezone.now() + timedelta(days=1), verb="a.b")

    assert states(pulse.database(timezone.now()))["clock"] == "doubtful"


@pytest.mark.django_db
def test_the_command_fails_when_something_is_wrong(settings):
    settings.SECRET_KEY = "short"
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("doctor", "--json", stdout=out)

    found = {line["about"]: line for line in json.loads(out.getvalue())}
    assert found["secret_key"]["state"] == "wrong"


@pytest.mark.django_db
def test_the_command_says_nothing_secret(settings):
    settings.SECRET_KEY, settings.BACKUP_KEY = "s" * 60, "b" * 60
    settings.EMAIL_HOST_PASSWORD = "p" * 60
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("doctor", stdout=out)

    assert not {"s" * 60, "b" * 60, "p" * 60} & set(out.getvalue().split())
    assert "reference" in out.getvalue()


def test_loops_that_were_compiled_or_not_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr(fast, "BUILT", tmp_path)
    (plain,) = checkups.loops()
    fast.built().touch()
    (compiled,) = checkups.loops()

    assert ("doubtful", True) == (plain.state, "gcc" in plain.mend)
    assert ("good", "") == (compiled.state, compiled.mend)
