"""Workbooks (XLSX, ODS): their values, never their formulas, which are not run.

A formula is read as the result saved with the file. One without a saved result, or
whose result is an error, would read as an empty cell, that is as a missing answer: the
file is refused, and the cell named.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Generator
from datetime import date, datetime, time
from typing import BinaryIO
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError, ParserCreate

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from jalons.files.formulas import Formulas, scan_formulas
from jalons.files.grid import Grid, UnreadableFile

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0"
ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
# A million lines of ten columns unfold to about 300 MB; a trap unfolds to more.
MAX_UNFOLDED_BYTES = 400_000_000
# What reading a damaged archive, or the XML in it, may raise.
DAMAGES = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ParseError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)


def open_workbook(file: BinaryIO, name: str, sheet: str = "") -> Grid:
    """The lines of one sheet, the first visible one by default.

    Raises UnreadableFile.
    """
    try:
        _check_archive(file, name)
        file.seek(0)
        with CalamineWorkbook.from_filelike(file) as workbook:
            title = _sheet_title(workbook, sheet, name)
            content = workbook.get_sheet_by_name(title)
            remarks = _sheet_remarks(workbook, title)
        formulas = scan_formulas(file, title)
    except PasswordError as error:
        raise _protected(name) from error
    except DAMAGES as error:
        raise damaged(name) from error
    _refuse_lost_results(formulas, name)
    if formulas.count:
        remarks = (*remarks, _formulas_remark(formulas))
    return Grid(
        rows=_rows(content), remarks=remarks, is_padded=True, merged=_merged(content)
    )


def visible_sheets(file: BinaryIO, name: str) -> tuple[str, ...]:
    """The sheets of a workbook that whoever opens it sees. Raises UnreadableFile."""
    try:
        _check_archive(file, name)
        file.seek(0)
        with CalamineWorkbook.from_filelike(file) as workbook:
            return tuple(_visible(workbook))
    except PasswordError as error:
        raise _protected(name) from error
    except DAMAGES as error:
        raise damaged(name) from error


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins so is a workbook, were it protected or too old."""
    return start.startswith((ZIP_MARK, OLE_MARK))


def _check_archive(file: BinaryIO, name: str) -> None:
    file.seek(0)
    if file.read(len(OLE_MARK)) == OLE_MARK:
        raise _protected(name) if _holds(file, ENCRYPTED_MARK) else _too_old(name)
    with zipfile.ZipFile(file) as archive:
        _check_members(archive, name)


def _check_members(archive: zipfile.ZipFile, name: str) -> None:
    members = {info.filename: info.file_size for info in archive.infolist()}
    if not {"xl/workbook.xml", "content.xml"} & members.keys():
        message = _(
            "This archive is not an XLSX or ODS workbook. Take the table out of it, "
            "or save it as XLSX, ODS or CSV."
        )
        raise UnreadableFile(message, name=name)
    if sum(members.values()) > MAX_UNFOLDED_BYTES:
        message = _("The workbook is too large. Save the sheet as CSV.")
        raise UnreadableFile(message, name=name)
    manifest = "META-INF/manifest.xml"
    if manifest in members and b"encryption-data" in archive.read(manifest):
        raise _protected(name)
    if "content.xml" in members:
        _check_content(archive, name)


def _check_content(archive: zipfile.ZipFile, name: str) -> None:
    """The reader of values never ends where an element of an ODS has no end.

    What is checked is what is read: one part of that name, in UTF-8, without
    declarations that two readers would take differently.
    """
    parser = ParserCreate("utf-8")

    def refuse(*_declared: object) -> None:
        raise damaged(name)

    parser.StartDoctypeDeclHandler = refuse
    if archive.namelist().count("content.xml") > 1:
        raise damaged(name)
    try:
        with archive.open("content.xml") as content:
            parser.ParseFile(content)
    except ExpatError as error:
        raise damaged(name) from error


def _holds(file: BinaryIO, mark: bytes) -> bool:
    file.seek(0)
    tail = b""
    while block := file.read(1 << 20):
        if mark in tail + block:
            return True
        tail = block[-len(mark) :]
    return False


def _sheet_title(workbook: CalamineWorkbook, wanted: str, name: str) -> str:
    titles = workbook.sheet_names
    if wanted and wanted not in titles:
        message = _(
            "There is no sheet called “%(sheet)s”. The workbook holds: %(sheets)s."
        ) % {"sheet": wanted, "sheets": ", ".join(titles)}
        raise UnreadableFile(message, name=name)
    if not titles:
        raise damaged(name)
    return wanted or (_visible(workbook) or titles)[0]


def _visible(workbook: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible
        and sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _sheet_remarks(workbook: CalamineWorkbook, title: str) -> tuple[str, ...]:
    count = len(workbook.sheet_names)
    if count == 1:
        return ()
    remark = _("The workbook holds %(n)d sheets: “%(sheet)s” was read.")
    return (remark % {"n": count, "sheet": title},)


def _refuse_lost_results(formulas: Formulas, name: str) -> None:
    if not formulas.lost_cell:
        return
    message = _(
        "Cell %(cell)s holds a formula without a saved result, or an error. Copy the "
        "sheet, paste it as values (“Paste special”), and save the workbook again."
    ) % {"cell": formulas.lost_cell}
    raise UnreadableFile(message, name=name)


def _formulas_remark(formulas: Formulas) -> str:
    return ngettext(
        "%(n)d cell holds a formula (%(cell)s): its saved result was read.",
        "%(n)d cells hold a formula (the first is %(cell)s): their saved results "
        "were read.",
        formulas.count,
    ) % {"n": formulas.count, "cell": formulas.first_cell}


def _merged(sheet: CalamineSheet) -> tuple[tuple[int, int, str], ...]:
    """Blocks of merged cells; ODS files do not tell them."""
    return tuple(
        (
            top + 1,
            bottom + 1,
            f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}",
        )
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )


def _letters(column: int) -> str:
    """The name of a column, as spreadsheets write it: 0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name


def _rows(sheet: CalamineSheet) -> Generator[tuple[int, list[str]]]:
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        yield line, [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    """A value as it would stand in a CSV file: 3 and not 3.0, days as 2026-01-31."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()


def damaged(name: str) -> UnreadableFile:
    message = _(
        "The workbook is damaged; it was perhaps not downloaded to the end. Open it "
        "in your spreadsheet, then save it again or export it as CSV."
    )
    return UnreadableFile(message, name=name)


def _protected(name: str) -> UnreadableFile:
    message = _("The workbook is protected by a password. Save it without one.")
    return UnreadableFile(message, name=name)


def _too_old(name: str) -> UnreadableFile:
    message = _("This is an old Excel workbook (.xls). Save it as .xlsx or CSV.")
    return UnreadableFile(message, name=name)
