"""The lines of a file of INSEE, whatever its encoding, in its archive or out of it."""

from __future__ import annotations

import codecs
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from io import TextIOWrapper
from typing import IO, BinaryIO

from django.utils.translation import gettext as _

from jalons.rounds.population import NotThisTable

DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,
    # A directory that places a file before the beginning of the archive.
    ValueError,
)
SAMPLE = 1_000_000
"""Bytes read to tell the encoding: accents come early in the names of communes."""
ZIP_MARK = b"PK\x03\x04"
TABLES = (".csv", ".txt")
DESCRIPTION = "meta"
"""How INSEE begins the name of the file that describes the table, beside it."""
MOST_UNFOLDED = 2_000_000_000
"""Seven times POP1B for the whole of France."""


def lines_of(opened: BinaryIO) -> Iterator[str]:
    """Read as UTF-8, else in the encoding of the producer's older files.

    Ends of lines are those of any machine; the file stays open. Raises NotThisTable.
    """
    start = opened.read(len(ZIP_MARK))
    opened.seek(0)
    if start != ZIP_MARK:
        yield from _lines(opened)
        return
    try:
        with zipfile.ZipFile(opened) as archive, _table_in(archive) as table:
            yield from _lines(table)
    except NotThisTable:
        raise
    except DAMAGES as error:
        message = _("This archive is damaged, or locked: download it again.")
        raise NotThisTable(message) from error


def _table_in(archive: zipfile.ZipFile) -> IO[bytes]:
    """The largest table of an archive, the one that the others describe."""
    found = [
        one
        for one in archive.infolist()
        if one.filename.lower().endswith(TABLES)
        and not one.filename.rpartition("/")[2].lower().startswith(DESCRIPTION)
    ]
    if not found:
        raise NotThisTable(
            _(
                "This file holds no table in CSV: give the CSV of INSEE, or the ZIP "
                "archive that holds it."
            )
        )
    largest = max(found, key=lambda one: one.file_size)
    if largest.file_size > MOST_UNFOLDED:
        message = _("This archive unfolds to far more than a table of INSEE.")
        raise NotThisTable(message)
    return archive.open(largest)


def _lines(opened: IO[bytes]) -> Iterator[str]:
    start = opened.read(SAMPLE)
    opened.seek(0)
    if b"\0" in start:
        message = _("This file is no table: give the CSV of INSEE, or its archive.")
        raise NotThisTable(message)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        encoding = "cp1252"
    else:
        encoding = "utf-8"
    # A letter that cannot be read is in a name: codes and numbers are plain.
    lines = TextIOWrapper(opened, encoding, errors="replace", newline="")
    try:
        yield from lines
    finally:
        if not opened.closed:
            lines.detach()
