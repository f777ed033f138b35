from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_asked_before(db):
    """Requests are counted in the cache."""
    cache.clear()


@pytest.fixture
def read(client):
    """What an address answers, in French; `status` is expected."""

    def ask(path: str, status: int = 200, **query: object) -> dict:
        response = client.get(
            f"/api/v1/{path}", query, headers={"accept-language": "fr"}
        )
        assert response.status_code == status, response.content
        return response.json()

    return ask
