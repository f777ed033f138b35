from __future__ import annotations

from jalons.indices.areas import HOME_REGION
from jalons.indices.operations import load_definitions, shipped_files
from jalons.territories.models import Territory
from tests.house.calls.call import Call, Side

NAMES = ("show", "territories", "territories_csv", "tune", "robustness")


def calls(side: Side) -> dict[str, Call]:
    """The shipped indices; without figures, their pages say what is missing."""
    load_definitions(shipped_files())
    Territory.objects.get_or_create(
        code=HOME_REGION,
        defaults={"kind": Territory.Kind.REGION, "name": "Nouvelle-Aquitaine"},
    )
    return {f"indices:{name}": Call({"code": "quatre-axes"}) for name in NAMES}
