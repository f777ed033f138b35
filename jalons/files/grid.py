"""Lines of cells as they stand in a file, before columns are named."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from django.utils.translation import gettext as _


class UnreadableFile(Exception):
    """A table that cannot be read, told to the person who made it.

    `message` says what is wrong and how to mend it; `name`, `line` (the first of the
    file is 1) and `column` say where, as far as is known. `str()` says all of it.
    """

    def __init__(
        self, message: str, *, name: str = "", line: int | None = None, column: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.name = name
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = [self.name] if self.name else []
        if self.line is not None:
            place.append(_("line %(line)d") % {"line": self.line})
        if self.column:
            place.append(_("column “%(column)s”") % {"column": self.column})
        if not place:
            return self.message
        return _("%(place)s: %(message)s") % {
            "place": ", ".join(place),
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table, line by line, and how they were read.

    `is_padded` when the format itself completes short lines (workbooks do), `is_named`
    when it names the columns itself: they stand first. `merged` are the blocks of
    merged cells: first line, last line, and their address.
    """

    rows: Generator[tuple[int, list[str]]]
    encoding: str = ""
    delimiter: str = ""
    remarks: tuple[str, ...] = ()
    is_padded: bool = False
    is_named: bool = False
    merged: tuple[tuple[int, int, str], ...] = ()
