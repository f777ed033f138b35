"""The columns of a file that waits, each with the first value found in it."""

from __future__ import annotations

from contextlib import closing
from itertools import islice

from jalons.curation.models import PlaceImport
from jalons.curation.opening import at_hand
from jalons.directory.records import open_records

ROWS = 50


def sample_of(batch: PlaceImport) -> tuple[tuple[str, ...], dict[str, str]]:
    """Names of columns, and an example of each. Raises UnreadableFile."""
    examples: dict[str, str] = {}
    with at_hand(batch) as (path, _services):
        records = open_records(path)
        with closing(records):
            for _line, cells in islice(records.rows, ROWS):
                for name, text in cells.items():
                    if text:
                        examples.setdefault(name, text)
        return records.columns, examples
