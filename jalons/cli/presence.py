"""Which task workers live: each holds a lock for as long as it does.

A clock would say it too, until it jumps. A lock ends with its process, however that one
ends: on PostgreSQL a lock of a session of its own, on SQLite the lock of a file, since
all who share the file are on its machine.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import IO

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

FOLDER = "workers"
KEY = "hashtextextended(%s, 0)"


class Presence:
    """The lock of one worker, taken when it is asked for and kept until the end."""

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self._file: IO[bytes] | None = None
        self._session: psycopg.Connection[tuple[object, ...]] | None = None

    def hold(self) -> None:
        """Take the lock, or take it again after the database restarted."""
        if connection.vendor == "sqlite":
            self._hold_file()
        else:
            self._hold_session()

    def release(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                os.unlink(self._file.name)
            self._file.close()
        if self._session is not None:
            with suppress(psycopg.Error):
                self._session.execute("SELECT pg_advisory_unlock_all()")
            self._session.close()
        self._file = self._session = None

    def _hold_file(self) -> None:
        if self._file is None:
            path = _path(self.worker_id)
            path.parent.mkdir(exist_ok=True)
            self._file = path.open("wb")
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def _hold_session(self) -> None:
        if self._session is not None:
            try:
                self._session.execute("SELECT 1")
                return
            except psycopg.Error:
                self._session.close()
        session = psycopg.connect(_place(), autocommit=True)
        session.execute(f"SELECT pg_advisory_lock({KEY})", [self.worker_id])
        self._session = session


def is_there(worker_id: str) -> bool:
    """Whether somebody holds the lock of this worker."""
    if connection.vendor == "sqlite":
        return _is_file_held(_path(worker_id))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({KEY})", [worker_id])
        (is_free,) = cursor.fetchone()
        if is_free:
            cursor.execute(f"SELECT pg_advisory_unlock({KEY})", [worker_id])
    return not is_free


def _is_file_held(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def _path(worker_id: str) -> Path:
    return Path(settings.VAR_DIR) / FOLDER / f"{worker_id}.lock"


def _place() -> str:
    """Where the database is: a session of our own, that no pool lends to others."""
    known = connection.get_connection_params()
    wanted = ("dbname", "host", "port", "user", "password")
    return make_conninfo(**{name: known[name] for name in wanted if name in known})
