"""The two engines, and how they read tables of text: CSV or Parquet, one file or many.

DuckDB runs in this process, on all its cores. Spark is given by the address of its
master: `local[2]`, `spark://host:7077`, `yarn`, `k8s://…`; it must read the files at
the addresses given (`hdfs://…`, `s3a://…`, or a folder that every machine mounts).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import duckdb as duckdb_itself
import ibis
from ibis import BaseBackend
from ibis.expr.types import Table
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

Engine = Literal["duckdb", "spark"]
ENGINES: tuple[Engine, ...] = ("duckdb", "spark")
FAILURES = (duckdb_itself.Error, PySparkException, Py4JError)
"""What engines raise: no Java, a master away, a file that is not what its name says."""
DELIMITERS = (";", ",", "\t")
USUAL = {
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
}
ALONE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
}
"""One machine: nothing that others reach, and as many pieces as it has cores."""
MARK = "\ufeff"
"""What spreadsheets write before the first title of a CSV file."""


def duckdb(memory: str = "", folder: Path | None = None) -> BaseBackend:
    """DuckDB in this process; past `memory` ("8GB") it writes aside, in `folder`."""
    con = ibis.duckdb.connect()
    if memory:
        con.raw_sql(f"SET memory_limit = '{memory}'")
    if folder:
        con.raw_sql(f"SET temp_directory = '{folder}'")
    return con


def spark(master: str, settings: Mapping[str, str] | None = None) -> BaseBackend:
    """A session of Apache Spark; `settings` are its own, by name."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("jalons")
    usual = USUAL | (ALONE if master.startswith("local") else {})
    for name, value in (usual | dict(settings or {})).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)


def read(con: BaseBackend, paths: Sequence[str]) -> Table:
    """Every column as text, "" for nothing; lists, with `|` between their items."""
    paths = list(paths)
    if is_parquet(paths[0]):
        table = con.read_parquet(paths if len(paths) > 1 else paths[0])
    else:
        table = _read_csv(con, paths)
    return table.select(
        **{name.lstrip(MARK): _text(table[name]) for name in table.columns}
    )


def is_parquet(path: str) -> bool:
    """By its name, or, for a folder, by that of the first file within."""
    folder = Path(path)
    if folder.is_dir():
        return any(folder.rglob("*.parquet"))
    return path.endswith((".parquet", "/"))


def _read_csv(con: BaseBackend, paths: list[str]) -> Table:
    delimiter = delimiter_of(paths[0])
    if con.name == "duckdb":
        return con.read_csv(
            paths, header=True, delim=delimiter, quote='"', escape='"', all_varchar=True
        )
    return con.read_csv(
        paths,
        header=True,
        sep=delimiter,
        quote='"',
        escape='"',
        multiLine=True,
        inferSchema=False,
    )


def delimiter_of(path: str) -> str:
    """The one most met in the first line; a comma for a file elsewhere."""
    try:
        with Path(path).open(encoding="utf-8-sig") as file:
            first = file.readline()
    except OSError:
        return ","
    return max(DELIMITERS, key=lambda one: (first.count(one), one == ","))


def _text(column):
    if column.type().is_array():
        column = column.join("|")
    # Not stripped: Ibis 12 asks Spark to take away "\\v", which there is the letter v.
    return column.cast("string").fill_null("")
