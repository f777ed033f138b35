from __future__ import annotations

from tests.directory.places import make_place
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A place is public, whoever asks."""
    place = make_place()
    whole = Call({"pk": place.place_list_id})
    return {
        "directory:show": Call({"pk": place.pk}),
        "directory:list_csv": whole,
        "directory:list_json": whole,
        "directory:structures": whole,
        "directory:services": whole,
    }
