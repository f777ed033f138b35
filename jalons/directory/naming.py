"""Lists that a team fills without a file: what it proposes, where it goes round."""

from __future__ import annotations

from jalons.directory.models import PlaceList
from jalons.spaces.models import Space

NAME_LENGTH = 80
"""What is kept of the name of a space in that of its list."""


def list_name(kind: str, space: Space) -> str:
    """The name of the list of a space; with its number when another list has it."""
    name = f"{kind} · {space.name[:NAME_LENGTH]}"
    if PlaceList.objects.filter(name=name).exclude(space=space).exists():
        name = f"{name} · {space.pk}"
    return name
