"""Three communes in a row, 10 km apart as the crow flies, and one outside."""

from __future__ import annotations

from jalons.indicators.models import Indicator, Observation, Release, Source
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


def observe(code: str, source: str, **by_name: tuple[float | None, float | None]):
    """What a file says of communes: a value, secret when none, and its n."""
    words = {"fr": code}
    indicator, _is_new = Indicator.objects.get_or_create(
        code=code,
        defaults={
            "source": Source.objects.get_or_create(code=source, title=source)[0],
            "title": words,
            "question": words,
            "limits": words,
            "unit": Indicator.Unit.PERCENT,
            "direction": Indicator.Direction.NEITHER,
        },
    )
    release, _is_new = Release.objects.get_or_create(
        source_id=source, vintage="2022", file=code
    )
    for name, (value, n) in by_name.items():
        secret = Observation.Status.SECRET
        Observation.objects.create(
            territory=Territory.objects.get(name=name),
            indicator=indicator,
            release=release,
            value=value,
            base=n,
            status=secret if value is None else Observation.Status.PUBLISHED,
        )
