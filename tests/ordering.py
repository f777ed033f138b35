"""The order of the suite, what reads the database, what memory holds throughout."""

from __future__ import annotations

import gc

import pytest

# Two processes end together when the longest files are not the last; and what runs an
# event loop of its own comes before Playwright's.
FIRST = ("live", "house", "browser", "observatory", "territories", "indicators")
# Three read the pages that test_access opens on both databases, for their markup, for
# what a stranger gets and for what they ask; the fourth the defects of official files,
# whose loaders are tried on both with small ones, and with the whole geography and the
# figures carried. The others attack and draw what was read; hostile input meets
# PostgreSQL by `make bench only=fuzz`.
ONCE = (
    "test_templates",
    "test_hostile",
    "test_queries",
    "test_real_files",
    "test_attack",
    "test_commune_maps",
    "test_fuzz",
)


def pytest_collection_modifyitems(items):
    """Mark what reads the database, and begin with the longest."""
    items.sort(key=_rank)
    for item in items:
        is_reader = item.get_closest_marker("django_db") or (
            "django_db_setup" in getattr(item, "fixturenames", ())
        )
        if is_reader and item.path.stem not in ONCE:
            item.add_marker(pytest.mark.database)


def _rank(item) -> int:
    is_browsed = item.get_closest_marker("browser") is not None
    folder = "browser" if is_browsed else item.path.parent.name
    return FIRST.index(folder) if folder in FIRST else len(FIRST)


def pytest_collection_finish():
    """What collection made lasts as long as the suite: it is not looked through again.

    One tenth of the processor of the suite went to the collector of cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
