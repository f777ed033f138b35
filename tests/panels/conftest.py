from __future__ import annotations

from datetime import date

import pytest

from tests.panels.people import open_panel
from tests.roadmaps.conftest import officer, roadmap, signed_in, space

__all__ = ["officer", "roadmap", "signed_in", "space"]

START = date(2026, 1, 12)


@pytest.fixture
def panel(roadmap, officer):
    return open_panel(roadmap, officer, START)
