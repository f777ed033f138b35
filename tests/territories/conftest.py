from __future__ import annotations

import pytest

from jalons.territories.operations import load_reference


@pytest.fixture(scope="module")
def reference(module_rows):
    """The whole geography of France, loaded once for the module."""
    return load_reference()
