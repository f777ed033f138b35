"""A survey small enough to be counted by hand: twelve EPCI, ten of which answered.

    EPCI          1     2     3     4     5     6     7     8    9    10    11   12
    income (€) 18 500 19 000 …                     (500 more each)          …  24 000
    density     level 7         level 5                              level 3   unknown
    class       low   low  inter  low  inter  adv   adv    –   adv  very    –   very
    validated   yes   yes   yes   no   yes   yes   yes        yes   yes          no

EPCI of odd number lie in département 91, the others in 92. EPCI 3 was answered for
twice. Thirds of income: 1–4 most vulnerable, 5–8, 9–12 least vulnerable.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

from django.utils import timezone

from jalons.accounts.models import User
from jalons.indicators.models import Indicator, Observation, Release, Source
from jalons.surveys import operations
from jalons.surveys.models import Campaign, Response, Validation
from jalons.territories.models import Contour, Membership, Territory
from tests.factories import (
    make_campaign,
    make_response,
    make_space,
    make_territory,
    make_user,
)

LOW = {
    "P1a": "no",
    "P1b": "no",
    "P2": "no",
    "R1": "no",
    "R2a": ["none"],
    "R2b": "no",
    "R3": "zero",
    "S1": "zero",
    "S2": "no",
    "S3": "no",
}
"""No point at all: P3 and S4 are then not asked."""
INTERMEDIATE = LOW | {"P1a": "regular", "P1b": "regular", "R1": "yes"}
"""2 + 2 + 3 = 7 points."""
ADVANCED = INTERMEDIATE | {
    "P2": "yes",
    "P3": ["none"],
    "R1": "yes_active",
    "R2b": "joint_actions",
    "R3": "from_2",
}
"""2 + 2 + 3 + 4 + 2 + 3 = 16 points."""
VERY_ADVANCED = ADVANCED | {
    "S1": "from_1",
    "S2": "yes_committee",
    "S3": "yes",
    "S4": ["document", "voted"],
}
"""16 + 3 + 3 + 3 + 2 = 27 points."""

LEVELS = {
    1: LOW,
    2: LOW,
    3: INTERMEDIATE,
    4: LOW,
    5: INTERMEDIATE,
    6: ADVANCED,
    7: ADVANCED,
    9: ADVANCED,
    10: VERY_ADVANCED,
    12: VERY_ADVANCED,
}
NOT_VALIDATED = (4, 12)
INEQUALITIES = (1, 2, 3, 4, 5, 6, 7, 9)
"""They name inequalities as the main stake; the others name security."""


@dataclass(frozen=True)
class Example:
    campaign: Campaign
    officer: User
    places: dict[int, Territory]

    def code(self, number: int) -> str:
        return self.places[number].code


def make_example(*, closed: bool = True, announced: bool = True, **fields) -> Example:
    officer = make_user("Chargée de mission")
    region = make_territory("Pays d’Exemple", Territory.Kind.REGION, free("R99"))
    space = make_space(territory=region, owner=officer)
    places = make_places()
    campaign = make_campaign(
        *places.values(), space=space, notice_announces_class=announced, **fields
    )
    for number, level in LEVELS.items():
        answer(campaign, places[number], number, level)
    answer(campaign, places[3], 3, INTERMEDIATE, profile="digital_adviser")
    validate(campaign, officer, [places[n] for n in LEVELS if n not in NOT_VALIDATED])
    if closed:
        operations.close_campaign(campaign, by=officer)
        campaign.refresh_from_db()
    return Example(campaign, officer, places)


def answer(campaign, place, number, level, profile="") -> Response:
    early = "decision_maker" if number <= 5 else "territorial_engineering"
    stake = "inequalities" if number in INEQUALITIES else "security"
    themes = ["inclusion", "responsible"] if number <= 6 else ["inclusion"]
    return make_response(
        campaign,
        place,
        profile=profile or early,
        main_stake=stake,
        themes=themes,
        **level,
    )


def validate(campaign, officer, territories) -> None:
    Validation.objects.bulk_create(
        Validation(
            campaign=campaign,
            territory=territory,
            validated_at=timezone.now(),
            recorded_by=officer,
            statement="Délibération",
        )
        for territory in territories
    )


def free(code: str) -> str:
    """The code, or one beside it when another example of the same module has it."""
    taken = {*Territory.objects.values_list("code", flat=True)}
    return next(c for c in (code, *_beside(code)) if c not in taken)


def _beside(code: str) -> list[str]:
    return [f"{code[:-1]}{letter}" for letter in ascii_uppercase]


def make_places() -> dict[int, Territory]:
    """The twelve EPCI with their département, income, density and contour."""
    places = {n: make_territory(f"CC du Lieu {n:02}") for n in range(1, 13)}
    departements = [
        make_territory(name, Territory.Kind.DEPARTEMENT, free(code))
        for name, code in (("Deux-Rives", "92"), ("Hautes-Terres", "91"))
    ]
    for number, place in places.items():
        Membership.objects.create(
            member=place, group=departements[number % 2], since=2020
        )
    observe("median_income", {p: 18_000 + 500 * n for n, p in places.items()})
    for level in range(1, 8):
        inhabited = {1: 7, 2: 7, 3: 7, 10: 3, 11: 3} | dict.fromkeys(range(4, 10), 5)
        counts = {
            places[n]: 1000 if found == level else 0 for n, found in inhabited.items()
        }
        observe(f"density_{level}", counts)
    draw_contours(places)
    return places


def observe(code: str, values: dict[Territory, float]) -> None:
    source, _new = Source.objects.get_or_create(
        code="insee", defaults={"title": "Fichier d’exemple", "producer": "INSEE"}
    )
    words = {"fr": code}
    indicator, _new = Indicator.objects.get_or_create(
        code=code,
        defaults={
            "source": source,
            "title": words,
            "question": words,
            "limits": words,
            "unit": Indicator.Unit.EUROS,
            "direction": Indicator.Direction.NEITHER,
        },
    )
    release, _new = Release.objects.get_or_create(
        source=source, vintage="2021", file="exemple.csv"
    )
    Observation.objects.bulk_create(
        Observation(
            territory=territory,
            indicator=indicator,
            release=release,
            value=value,
            status=Observation.Status.PUBLISHED,
        )
        for territory, value in values.items()
    )


def draw_contours(places: dict[int, Territory]) -> None:
    """One square each, side by side."""
    Contour.objects.bulk_create(
        Contour(
            territory=place,
            vintage=2026,
            frame="metropolis",
            path=f"M{10 * n} 0h10v10h-10z",
            min_x=10 * n,
            min_y=0,
            max_x=10 * n + 10,
            max_y=10,
        )
        for n, place in places.items()
    )
