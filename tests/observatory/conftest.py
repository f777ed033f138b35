from __future__ import annotations

from copy import deepcopy

import pytest

from tests.observatory.example import Example, make_example


@pytest.fixture(autouse=True)
def _database(db):
    """Every test here reads the database, and undoes what it writes."""


@pytest.fixture(scope="module")
def made(module_rows) -> Example:
    return make_example()


@pytest.fixture
def example(made, db) -> Example:
    """The survey closed, classes announced, eight of ten EPCI validated."""
    return deepcopy(made)
