"""Builds the world of the access matrix on the files of a site, and says its pages.

Run as a command beside the web process: `python -m tests.browser.world`.
"""

from __future__ import annotations

import json

import django

django.setup()

from tests.browser.pages import VISITORS  # noqa: E402
from tests.house import world as worlds  # noqa: E402
from tests.house.matrix import ROWS  # noqa: E402


def main() -> None:
    """The cookie of each visitor, and the pages that they are the first to open."""
    world = worlds.build()
    found: dict[str, dict[str, str]] = {visitor: {} for visitor in VISITORS}
    for row in ROWS:
        visitor = next((one for one in VISITORS if row.cells[one] == "200"), None)
        if row.method == "GET" and visitor:
            found[visitor][row.url] = world.call(row.url).url(row.url, visitor)
    told = {"session": world.sessions["owner"], "sessions": world.sessions, **found}
    print(json.dumps(told))


main()
