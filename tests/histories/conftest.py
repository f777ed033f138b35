from __future__ import annotations

import pytest

from tests.roadmaps.conftest import officer, roadmap, signed_in, space
from tests.roadmaps.plans import make_stake, make_workstream

__all__ = ["officer", "roadmap", "signed_in", "space"]


@pytest.fixture
def workstream(roadmap, officer):
    return make_workstream(make_stake(roadmap, by=officer), by=officer)
