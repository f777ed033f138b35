"""Whole lists as files: CSV, JSON lines, and what their columns are.

A list is read some lines at a time and written beside, then sent: memory stays flat, a
file is never cut short without a word, and its mark (ETag) and its length are known
before its first line leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any, Final, Generic, Literal, TypeVar, get_args

from django.db.models import Model, QuerySet
from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from pydantic import BaseModel

from jalons.api.answers import About, Row
from jalons.api.gate import mark_of
from jalons.files.exports import DELIMITER, LINES_IN_A_BLOCK, SIMULATED, csv_blocks

M = TypeVar("M", bound=Model)
T = TypeVar("T", bound=BaseModel)
Format = Literal["csv", "jsonl", "csv-metadata.json"]
CSVW: Final = "csv-metadata.json"
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    CSVW: "application/csvm+json",
}
READ_TOGETHER = 1_000
"""Lines asked of the database at once."""
KEPT_IN_MEMORY = 2**20
SENT_TOGETHER = 2**16
LANGUAGES = ("fr", "en")
ROOT = "root"
"""What a line holds whose columns are told apart."""


@dataclass(frozen=True, slots=True)
class Export(Generic[T]):
    """A list as a file. `within` names what a column that holds others holds."""

    name: str
    title: str
    shape: type[T]
    about: About
    lines: Iterable[T]
    within: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        return [*columns_of(self.shape, self.within)]


def columns_of(
    shape: type[BaseModel], within: Mapping[str, Sequence[str]] | None = None
) -> Iterator[str]:
    """The columns of a shape; `places.low` for what stands in another."""
    if issubclass(shape, Row):
        yield from (within or {})[ROOT]
        return
    for name, told in shape.model_fields.items():
        kinds = [told.annotation, *get_args(told.annotation)]
        inner = next((one for one in kinds if _is_shape(one)), None)
        if inner is not None:
            yield from (f"{name}.{one}" for one in columns_of(inner))
        elif within and name in within:
            yield from (f"{name}.{one}" for one in within[name])
        else:
            yield name


def _is_shape(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def by_key(
    rows: QuerySet[M], key: str, told: Callable[[list[M]], Iterable[T]]
) -> Iterator[T]:
    """Every line in the order of its key, read some at a time as the parts of a list
    are: what comes or goes meanwhile moves none of the others."""
    ordered, later = rows.order_by(key), rows.order_by(key)
    while found := [*later[:READ_TOGETHER]]:
        yield from told(found)
        later = ordered.filter(**{f"{key}__gt": getattr(found[-1], key)})


def send(request: HttpRequest, format: Format, export: Export[T]) -> HttpResponseBase:
    """The file that was asked for, with where its columns are said."""
    if format == CSVW:
        return JsonResponse(
            _described(request, export),
            content_type=KINDS[CSVW],
            json_dumps_params={"ensure_ascii": False},
        )
    blocks = _csv(export) if format == "csv" else _lines(export)
    response = _written(blocks)
    response.headers["Content-Type"] = KINDS[format]
    response.headers["Content-Disposition"] = content_disposition_header(
        True, f"{export.name}.{format}"
    )
    described = _beside(request, format, CSVW)
    response.headers["Link"] = f'<{described}>; rel="describedby"; type="{KINDS[CSVW]}"'
    return response


def _written(blocks: Iterator[str]) -> StreamingHttpResponse:
    """Written whole before any of it is sent."""
    digest, size = hashlib.sha256(), 0
    kept = _Kept(max_size=KEPT_IN_MEMORY)
    try:
        for block in blocks:
            encoded = block.encode()
            digest.update(encoded)
            size += kept.write(encoded)
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    response = StreamingHttpResponse(_Pieces(kept))
    response.headers["ETag"] = mark_of(digest)
    response.headers["Content-Length"] = str(size)
    return response


class _Kept(SpooledTemporaryFile[bytes]):
    """Closed too when an answer is dropped that nobody read."""

    def __del__(self) -> None:
        self.close()


class _Pieces:
    """A file, some kilobytes at a time; Django closes it with the answer."""

    def __init__(self, kept: _Kept) -> None:
        self.kept = kept

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.kept.read(SENT_TOGETHER):
            yield piece

    def close(self) -> None:
        self.kept.close()


def _csv(export: Export[T]) -> Iterator[str]:
    columns = export.columns
    rows = ([flat.get(one) for one in columns] for flat in map(_flat, export.lines))
    return csv_blocks(columns, rows)


def _lines(export: Export[T]) -> Iterator[str]:
    lines = iter(export.lines)
    while block := [*islice(lines, LINES_IN_A_BLOCK)]:
        yield "".join(f"{one.model_dump_json()}\n" for one in block)


def _flat(line: BaseModel) -> dict[str, Any]:
    return dict(_cells(line.model_dump(), ""))


def _cells(told: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        if isinstance(value, dict):
            yield from _cells(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield f"{before}{name}", "|".join(map(str, value))
        else:
            yield f"{before}{name}", value


def _described(request: HttpRequest, export: Export[T]) -> dict[str, Any]:
    """CSV on the Web (W3C): whose data these are, how the file is written."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "fr"}],
        "url": _beside(request, CSVW, "csv"),
        "dc:title": export.title,
        "dc:source": export.about.source,
        "dc:license": export.about.licence,
        "dc:description": SIMULATED if export.about.simulated else "",
        "dialect": {
            "delimiter": DELIMITER,
            "encoding": "utf-8",
            "header": True,
        },
        "tableSchema": {
            "columns": [{"name": one, "titles": one} for one in export.columns]
        },
    }


def told_apart(header: Sequence[str]) -> list[str]:
    """Columns that bear the same name, or none, are numbered.

    >>> told_apart(["EPCI", "n", "n", ""])
    ['EPCI', 'n', 'n (3)', '(4)']
    """
    found: list[str] = []
    for rank, name in enumerate(header, start=1):
        found.append(f"{name} ({rank})".strip() if not name or name in found else name)
    return found


def _beside(request: HttpRequest, format: Format, other: Format) -> str:
    """The address of the same list in another format, narrowed the same."""
    path = f"{request.path.removesuffix(format)}{other}"
    query = request.META.get("QUERY_STRING", "")
    return request.build_absolute_uri(f"{path}?{query}" if query else path)
