"""The dashboards of an evaluation and of a roadmap: 32 indicators over ten years.

The budget is 100 ms at the 95th percentile for each page; the roadmap has 60 actions.
Everything is made inside one transaction that is rolled back: a benchmark leaves
nothing behind.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter

import django

from benchmarks.driver import settle

YEARS, A_YEAR = 10, 4
BUDGET_MS = 100
PAGES = ("evaluation:show", "followup:dashboard")


def main(*, quick: bool = False, full: bool = False) -> None:
    """Print the median and the 95th percentile of the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for page, taken in _times(30 if quick else 200).items():
        times = sorted(taken)
        p95 = times[int(len(times) * 0.95)]
        print(f"{page}, 32 indicators, {32 * YEARS * A_YEAR} measures")
        print(f"median {times[len(times) // 2]:.1f} ms, p95 {p95:.1f} ms", end="")
        print(f" (budget {BUDGET_MS} ms: {'held' if p95 <= BUDGET_MS else 'BROKEN'})")


def _times(rounds: int) -> dict[str, list[float]]:
    from django.db import transaction
    from django.test import Client
    from django.urls import reverse

    with transaction.atomic():
        roadmap, officer = _made()
        client = Client(headers={"host": "localhost"})
        client.force_login(officer)
        found = {
            page: _taken(client, reverse(page, args=[roadmap.pk]), rounds)
            for page in PAGES
        }
        transaction.set_rollback(True)
    return found


def _taken(client, address: str, rounds: int) -> list[float]:
    """Milliseconds of each reading of a page, its first one left out."""
    assert client.get(address).status_code == 200
    settle()
    found = []
    for _round in range(rounds):
        start = perf_counter()
        client.get(address)
        found.append(1000 * (perf_counter() - start))
    return found


def _plan(roadmap, officer, today: date) -> None:
    """Five stakes of three workstreams of four actions, half of them late."""
    from jalons.roadmaps import operations
    from jalons.roadmaps.models import Action, StatusChange, Workstream

    for number in range(5):
        stake = operations.add_stake(roadmap, f"Comment faire {number} ?", by=officer)
        for _rank in range(3):
            row = Workstream(stake=stake, title="Un chantier")
            stream = operations.add_workstream(row, {}, by=officer)
            for rank in range(4):
                ends = today + timedelta(days=-30 if rank % 2 else 30)
                action = Action(workstream=stream, description="Agir", ends_on=ends)
                budget = [operations.Budgeted("Région", Decimal(1000))]
                operations.add_action(action, budget, by=officer)
                StatusChange.objects.create(
                    action=action,
                    before=Action.Status.PLANNED,
                    after=Action.Status.UNDER_WAY,
                    reason="Commencée",
                    changed_on=today - timedelta(days=9),
                )


def _made():
    """A roadmap whose every indicator was measured each quarter."""
    from jalons.accounts.models import User
    from jalons.evaluation.catalogue import read_catalogue
    from jalons.evaluation.models import Baseline, Measure
    from jalons.evaluation.operations import start_evaluation
    from jalons.roadmaps.models import Roadmap
    from jalons.roadmaps.operations import start_roadmap
    from jalons.spaces.models import Space
    from jalons.spaces.operations import create_space
    from jalons.territories.models import Territory

    officer = User.objects.create_user(email="mesure@exemple.fr", name="Mesure")
    territory, _is_new = Territory.objects.get_or_create(
        code="999999999", defaults={"kind": Territory.Kind.EPCI, "name": "CC de mesure"}
    )
    space = create_space(
        by=officer, name="Mesure", kind=Space.Kind.TEAM, territory=territory
    )
    roadmap = Roadmap(space=space, title="Mesure", territory_name="CC de mesure")
    start_roadmap(roadmap, perimeter=(), group=(), by=officer)
    _plan(roadmap, officer, date.today())
    codes = [one.code for one in read_catalogue().indicator]
    evaluation = start_evaluation(roadmap, "", codes, by=officer)
    first, quarter = date(2016, 1, 31), timedelta(days=91)
    for followed in evaluation.indicators.all():
        Baseline.objects.create(
            followed=followed, value=Decimal(1), measured_on=first, source="Mesure"
        )
        Measure.objects.bulk_create(
            Measure(
                followed=followed,
                measured_on=first + rank * quarter,
                value=Decimal(rank),
                origin=Measure.Origin.ENTERED,
            )
            for rank in range(1, YEARS * A_YEAR + 1)
        )
    return roadmap, officer
