"""Every page that somebody reaches by following links, read over HTTP, one by one.

One page for each name of an address: the first met, so that those who begin at a survey
read the pages of that one.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from contextlib import suppress
from html import unescape

from django.urls import Resolver404, resolve

from benchmarks.phones import Browser

LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')
# Signing out would end the walk; files are not pages.
LEFT_OUT = {"account_logout", "front:health", "live:since", "live:stream"}
FILES = ("file", "pdf", "print", "export", "csv", "json", "xlsx", "ics", "picture")


def name_of(path: str) -> str | None:
    """The name of an address of this site, when it is that of a page."""
    path = path.partition("?")[0]
    if "." in path.rstrip("/").rpartition("/")[2]:
        return None
    with suppress(Resolver404):
        name = resolve(path).view_name
        is_file = name.endswith(FILES) or name.startswith("api:")
        return None if is_file or name in LEFT_OUT else name
    return None


async def pages_from(browser: Browser, starts: Sequence[str]) -> dict[str, str]:
    """Paths by name, in the order in which they were met."""
    waiting = list(starts)
    found: dict[str, str] = {}
    tried: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if name is None or name in found or path in tried:
            continue
        tried.add(path)
        with suppress(OSError):
            answer = await browser.ask(path)
            is_page = answer.headers.get("content-type", "").startswith("text/html")
            if answer.status == 200 and is_page:
                found[name] = path
                waiting += [unescape(one) for one in LINK.findall(answer.text)]
    return found


async def read(browser: Browser, path: str, times: int) -> list[float]:
    """Milliseconds of each reading, from the first byte sent to the last received."""
    taken = []
    for _time in range(times):
        began = time.perf_counter()
        answer = await browser.ask(path)
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
    return taken
