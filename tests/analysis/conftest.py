"""Properties are tried on few examples each time, on many when asked:

HYPOTHESIS_PROFILE=thorough python -m pytest tests/analysis
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("quick", max_examples=12, deadline=None)
settings.register_profile("thorough", max_examples=300, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(autouse=True)
def own_folders():
    """The formulas write nothing: their tests run without Django's settings."""
