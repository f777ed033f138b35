from __future__ import annotations

from tests.groups.conftest import actor, desk, group, officer, space

__all__ = ["actor", "desk", "group", "officer", "space"]
