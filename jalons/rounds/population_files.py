"""The lines of a file of INSEE, whatever its encoding."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

SAMPLE = 1_000_000
"""Bytes read to tell the encoding: accents come early in the names of communes."""


def lines_of(opened: BinaryIO) -> Iterator[str]:
    """Read as UTF-8, else in the encoding of the producer's older files.

    Ends of lines are those of any machine; the file stays open.
    """
    start = opened.read(SAMPLE)
    opened.seek(0)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        encoding = "cp1252"
    else:
        encoding = "utf-8"
    lines = TextIOWrapper(opened, encoding=encoding, newline="")
    try:
        yield from lines
    finally:
        if not opened.closed:
            lines.detach()
