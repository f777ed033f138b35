"""How the database is, and what waits in it: for the doctor, readiness and metrics."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import MAXYEAR as LAST_YEAR
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from jalons.audit.models import Entry
from jalons.cli.checkups import CLOCK_SECONDS, Finding
from jalons.mail.models import Message
from jalons.territories.models import Territory

# A worker that lives takes what waits within a second; one that was busy with a large
# file, within minutes.
PATIENCE = timedelta(minutes=15)
OLDEST_POSTGRES = 140000
# As many connections as `settings.DATABASES` lets a process open, and the worker's own.
CONNECTIONS_PER_PROCESS = 18
SPARE_CONNECTIONS = 5
NTP = "timedatectl set-ntp true"


def database(at: datetime) -> Iterator[Finding]:
    """All that the database says of the site; one line when it does not answer."""
    try:
        connection.ensure_connection()
        yield from _engine()
        if late := pending_migrations():
            said = _("%(n)d changes of the tables were not made") % {"n": late}
            yield Finding("migrations", "wrong", said, "jalons migrate")
            return
        yield from _loaded()
        yield from _clocks(at)
        yield from waiting(at)
    except DatabaseError as error:
        said = _("the database does not answer (%(why)s)") % {
            "why": type(error).__name__
        }
        yield Finding("database", "wrong", said, "DATABASE_URL")


def pending_migrations() -> int:
    """How many changes of the tables this version knows and the database does not."""
    applied = MigrationRecorder(connection).applied_migrations()
    return len(_known_migrations() - set(applied))


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def oldest_wait(at: datetime) -> timedelta:
    """How long the first of the tasks that wait, and may begin, has waited."""
    asked = DBTaskResult.objects.ready().values_list("enqueued_at", "run_after")
    # Without an hour of its own, a task keeps the last of all dates.
    waits = [at - (on if due.year == LAST_YEAR else max(on, due)) for on, due in asked]
    return max([*waits, timedelta(0)])


def waiting(at: datetime) -> Iterator[Finding]:
    """Tasks that nobody takes, those that failed, mails in doubt."""
    wait, ready = oldest_wait(at), DBTaskResult.objects.ready().count()
    if wait > PATIENCE:
        said = _("%(n)d tasks wait, the first for %(m)d minutes: nobody takes them")
        numbers = {"n": ready, "m": wait.total_seconds() // 60}
        mend = _("start `jalons serve`, or `jalons db_worker`")
        yield Finding("tasks", "wrong", said % numbers, mend)
    else:
        yield Finding("tasks", "good", _("%(n)d waiting") % {"n": ready})
    failed = DBTaskResult.objects.failed().filter(
        finished_at__gt=at - timedelta(days=1)
    )
    if count := failed.count():
        said = _("%(n)d tasks failed since yesterday") % {"n": count}
        yield Finding("tasks", "doubtful", said, _("read the log of the service"))
    if count := Message.objects.uncertain(at=at).count():
        said = _("%(n)d mails may have been sent or not") % {"n": count}
        yield Finding("mails", "doubtful", said, "jalons send-mail")


def _engine() -> Iterator[Finding]:
    yield from _sqlite() if connection.vendor == "sqlite" else _postgres()


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        (state,) = cursor.fetchone()
        cursor.execute("PRAGMA journal_mode")
        (journal,) = cursor.fetchone()
    if state != "ok":
        said = _("the file of the database is damaged")
        yield Finding("database", "wrong", said, "jalons restore FILE --replace")
    elif settings.WEB_WORKERS > 1:
        said = _("several web processes write one file: they wait for one another")
        mend = _("JALONS_WEB_WORKERS=1, or PostgreSQL")
        yield Finding("database", "doubtful", said, mend)
    elif journal not in ("wal", "memory"):
        said = _("readers and the writer wait for one another (%(mode)s)")
        mend = _("keep the database on a local disk")
        yield Finding("database", "doubtful", said % {"mode": journal}, mend)
    else:
        yield Finding("database", "good", f"SQLite {sqlite3.sqlite_version}")


def _postgres() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        most = int(cursor.fetchone()[0])
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
        cursor.execute("SHOW server_encoding")
        (encoding,) = cursor.fetchone()
    needed = settings.WEB_WORKERS * CONNECTIONS_PER_PROCESS + SPARE_CONNECTIONS
    if version < OLDEST_POSTGRES or encoding != "UTF8":
        said = _("PostgreSQL 14 or later, in UTF8, is needed")
        yield Finding("database", "wrong", said, _("make another database"))
    elif most < needed:
        said = _("%(most)d connections at most, and %(needed)d may be asked for")
        mend = f"max_connections = {needed}"
        numbers = {"most": most, "needed": needed}
        yield Finding("database", "doubtful", said % numbers, mend)
    else:
        yield Finding("database", "good", f"PostgreSQL {version // 10000}")


def _table_names() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _loaded() -> Iterator[Finding]:
    yield Finding("migrations", "good", _("the tables are those of this version"))
    if settings.CACHES["default"]["LOCATION"] not in _table_names():
        said = _("the table of the limits and copies is missing: nobody can sign in")
        yield Finding("cache", "wrong", said, "jalons createcachetable")
    if Territory.objects.exists():
        yield Finding("reference", "good", _("territories are loaded"))
    else:
        said = _("no territory is loaded: nothing can be found")
        yield Finding("reference", "wrong", said, "jalons load-reference")


def _clocks(at: datetime) -> Iterator[Finding]:
    """The database's own clock, and what was written tomorrow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (theirs,) = cursor.fetchone()
        gap = abs((theirs - timezone.now()).total_seconds())
        if gap > CLOCK_SECONDS:
            said = _("the clock and that of the database are %(n)d s apart")
            yield Finding("clock", "wrong", said % {"n": gap}, NTP)
    if Entry.objects.filter(at__gt=at + timedelta(minutes=1)).exists():
        said = _("something was written in the future: the clock went back")
        yield Finding("clock", "doubtful", said, NTP)
