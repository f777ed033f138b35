"""The empty database of the tests: migrated once, then copied by every process.

The migrations take ten seconds and say the same thing each time. Their result is kept
under a name drawn from what it was made of: a file in `var/tests` on SQLite, a template
in the cluster on PostgreSQL. Another migration, model or requirement is another name.
"""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

SOURCES = (
    "requirements/base.txt",
    "jalons/*/migrations/*.py",
    "jalons/*/models.py",
    "jalons/*/models/*.py",
    "jalons/*/fields.py",
)
# Whoever goes from one branch to another finds the database of each.
KEPT = 8


def name() -> str:
    """What names the prepared database: its sources, file by file."""
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
            digest.update(path.read_bytes())
    return f"jalons_{digest.hexdigest()[:16]}"


def use_copy() -> None:
    """Point Django's connection to a copy of the prepared database."""
    with _alone():
        if connection.vendor == "sqlite":
            _copy_file()
        else:
            _copy_template()


def drop_copy(own: str) -> None:
    """Take the copy away, whatever session a browser's loop hid from its thread."""
    if connection.vendor == "sqlite":
        connection.creation.destroy_test_db(own, verbosity=0)
        return
    copy = connection.settings_dict["NAME"]
    connection.close()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def file() -> Path:
    """The prepared SQLite file, made if it is not there."""
    path = _folder() / f"{name()}.sqlite3"
    if not path.exists():
        for older in sorted(path.parent.glob("*.sqlite3"), key=_age)[KEPT - 1 :]:
            older.unlink()
        half = path.with_suffix(".half")
        half.unlink(missing_ok=True)
        connection.creation.create_test_db(verbosity=0, serialize=False)
        with closing(sqlite3.connect(half)) as target:
            connection.connection.backup(target)
        half.rename(path)
    return path


def _age(path: Path) -> float:
    return -path.stat().st_mtime


def _copy_file() -> None:
    source = file()
    _open(connection.creation._create_test_db(verbosity=0, autoclobber=True))
    with closing(sqlite3.connect(source)) as prepared:
        prepared.backup(connection.connection)


def _copy_template() -> None:
    wanted, own = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    copy, template = wanted["NAME"], name()
    with connection.creation._nodb_cursor() as cursor:
        if not connection.creation._database_exists(cursor, template):
            wanted["NAME"] = f"{template}_half"
            connection.creation.create_test_db(
                verbosity=0, autoclobber=True, serialize=False
            )
            connection.close()
            cursor.execute(f"ALTER DATABASE {template}_half RENAME TO {template}")
            connection.settings_dict["NAME"], wanted["NAME"] = own, copy
    wanted["TEMPLATE"] = template
    _open(connection.creation._create_test_db(verbosity=0, autoclobber=True))


def _open(database: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = database
    connection.settings_dict["NAME"] = database
    connection.ensure_connection()


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "tests"
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def _alone() -> Iterator[None]:
    """Two processes of one run do not prepare twice."""
    with (_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
