"""Submissions as JSON: what KoboToolbox and ODK Central answer to who asks for them.

KoboToolbox gives `{"count", "next", "results": […]}`, ODK Central (OData)
`{"value": […], "@odata.nextLink"}`; a bare list is read too. Each submission becomes a
line: groups are joined to their questions by a dash, as in ODK’s own CSV, several
values by a space, as both tools write several answers. What repeats within a
submission (attachments, members of a household) has no place in a line: it is left
out, and said.

A line has no number of its own here: the rank of the submission stands for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _

from jalons.files.grid import Grid, UnreadableFile

START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[\{\]])")
"""How a list or an object begins, and no line of a table."""
LISTS = ("results", "value")
"""Where KoboToolbox and ODK Central put the list."""
NEXT = ("next", "@odata.nextLink")
"""The address of what follows, when the file is not the whole."""
JOIN, SEPARATOR = "-", " "
MOST_DEPTH = 20
FORBIDDEN = re.compile("[\0\ud800-\udfff]")
"""Characters that no database keeps."""


@dataclass(slots=True)
class _Flat:
    """The submissions as lines; the names of what could not be one cell, and of cells
    that a submission tells twice."""

    columns: dict[str, None] = field(default_factory=dict)
    lines: list[dict[str, str]] = field(default_factory=list)
    repeated: dict[str, None] = field(default_factory=dict)
    twice: dict[str, None] = field(default_factory=dict)


def is_json(start: bytes) -> bool:
    return START.match(start) is not None


def open_submissions(file: BinaryIO, name: str) -> Grid:
    """The submissions of a file, one a line. Raises UnreadableFile."""
    found, is_part = _list_in(_read(file, name), name)
    flat = _Flat()
    for rank, one in enumerate(found, start=1):
        if not isinstance(one, dict):
            message = _("Submission number %(n)d is not an object: export it again.")
            raise UnreadableFile(message % {"n": rank}, name=name)
        cells: dict[str, str] = {}
        for column, text in _cells(one, "", 0, flat, name):
            if column in cells:
                flat.twice[column] = None
            cells[column] = text
        flat.columns |= dict.fromkeys(cells)
        flat.lines.append(cells)
    if not flat.columns:
        raise UnreadableFile(_("The file holds no submission."), name=name)
    return Grid(
        rows=_rows(flat),
        encoding="UTF-8",
        remarks=tuple(_remarks(flat, is_part)),
        is_named=True,
    )


def _read(file: BinaryIO, name: str) -> object:
    file.seek(0)
    try:
        return json.loads(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = _("JSON is written in UTF-8: export the file again.")
        raise UnreadableFile(message, name=name) from error
    except (ValueError, RecursionError) as error:
        message = _("This is not JSON, or the file was cut: export it again.")
        line = getattr(error, "lineno", None)
        raise UnreadableFile(message, name=name, line=line) from error


def _list_in(said: object, name: str) -> tuple[list[object], bool]:
    """The list of submissions, and whether others follow elsewhere."""
    if isinstance(said, list):
        return said, False
    if isinstance(said, dict):
        for key in LISTS:
            if isinstance(found := said.get(key), list):
                return found, any(said.get(one) for one in NEXT)
    message = _(
        "No list of submissions is in this file: give what KoboToolbox (data.json) or "
        "ODK Central (Submissions) answers, or their CSV."
    )
    raise UnreadableFile(message, name=name)


def _cells(
    value: object, path: str, depth: int, flat: _Flat, name: str
) -> Iterator[tuple[str, str]]:
    """The plain values of a submission, named by the way that leads to them."""
    if depth > MOST_DEPTH:
        message = _("Groups lie too deep in each other: this is not a form’s answers.")
        raise UnreadableFile(message, name=name)
    if isinstance(value, dict):
        for key, inside in value.items():
            way = f"{path}{JOIN}{key}" if path else key
            yield from _cells(inside, way, depth + 1, flat, name)
    elif not isinstance(value, list):
        yield _clean(path), _text(value)
    elif any(isinstance(one, dict | list) for one in value):
        flat.repeated[_clean(path)] = None
    else:
        yield _clean(path), SEPARATOR.join(filter(None, map(_text, value)))


def _text(value: object) -> str:
    """As the tools write it in their CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return _clean(str(value))


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text).strip()


def _rows(flat: _Flat) -> Generator[tuple[int, list[str]]]:
    columns = [*flat.columns]
    yield 1, columns
    for rank, cells in enumerate(flat.lines, start=1):
        yield rank, [cells.get(column, "") for column in columns]


def _remarks(flat: _Flat, is_part: bool) -> Iterator[str]:
    yield _("In JSON, the number of a line is the rank of the submission in the file.")
    if flat.repeated:
        message = _("What repeats within a submission is not read: %(names)s.")
        yield message % {"names": ", ".join(flat.repeated)}
    if flat.twice:
        message = _("Several values bear one name, the last is read: %(names)s.")
        yield message % {"names": ", ".join(flat.twice)}
    if is_part:
        yield _(
            "This file is one page of the submissions, others follow: give them too. "
            "Those already recorded are not repeated."
        )
