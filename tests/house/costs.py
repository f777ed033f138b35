"""What a page costs whoever opens it with nothing at hand: bytes, elements, requests.

As a browser counts them: the page compressed, then each style sheet, script and picture
that it asks for by itself. `EcoIndex` is the grade that the package `ecoindex-compute`
gives to those three numbers.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from ecoindex.compute import compute_ecoindex

ELEMENT = re.compile(rb"<[a-zA-Z]")
ASKED = re.compile(
    rb'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"'
    rb'|<img(?![^>]*loading="lazy")[^>]* src="([^"]+)"'
)
IMPORTED = re.compile(rb'(?:from|import) "\./([\w/-]+\.js)"')
STATIC = f"/{settings.STATIC_URL.strip('/')}/"


@dataclass(frozen=True, slots=True)
class Cost:
    """Bytes on the line, elements of the page, requests made."""

    size: int
    nodes: int
    requests: int


def cost_of(response) -> Cost:
    """Of a page that was read in this process."""
    page: bytes = response.content
    asked = {"".join(map(bytes.decode, found)) for found in ASKED.findall(page)}
    files = {path for url in asked for path in _with_imports(url)}
    # Pictures that a view gives weigh what the view says, and are few: only counted.
    given = sum(not url.startswith(STATIC) for url in asked)
    size = _compressed(page) + len(response.serialize_headers())
    return Cost(
        size=size + sum(_weight(path) for path in files),
        nodes=_elements(page),
        requests=1 + len(files) + given,
    )


def _elements(page: bytes) -> int:
    """Those written, and the bodies that a browser adds to tables without one."""
    implied = max(0, page.count(b"<table") - page.count(b"<tbody"))
    return len(ELEMENT.findall(page)) + implied


def _with_imports(url: str) -> tuple[Path, ...]:
    if not url.startswith(STATIC):
        return ()
    return _files(url.removeprefix(STATIC))


@cache
def _files(name: str) -> tuple[Path, ...]:
    path = Path(finders.find(name))
    if path.suffix != ".js":
        return (path,)
    beside = [path.parent / one.decode() for one in IMPORTED.findall(path.read_bytes())]
    return (path, *beside)


@cache
def _weight(path: Path) -> int:
    content = path.read_bytes()
    is_text = path.suffix in (".css", ".js", ".svg")
    return _compressed(content) if is_text else len(content)


def _compressed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def grades(costs: Iterable[Cost]) -> list[str]:
    """The letter of each, in the same order."""

    async def graded() -> list[str]:
        found = [
            await compute_ecoindex(
                nodes=one.nodes, requests=one.requests, size=one.size / 1000
            )
            for one in costs
        ]
        return [one.grade.value for one in found]

    # A browser of another test may keep an event loop in this thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, graded()).result()
