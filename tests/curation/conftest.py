from __future__ import annotations

import pytest

from tests.directory.places import assert_rows_follow


@pytest.fixture(autouse=True)
def _searches_follow(db):
    """Whatever a test did, what searches read is what places say."""
    yield
    assert_rows_follow()
