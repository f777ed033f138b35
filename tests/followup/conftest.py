from __future__ import annotations

from tests.roadmaps.conftest import officer, roadmap, signed_in, space

__all__ = ["officer", "roadmap", "signed_in", "space"]
