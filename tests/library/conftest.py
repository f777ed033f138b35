from __future__ import annotations

import pytest

from jalons.library.loading import load_library, shipped_files


@pytest.fixture
def library(db):
    """The sheets that come with the project."""
    load_library(shipped_files(), dry_run=False)
