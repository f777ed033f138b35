"""Memory of reading a file of facilities as large as the official one.

Two million invented rows, one in forty of a counted type (assumed here),
are read by the loader's own reader. The reading stops after the seconds
given, and says how many rows it saw.

    python -m benchmarks.facilities [ROWS] [SECONDS]
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, TypeVar

T = TypeVar("T")
ROWS, SECONDS = 2_000_000, 120.0
HEADER = b"AN;DEPCOM;TYPEQU;LAMBERT_X;LAMBERT_Y\n"
COUNTED, OTHER = ("A128", "A206", "A207", "A122", "F307"), "B203"
ONE_IN = 40
CODES = 34_879


def _write(file: BinaryIO, rows: int) -> None:
    file.write(HEADER)
    for start in range(0, rows, 1_000):
        lines = (
            f"2023;{1_000 + at % CODES:05};{_type(at)};512345.6;6543210.9\n"
            for at in range(start, min(start + 1_000, rows))
        )
        file.write("".join(lines).encode())


def _until(rows: Iterator[T], end: float) -> Iterator[T]:
    for row in rows:
        if time.monotonic() > end:
            return
        yield row


def _type(at: int) -> str:
    return COUNTED[at // ONE_IN % len(COUNTED)] if at % ONE_IN == 0 else OTHER


def main(rows: int, seconds: float) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from jalons.indicators.gathering import gather
    from jalons.indicators.ground import CommuneNames
    from jalons.indicators.producers import bpe
    from jalons.indicators.reading import tables

    with tempfile.TemporaryFile() as file:
        _write(file, rows)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        began = time.process_time()
        (table,) = tables(file, "bpe.csv", bpe.layout)
        bounded = replace(table, rows=_until(table.rows, time.monotonic() + seconds))
        found = gather(bounded, (), CommuneNames({}, {}))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{found.rows:,} rows, {len(found.things):,} counted: "
        f"{time.process_time() - began:.1f} s of processor, "
        f"{before:.0f} MB before, {peak:.0f} MB at most"
    )


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else ROWS, float(given[1]) if given[1:] else SECONDS)
