from __future__ import annotations

import pytest

from tests.house import world as worlds


@pytest.fixture(scope="module")
def world(module_rows):
    """The two worlds, made once for a module whose tests undo what they change."""
    return worlds.build()
