"""A database of one's own, where what is written stays: for what copies it whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections

from tests import prepared


@contextmanager
def own_database(folder: Path, name: str, *, is_empty: bool = False) -> Iterator[None]:
    """The connection leads to a new database, migrated unless empty, and back."""
    if connection.vendor == "sqlite":
        with _at(_new_file(folder / f"{name}.sqlite3", is_empty)):
            yield
        return
    database = f"{connection.settings_dict['NAME']}_{name}"
    template = "template0" if is_empty else prepared.name()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {database}")
        cursor.execute(f"CREATE DATABASE {database} TEMPLATE {template}")
        try:
            with _at(database):
                yield
        finally:
            cursor.execute(f"DROP DATABASE {database}")


def _new_file(path: Path, is_empty: bool) -> str:
    source = ":memory:" if is_empty else prepared.file()
    with (
        closing(sqlite3.connect(path)) as target,
        closing(sqlite3.connect(source)) as of,
    ):
        of.backup(target)
    return str(path)


@contextmanager
def _at(database: str) -> Iterator[None]:
    former = connections["default"]
    own = connections.create_connection("default")
    own.settings_dict = {**own.settings_dict, "NAME": database}
    connections["default"] = own
    try:
        yield
    finally:
        own.close()
        connections["default"] = former
