"""Missions of real resource centres, offered as examples to start from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Example:
    """What one body says that it does, in our words, with where it says so."""

    id: str
    title: str
    source: str
    missions: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.missions)


@cache
def examples() -> tuple[Example, ...]:
    path = settings.REFERENCE_DIR / "hosts/missions.toml"
    with path.open("rb") as file:
        rows = tomllib.load(file)["example"]
    return tuple(
        Example(one["id"], one["title"], one["source"], tuple(one["missions"]))
        for one in rows
    )
