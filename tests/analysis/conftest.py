from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _own_folders():
    """The formulas write nothing: their tests run without Django's settings."""
