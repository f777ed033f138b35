from __future__ import annotations

import pytest

from tests.evaluation.plans import make_evaluation
from tests.roadmaps.conftest import officer, roadmap, signed_in, space

__all__ = ["officer", "roadmap", "signed_in", "space"]


@pytest.fixture
def evaluation(roadmap, officer):
    return make_evaluation(roadmap, "O1", "R4", by=officer)
