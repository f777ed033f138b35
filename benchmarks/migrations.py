"""How long readers and writers wait while a table of a million rows changes.

On a PostgreSQL of its own. Two sessions read and write one row all the time while each
operation that a migration may make (`tests/house/test_migrations.py`) is made, as
Django writes it; what is measured is the longest time that one of them waited. More
than a second is a failure.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

from benchmarks.cluster import Cluster, is_there
from benchmarks.driver import Line, keep, show

ROWS, QUICK_ROWS = 1_000_000, 50_000
MOST_SECONDS = 1.0
TABLE = (
    "CREATE TABLE answers (id bigserial PRIMARY KEY, campaign bigint NOT NULL,"
    " note text NOT NULL, sent_at timestamptz)"
)
FILLED = (
    "INSERT INTO answers (campaign, note, sent_at) SELECT n %% 500, repeat('x', 300),"
    " now() FROM generate_series(1, %s) n"
)
# What Django writes for each, in order; a list is one transaction.
ROUTINE: Sequence[tuple[str, Sequence[str]]] = (
    (
        "a column that may be null",
        ["ALTER TABLE answers ADD COLUMN remark text NULL"],
    ),
    (
        "a column with a value given by the database",
        ["ALTER TABLE answers ADD COLUMN rank integer DEFAULT 0 NOT NULL"],
    ),
    (
        "a column that points to another table",
        [
            "CREATE TABLE places (id bigserial PRIMARY KEY)",
            "ALTER TABLE answers ADD COLUMN place_id bigint NULL"
            " CONSTRAINT answers_place REFERENCES places (id)"
            " DEFERRABLE INITIALLY DEFERRED;"
            " SET CONSTRAINTS answers_place IMMEDIATE",
        ],
    ),
    (
        "a column that may be null from now on",
        ["ALTER TABLE answers ALTER COLUMN note DROP NOT NULL"],
    ),
    (
        "an index made while serving",
        ["CREATE INDEX CONCURRENTLY by_campaign ON answers (campaign, sent_at)"],
    ),
    (
        "a column taken away, one release later",
        ["ALTER TABLE answers DROP COLUMN remark CASCADE"],
    ),
)
# What the test refuses, measured to know why.
REFUSED: Sequence[tuple[str, Sequence[str]]] = (
    ("refused: an index made plainly", ["CREATE INDEX plain ON answers (sent_at)"]),
    (
        "refused: a check of the whole table",
        ["ALTER TABLE answers ADD CONSTRAINT long CHECK (length(note) < 1000)"],
    ),
    (
        "refused: another type",
        ["ALTER TABLE answers ALTER COLUMN rank TYPE bigint"],
    ),
)


class Asking(threading.Thread):
    """One session that does the same thing again and again, and notes its waits."""

    def __init__(self, url: str, statement: str) -> None:
        super().__init__(daemon=True)
        self.url, self.statement = url, statement
        self.over = threading.Event()
        self.longest = 0.0

    def run(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as session:
            while not self.over.is_set():
                began = time.perf_counter()
                session.execute(self.statement)
                self.longest = max(self.longest, time.perf_counter() - began)
                time.sleep(0.002)


def waits(url: str, statements: Sequence[str]) -> tuple[float, float, float]:
    """Seconds: of the change, and the longest wait of a reader and of a writer."""
    reader = Asking(url, "SELECT note FROM answers WHERE id = 7")
    writer = Asking(url, "UPDATE answers SET sent_at = now() WHERE id = 7")
    for one in (reader, writer):
        one.start()
    time.sleep(0.3)
    with psycopg.connect(url, autocommit=True) as session:
        began = time.perf_counter()
        for statement in statements:
            session.execute(statement)
        taken = time.perf_counter() - began
    time.sleep(0.2)
    for one in (reader, writer):
        one.over.set()
        one.join()
    return taken, reader.longest, writer.longest


def measure(rows: int) -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        with Cluster(Path(folder) / "cluster") as cluster:
            with psycopg.connect(cluster.url, autocommit=True) as session:
                session.execute(TABLE)
                session.execute(FILLED, [rows])
                session.execute("VACUUM ANALYZE answers")
                session.execute("CHECKPOINT")
            return [
                dict(
                    zip(
                        ("change", "rows", "seconds", "reader", "writer"),
                        (name, rows, *waits(cluster.url, statements)),
                        strict=True,
                    )
                )
                for name, statements in (*ROUTINE, *REFUSED)
            ]


def main(*, quick: bool = False, full: bool = False) -> None:
    if not is_there():
        print("migrations: PostgreSQL is not installed, nothing measured")
        return
    found = measure(QUICK_ROWS if quick else ROWS)
    keep("migrations", found)
    routine = {name for name, _statements in ROUTINE}
    lines = []
    for one in found:
        longest = max(float(str(one["reader"])), float(str(one["writer"])))
        is_held = one["change"] in routine
        target = MOST_SECONDS if is_held else None
        reached = longest <= MOST_SECONDS if is_held else None
        goal = f"{one['change']}: longest wait"
        lines.append(Line(goal, "s", longest, None, None, None, target, reached))
    show(lines)
    assert all(line.reached is not False for line in lines)
