"""CSV files as people make them: three encodings, three delimiters, said not guessed.

A file is UTF-8 when every byte of it is. Otherwise it is Windows-1252 when every
letter it then holds is one that French texts use, and the reader is told. Otherwise
it is refused: a wrong guess would spoil names for good, silently.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.utils.translation import gettext as _

from jalons.files.grid import Grid, UnreadableFile

BLOCK = 1 << 20
SAMPLE_LENGTH = 1 << 16
SAMPLE_ROWS = 20
DELIMITERS = (";", ",", "\t")
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What French texts hold beyond ASCII. Left out on purpose: what é or è become when
# another encoding (DOS, Macintosh, ISO-8859-15, UTF-8 by mistake) is taken for this.
FRENCH_LETTERS = frozenset(
    "àâäæçèéêëîïôöœùûüÿñáíóúìòãõåøßÀÂÄÆÇÈÉÊËÎÏÔÖŒÙÛÜŸÑÁÍÓÚ«»’‘“”–—…€°²³§·•×©®™ªº±µ£\xa0"
)


def open_delimited(file: BinaryIO, name: str) -> Grid:
    """The lines of a CSV file. Raises UnreadableFile."""
    encoding = _encoding(file, name)
    delimiter = _delimiter(file, encoding)
    remarks: tuple[str, ...] = ()
    if encoding == "cp1252":
        remark = _("Read as Windows-1252, not UTF-8: check that accents are right.")
        remarks = (remark,)
    return Grid(
        rows=_rows(file, encoding, delimiter, name),
        encoding={"cp1252": "Windows-1252", "utf-16": "UTF-16"}.get(encoding, "UTF-8"),
        delimiter=delimiter,
        remarks=remarks,
    )


def _encoding(file: BinaryIO, name: str) -> str:
    file.seek(0)
    start = file.read(BLOCK)
    if start.startswith(UTF16_MARKS):
        if not _is_whole(file, "utf-16", name):
            raise _unknown_encoding(name, None)
        return "utf-16"
    if b"\0" in start:
        raise _no_table(name)
    if _is_whole(file, "utf-8", name):
        return "utf-8-sig"
    _refuse_unless_french(file, name)
    return "cp1252"


def _no_table(name: str) -> UnreadableFile:
    message = _("This is not a table. Save it as CSV (UTF-8), XLSX or ODS.")
    return UnreadableFile(message, name=name)


def _is_whole(file: BinaryIO, encoding: str, name: str) -> bool:
    """Whether every byte is of this encoding, to the last one.

    A zero is no letter of any text, and no database keeps it in one.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            if "\0" in decoder.decode(block):
                raise _no_table(name)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_unless_french(file: BinaryIO, name: str) -> None:
    file.seek(0)
    for line, content in enumerate(file, start=1):
        if b"\0" in content:
            raise _no_table(name)
        if content.isascii():
            continue
        letters = {letter for letter in _as_windows(content) if not letter.isascii()}
        if not letters <= FRENCH_LETTERS:
            raise _unknown_encoding(name, line)


def _as_windows(content: bytes) -> str:
    """The text, with a mark no French text holds where a byte means nothing."""
    return content.decode("cp1252", errors="replace")


def _unknown_encoding(name: str, line: int | None) -> UnreadableFile:
    message = _(
        "Accented letters cannot be read for certain. Open the file in your "
        "spreadsheet and save it as “CSV UTF-8”."
    )
    return UnreadableFile(message, name=name, line=line)


def _delimiter(file: BinaryIO, encoding: str) -> str:
    """The delimiter that gives the most columns, alike from line to line."""
    file.seek(0)
    with _decoded(file, encoding) as text:
        sample = text.read(SAMPLE_LENGTH)
    return max(DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter))


def _regularity(sample: str, delimiter: str) -> tuple[float, int]:
    """Share of lines of the commonest width, and that width; nothing for one column.

    Not the width of the first line: a title may stand above the table.
    """
    rows = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            rows.append(len(row))
            if len(rows) > SAMPLE_ROWS:
                break
    except csv.Error:
        return (0.0, 0)
    whole = rows[:-1] or rows
    widths = Counter(width for width in whole if width > 1)
    if not widths:
        return (0.0, 0)
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return (count / len(whole), width)


def _rows(
    file: BinaryIO, encoding: str, delimiter: str, name: str
) -> Generator[tuple[int, list[str]]]:
    """Each line with the number it begins at: a cell may hold several lines."""
    file.seek(0)
    with _decoded(file, encoding) as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                message = _(
                    "A quotation mark is opened and never closed, or stands inside a "
                    "cell without being doubled. Export the file again, or mend it."
                )
                raise UnreadableFile(message, name=name, line=line) from error
            except UnicodeDecodeError as error:
                raise _unknown_encoding(name, line) from error
            yield line, [cell.strip() for cell in cells]


@contextmanager
def _decoded(file: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The text of a binary file, which stays open afterwards."""
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield text
    finally:
        if not text.closed:
            text.detach()
