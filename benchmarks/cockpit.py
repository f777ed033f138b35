"""The territories followed by a centre: 1 255 EPCI, 50 roadmaps, 2 510 exchanges.

Four EPCI in five answered its survey, one in ten of them twice, at the four levels: the
survey is closed and its scores are frozen, as in a real centre. The budget is 150 ms at
the 95th percentile and 100 kB for the first view. The EPCI are those of the
installation (`load_reference`), gathered in an invented région; what the platform
computes of them (survey, incomes, index) is read once, as for a real centre, then kept.
Everything is made in a transaction that is rolled back.
"""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from time import perf_counter

import django

from benchmarks.driver import settle

ROADMAPS, EACH, WAITING = 50, 2, 10
"""Exchanges with each EPCI; one EPCI in so many waits for something promised."""
BUDGET_MS, BUDGET_BYTES = 150, 100_000
ANSWERED, TWICE = 5, 10
"""One EPCI in so many did not answer; one in so many answered twice."""
NOTHING = {
    **dict.fromkeys(("P1a", "P1b", "P2", "R1", "R2b", "S2", "S3"), "no"),
    **{"R2a": ["none"], "R3": "zero", "S1": "zero"},
}
SOME = NOTHING | {"P1a": "regular", "P1b": "regular", "R1": "yes"}
MORE = SOME | {
    **{"P2": "yes", "P3": ["none"], "R1": "yes_active"},
    **{"R2b": "joint_actions", "R3": "from_2"},
}
MUCH = MORE | {
    **{"S1": "from_1", "S2": "yes_committee"},
    **{"S3": "yes", "S4": ["document", "voted"]},
}
LEVELS = (NOTHING, SOME, MORE, MUCH)
"""Answers worth 0, 7, 16 and 27 points: one of each class."""


def main(*, quick: bool = False, full: bool = False) -> None:
    """Print, as JSON, the median, the 95th percentile and the weight of the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        address, client, count, scores = _made()
        assert scores, "no answer was scored"
        first, weight = _read(client, address)
        settle()
        times = sorted(
            _read(client, address)[0] for _one in range(30 if quick else 200)
        )
        transaction.set_rollback(True)
    p95 = times[int(len(times) * 0.95)]
    told = {
        "page": "network:cockpit",
        "epci": count,
        "roadmaps": ROADMAPS,
        "scores": scores,
        "exchanges": count * EACH,
        "first_ms": round(first, 1),
        "median_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(p95, 1),
        "budget_ms": BUDGET_MS,
        "bytes": weight,
        "budget_bytes": BUDGET_BYTES,
        "held": p95 <= BUDGET_MS and weight <= BUDGET_BYTES,
    }
    print(json.dumps(told, indent=2))


def _read(client, address: str) -> tuple[float, int]:
    start = perf_counter()
    answer = client.get(address)
    taken = 1000 * (perf_counter() - start)
    assert answer.status_code == 200
    return taken, len(answer.content)


def _made():
    """A centre over every EPCI of the country."""
    from django.test import Client
    from django.urls import reverse

    from jalons.accounts.models import User
    from jalons.network.models import Exchange, FollowUp
    from jalons.spaces.models import Space
    from jalons.spaces.operations import create_space
    from jalons.territories.models import Membership, Territory

    officer = User.objects.create_user(email="mesure@exemple.fr", name="Mesure")
    region = Territory.objects.create(
        code="R99", kind=Territory.Kind.REGION, name="Région de mesure"
    )
    places = list(Territory.objects.epci().current())
    Membership.objects.bulk_create(
        Membership(member=one, group=region, since=2020) for one in places
    )
    space = create_space(
        by=officer, name="Mesure", kind=Space.Kind.RESOURCE_CENTRE, territory=region
    )
    Space.objects.filter(pk=space.pk).update(recognised_at=space.created_at)
    day = date.today() - timedelta(days=30)
    Exchange.objects.bulk_create(
        Exchange(
            space=space,
            territory=one,
            day=day - timedelta(days=rank),
            kind=Exchange.Kind.CALL,
            support=Exchange.Support.TOOLS,
            summary="Un appel",
            next_step="" if rank or number % WAITING else "Rappeler",
        )
        for number, one in enumerate(places)
        for rank in range(EACH)
    )
    FollowUp.objects.bulk_create(
        FollowUp(space=space, territory=one, is_flagged=True, flag_reason="Isolé")
        for one in places[::5]
    )
    _share(places[:ROADMAPS], officer)
    scores = _survey(space, places, officer)
    client = Client(headers={"host": "localhost"})
    client.force_login(officer)
    address = reverse("network:cockpit", args=[space.pk])
    return address, client, len(places), scores


def _survey(space, places, officer) -> int:
    """A closed survey of these territories; how many of them have frozen scores."""
    from django.utils import timezone

    from jalons.questionnaires.models import Version
    from jalons.surveys.models import Campaign, Response, Score
    from jalons.surveys.operations import close_campaign

    today, now = timezone.localdate(), timezone.now()
    version = Version.objects.latest_of("maturite-numerique")
    campaign = Campaign.objects.create(
        space=space,
        version=version,
        slug="mesure-du-cockpit",
        title="Mesure",
        sponsor="Mesure",
        opens_on=today - timedelta(days=20),
        closes_on=today,
        answers_kept_until=today + timedelta(days=365),
    )
    campaign.territories.set(places)
    answers = [
        (number, profile)
        for number in range(len(places))
        if number % ANSWERED
        for profile in ("decision_maker", "digital_adviser")
        if profile == "decision_maker" or number % TWICE == 1
    ]
    Response.objects.bulk_create(
        Response(
            campaign=campaign,
            territory=places[number],
            profile=profile,
            answers={
                **{"territory": places[number].pk, "profile": profile},
                **{"main_stake": "inequalities", "themes": ["inclusion"]},
                **LEVELS[number % len(LEVELS)],
            },
            started_at=now,
            updated_at=now,
            submitted_at=now,
        )
        for number, profile in answers
    )
    close_campaign(campaign, by=officer)
    return Score.objects.filter(campaign=campaign).count()


def _share(places, officer) -> None:
    """A roadmap of each of these territories, whose progress its team shares."""
    from django.utils import timezone

    from jalons.network.models import SharedProgress
    from jalons.roadmaps.models import Roadmap
    from jalons.spaces.models import Space
    from jalons.spaces.operations import create_space

    for one in places:
        team = create_space(
            by=officer, name=one.name, kind=Space.Kind.TEAM, territory=one
        )
        Space.objects.filter(pk=team.pk).update(recognised_at=timezone.now())
        roadmap = Roadmap.objects.create(
            space=team, title="Mesure", territory_name=one.name
        )
        roadmap.perimeter.add(one)
        SharedProgress.objects.create(
            roadmap=roadmap,
            step=3,
            points_left=4,
            posts_ending=1,
            read_at=timezone.now(),
        )
