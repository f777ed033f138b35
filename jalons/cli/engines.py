"""The database as one file, and back, by its own means; and a print of each table.

A copy is taken while the site runs: SQLite gives its pages as they stood, PostgreSQL
exports the snapshot that `pg_dump` then reads, so that the prints told beside the copy
are those of the very same rows.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import which

from django.db import connection, transaction

# A sum of prints says the same whatever the order in which rows are read.
PRINTS = 2**256
ROWS_AT_ONCE = 2000
# Whoever holds a table while it is replaced is a site that was not stopped.
LOCK_TIMEOUT = "30s"


class EngineError(Exception):
    """A database's own program is missing, or refused: its words."""


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows a table has, and the print of them all."""

    rows: int
    checksum: str


Tables = dict[str, Table]


def copy_to(path: Path) -> Tables:
    """Write the whole database into a file; the prints of what it holds."""
    return _copy_sqlite(path) if connection.vendor == "sqlite" else _dump(path)


def replace_from(path: Path) -> None:
    """Make the database what the file holds, whole or not at all."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as source:
            source.backup(connection.connection)
    else:
        _replace_postgres(path)
    connection.close()


def tables() -> Tables:
    """The prints of the tables of the site, as they are now."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return _sqlite_tables(connection.connection)
    with transaction.atomic():
        return _postgres_tables()


def version() -> str:
    """The version of the engine, for whoever must find the same."""
    if connection.vendor == "sqlite":
        return sqlite3.sqlite_version
    return ".".join(map(str, connection.get_database_version()))


def _copy_sqlite(path: Path) -> Tables:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as target:
        connection.connection.backup(target)
        # One file, without the companions of a database in use.
        target.execute("PRAGMA journal_mode=DELETE")
        return _sqlite_tables(target)


def _sqlite_tables(db: sqlite3.Connection) -> Tables:
    names = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    return {name: _print(_values(db, name)) for (name,) in names}


def _values(db: sqlite3.Connection, name: str) -> Iterator[tuple[object, ...]]:
    """The rows of a table as SQLite keeps them.

    `+` makes an expression of a column: Django's own connection turns the columns
    that say they are dates or booleans into those.
    """
    columns = [each[1] for each in db.execute(f'PRAGMA table_info("{name}")')]
    values = ", ".join(f'+"{column}"' for column in columns)
    return db.execute(f'SELECT {values} FROM "{name}"')


def _dump(path: Path) -> Tables:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run(
            [*_program("pg_dump"), "--format=custom", "--no-owner", "--no-acl"],
            ["--snapshot", snapshot, "--file", str(path)],
        )
        return _postgres_tables()


def _postgres_tables() -> Tables:
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
    return {name: _print(_texts(name)) for name in names}


def _texts(name: str) -> Iterator[tuple[object, ...]]:
    """The rows of a table as PostgreSQL writes them, a block at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f'SELECT t::text FROM "{name}" t')
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


def _print(rows: Iterable[tuple[object, ...]]) -> Table:
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(sha256(repr(row).encode()).digest())
    return Table(count, f"{total % PRINTS:064x}")


def _replace_postgres(path: Path) -> None:
    """In one transaction: the tables that are there go, those of the file come.

    `pg_restore --clean` would leave the tables that the file does not know.
    """
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    quoted = ", ".join(f'"{name}"' for name in names)
    drop = f"DROP TABLE {quoted} CASCADE;\n" if names else ""
    script = _run(
        [which("pg_restore") or "pg_restore", "--no-owner", "--no-acl"],
        ["--no-comments", "--file", "-", str(path)],
    )
    connection.close()
    _run(
        [*_program("psql"), "--no-psqlrc", "--quiet", "--single-transaction"],
        ["--set", "ON_ERROR_STOP=1", "--file", "-"],
        given=f"SET lock_timeout = '{LOCK_TIMEOUT}';\n{drop}".encode() + script,
    )


def _program(name: str) -> list[str]:
    """A program of PostgreSQL, and where our database is; its password is not there."""
    line, _env = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, []
    )
    *where, database = line[1:]
    return [which(name) or name, *where, "--dbname", database]


def _run(line: list[str], more: list[str], *, given: bytes = b"") -> bytes:
    """What a program writes. Raises EngineError with its words when it refuses."""
    _line, env = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, []
    )
    try:
        done = subprocess.run(
            [*line, *more],
            input=given,
            env={**os.environ, **(env or {})},
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise EngineError(f"{line[0]}: not installed") from error
    except subprocess.CalledProcessError as error:
        raise EngineError(error.stderr.decode(errors="replace").strip()) from error
    return done.stdout
