"""A survey of many random answers, where secrecy has something to hide."""

from __future__ import annotations

import random
from collections import Counter

from django.db.models import Count

from jalons.surveys import operations
from jalons.territories.models import Membership, Territory
from tests.factories import make_campaign, make_response, make_territory, make_user
from tests.observatory.example import (
    ADVANCED,
    INTERMEDIATE,
    LOW,
    VERY_ADVANCED,
    Example,
    free,
    observe,
    validate,
)

PROFILES = {
    "territorial_engineering": 26,
    "decision_maker": 22,
    "digital_adviser": 9,
    "local_operator": 3,
}
DIFFICULTIES = {
    "territorial_engineering": ["connecting_actors", "elected_awareness", "time"],
    "decision_maker": ["funding", "priorities_and_means", "time"],
    "digital_adviser": ["reaching_people", "job_security", "time"],
    "local_operator": ["funding", "knowing_partners", "time"],
}
THEMES = ["inclusion", "responsible", "education", "security", "companies"]


def make_crowd(*, validated: float, announced: bool = True, seed: int = 1) -> Example:
    """Fifty EPCI in four départements, sixty answers, a share of them validated."""
    draw = random.Random(seed)
    officer = make_user()
    places = {n: make_territory(f"CC du Mont {n:02}") for n in range(1, 51)}
    departements = [
        make_territory(f"Val {n}", Territory.Kind.DEPARTEMENT, free(f"9{n}"))
        for n in range(4)
    ]
    for number, place in places.items():
        group = departements[number % 4]
        Membership.objects.create(member=place, group=group, since=2020)
    observe("median_income", {p: 18_000 + 100 * n for n, p in places.items()})
    for level in range(1, 8):
        here = {p: 1000 if n % 7 == level - 1 else 0 for n, p in places.items()}
        observe(f"density_{level}", here)
    campaign = make_campaign(*places.values(), notice_announces_class=announced)
    for profile in Counter(PROFILES).elements():
        answer_at_random(draw, campaign, draw.choice(list(places.values())), profile)
    answered = Territory.objects.filter(responses__campaign=campaign).distinct()
    agreed = [place for place in answered if draw.random() < validated]
    validate(campaign, officer, agreed)
    operations.close_campaign(campaign, by=officer)
    campaign.refresh_from_db()
    return Example(campaign, officer, places)


def answer_at_random(draw, campaign, place, profile) -> None:
    level = draw.choice([LOW, INTERMEDIATE, ADVANCED, VERY_ADVANCED])
    make_response(
        campaign,
        place,
        profile=profile,
        main_stake=draw.choices(["inequalities", "security", "economy"], [8, 2, 1])[0],
        themes=draw.sample(THEMES, draw.randint(1, 3)),
        difficulties=draw.sample(DIFFICULTIES[profile], draw.randint(1, 2)),
        needs=draw.sample(["expertise", "means", "funding"], draw.randint(1, 2)),
        **(level | {"R1": draw.choice(["no", "planned", "yes"])}),
    )


def make_rare_departements(campaign, *sizes: int) -> dict[str, str]:
    """Names by code of départements where that many EPCI answered, each once."""
    alone = list(
        campaign.territories.annotate(number=Count("responses"))
        .filter(number=1)
        .order_by("code")
    )
    names = {}
    for number, size in enumerate(sizes):
        rare = make_territory(
            f"Rare {number}", Territory.Kind.DEPARTEMENT, f"8{number}"
        )
        for _each in range(size):
            Membership.objects.filter(member=alone.pop()).update(group=rare)
        names[rare.code] = rare.name
    return names
