from __future__ import annotations

from jalons.coverage import operations
from jalons.coverage.operations import Described
from tests.directory.places import make_commune, make_place
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A table of the space; the pages are those of its territory, open to all."""
    make_place()
    commune = make_commune().code
    described = Described(f"Temps {side.mark}", "Essai", "2026")
    table = operations.load_times(
        described, {(commune, commune): 4.0}, space=side.space, by=side.owner
    )
    territory, space = {"code": side.space.territory_id}, {"pk": side.space.pk}
    return {
        "coverage:show": Call(territory),
        "coverage:show_csv": Call(territory),
        "coverage:show_json": Call(territory),
        "coverage:simulate": Call(territory),
        "coverage:contacts": Call(territory),
        "coverage:contacts_pdf": Call(territory),
        "coverage:times": Call(space),
        "coverage:remove_times": Call(space | {"table_pk": table.pk}),
    }
