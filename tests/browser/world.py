"""Builds the world of the access matrix on the files of a site, and says its pages.

Run as a command beside the web process: `python -m tests.browser.world`.
"""

from __future__ import annotations

import json

import django

django.setup()

from tests.house import world as worlds  # noqa: E402
from tests.house.matrix import ROWS  # noqa: E402


def main() -> None:
    """The cookie of an owner, the pages they open, and those opened by a link."""
    world = worlds.build()
    found: dict[str, dict[str, str]] = {"owner": {}, "respondent": {}}
    for row in ROWS:
        if row.method == "GET":
            column = "owner" if row.cells["owner"] == "200" else "respondent"
            if row.cells[column] == "200":
                found[column][row.url] = world.call(row.url).url(row.url, column)
    print(json.dumps({"session": world.sessions["owner"], **found}))


main()
