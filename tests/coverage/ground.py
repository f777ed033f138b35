"""Three communes in a row, 10 km apart as the crow flies, and one outside."""

from __future__ import annotations

from jalons.territories.models import CURRENT_YEAR, Membership, Territory
from tests.directory.places import make_place
from tests.factories import make_territory

# One degree of latitude is 111.195 km.
DEGREE = 111.19508
SOUTH = 45.0
NAMES = {"24001": "Aval", "24002": "Bourg", "24003": "Creux", "24900": "Dehors"}


def make_ground() -> Territory:
    """An EPCI of three communes of 1 000, 2 000 and 500 people; Dehors has 4 000."""
    epci = make_territory("CC d’Exemple")
    people = (1000, 2000, 500, 4000)
    for number, ((code, name), count) in enumerate(
        zip(NAMES.items(), people, strict=True)
    ):
        commune = Territory.objects.create(
            code=code,
            kind=Territory.Kind.COMMUNE,
            name=name,
            population=count,
            longitude=0.5,
            latitude=latitude(10 * number),
        )
        if name != "Dehors":
            Membership.objects.create(member=commune, group=epci, since=CURRENT_YEAR)
    return epci


def latitude(km: float) -> float:
    """How far north of Aval."""
    return SOUTH + km / DEGREE


def put(name: str, km: float, opening: str = "", **fields):
    """A place so many kilometres north of Aval."""
    fields.setdefault("commune", Territory.objects.get(name="Aval"))
    return make_place(
        name=name, longitude=0.5, latitude=latitude(km), opening=opening, **fields
    )
