"""Builds the world of the access matrix on the files of a site, and says its pages.

Run as a command beside the web process: `python -m tests.browser.world`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import django

django.setup()

from django.test.utils import setup_test_environment  # noqa: E402

from tests.browser.pages import VISITORS  # noqa: E402
from tests.house import world as worlds  # noqa: E402
from tests.house.matrix import ROWS, Row  # noqa: E402
from tests.house.visits import client_of, undone  # noqa: E402


def refused(world: worlds.World) -> Iterator[tuple[str, str, str]]:
    """Pages that answer a form sent empty: one of each set of templates."""
    setup_test_environment()
    seen: set[frozenset[str]] = set()
    for row in (one for one in ROWS if one.method == "POST"):
        url = world.call(row.url).url(row.url, _sender(row))
        with undone():
            answer = client_of(world, _sender(row)).post(url, {})
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        made_of = frozenset(str(one.name) for one in answer.templates)
        if made_of not in seen:
            seen.add(made_of)
            yield row.url, url, answer.content.decode()


def _sender(row: Row) -> str:
    return "anonymous" if row.is_public else "owner"


def main() -> None:
    """The cookie of each visitor, and the pages that they are the first to open; with
    `JALONS_EVERY_STATE`, those that refuse a form too."""
    world = worlds.build()
    found: dict[str, dict[str, str]] = {visitor: {} for visitor in VISITORS}
    for row in ROWS:
        visitor = next((one for one in VISITORS if row.cells[one] == "200"), None)
        if row.method == "GET" and visitor:
            found[visitor][row.url] = world.call(row.url).url(row.url, visitor)
    every = refused(world) if os.environ.get("JALONS_EVERY_STATE") else ()
    told = {"session": world.sessions["owner"], "sessions": world.sessions, **found}
    print(json.dumps(told | {"refused": [*every]}))


main()
