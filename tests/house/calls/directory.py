from __future__ import annotations

from tests.directory.places import make_place
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A place is public, whoever asks."""
    return {"directory:show": Call({"pk": make_place().pk})}
