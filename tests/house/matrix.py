"""Reads `matrix.txt`, the table of who may open which page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

FILE = Path(__file__).with_name("matrix.txt")
METHODS = ("GET", "POST")


@dataclass(frozen=True, slots=True)
class Row:
    """What one method of one URL answers to each visitor, by column."""

    group: str
    url: str
    method: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.url}"

    @property
    def is_public(self) -> bool:
        """Whether someone who is not signed in gets in."""
        return self.cells["anonymous"] not in {"login", "403", "404", "405", "410"}


def read() -> tuple[tuple[str, ...], list[Row]]:
    """The names of the columns, and the rows in the order of the file."""
    columns: tuple[str, ...] = ()
    rows, group = [], ""
    for line in FILE.read_text().splitlines():
        words = line.split()
        if line.startswith("## "):
            group = line.removeprefix("## ")
        elif words and words[0] == "url":
            columns = tuple(words[2:])
        elif words and not line.startswith("#"):
            url, method, *cells = words
            rows.append(Row(group, url, method, _cells(line, columns, cells)))
    return columns, rows


def _cells(line: str, columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    assert len(cells) == len(columns), f"{len(columns)} cells expected: {line}"
    return dict(zip(columns, cells, strict=True))


def every_url() -> Iterator[str]:
    """The name of each URL of the site; an URL without one is named by its path."""
    yield from _names(get_resolver(), "")


def _names(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _names(pattern, f"{namespace}{inner}")


COLUMNS, ROWS = read()
