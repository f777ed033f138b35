"""The analysis desk with 100 000 answers: the page of any crossing, as it is served.

A database of its own in memory, one survey of 154 territories, answers drawn with a
fixed seed. The first table encodes the answers (told apart); then every page is asked
for through the whole of Django: rights, counts, intervals, tests, template. Then each
page is the first one after one more answer. Goal: 95 % of the pages in at most 300 ms.
"""

from __future__ import annotations

import os
import random
import time
from datetime import timedelta
from statistics import median, quantiles
from uuid import uuid4

import django

SIZE, QUICK_SIZE = 100_000, 5_000
TERRITORIES = 154
GOAL_MS = 300
SEED = 20_220_301


def main(*, quick: bool = False, full: bool = False) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment

    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        _measure(QUICK_SIZE if quick else SIZE)
    finally:
        runner.teardown_databases(databases)


def _measure(size: int) -> None:
    from django.test import Client

    campaign, officer = _survey(size)
    client = Client()
    client.force_login(officer)
    names = [one.code for one in _crossable(campaign)]
    first = _timed(client, campaign.pk, names[0], names[1])
    draw = random.Random(SEED)
    pairs = [tuple(draw.sample(names, 2)) for _page in range(60)]
    before = time.process_time()
    times = [_timed(client, campaign.pk, *pair) for pair in pairs]
    spent = (time.process_time() - before) * 1000 / len(pairs)
    p50, p95, most = median(times), quantiles(times, n=20)[-1], max(times)
    print(
        f"tabulations: {size} answers, {len(pairs)} crossings of {len(names)} variables"
    )
    print(f"  first page (answers encoded): {first:.0f} ms")
    print(f"  p50 {p50:.0f} ms, p95 {p95:.0f} ms, max {most:.0f} ms (goal {GOAL_MS})")
    print(f"  processor: {spent:.0f} ms a page, whatever else the machine does")
    _measure_changes(client, campaign, pairs)


def _measure_changes(client, campaign, pairs) -> None:
    """Each page as the first one read after one more answer was sent."""
    address = f"/enquetes/{campaign.pk}"
    crossings = [f"{address}/analyse/?lignes={r}&colonnes={c}" for r, c in pairs[:20]]
    pages = {
        "follow-up": [f"{address}/"] * 20,
        "points by territory": [f"{address}/epci/"] * 20,
        "agreement": [f"{address}/rapprochement/"] * 20,
        "results": [f"{address}/restitution/"] * 20,
        "crossing": crossings,
    }
    for name, addresses in pages.items():
        times, spent = [], []
        for one in addresses:
            _answer_once_more(campaign)
            start, worked = time.perf_counter(), time.process_time()
            answer = client.get(one)
            times.append((time.perf_counter() - start) * 1000)
            spent.append((time.process_time() - worked) * 1000)
            if answer.status_code != 200:
                raise RuntimeError(f"{one}: {answer.status_code}")
        p95, cpu = quantiles(times, n=20)[-1], median(spent)
        print(
            f"  after one more answer, {name}: p50 {median(times):.0f} ms, "
            f"p95 {p95:.0f} ms (goal {GOAL_MS}), processor {cpu:.0f} ms"
        )
    from resource import RUSAGE_SELF, getrusage

    print(f"  peak memory {getrusage(RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, all told")


def _answer_once_more(campaign) -> None:
    from django.utils import timezone

    known = campaign.responses.order_by("?").first()
    known.pk, known.key = None, uuid4()
    known.updated_at = known.submitted_at = timezone.now()
    known.save(force_insert=True)


def _timed(client, pk: int, rows: str, columns: str) -> float:
    start = time.perf_counter()
    answer = client.get(
        f"/enquetes/{pk}/analyse/", {"lignes": rows, "colonnes": columns}
    )
    spent = (time.perf_counter() - start) * 1000
    if answer.status_code != 200 or b"<table" not in answer.content:
        raise RuntimeError(f"{rows} × {columns}: {answer.status_code}")
    return spent


def _crossable(campaign):
    from jalons.tabulations.axes import answers_of, variables_of

    found = variables_of(answers_of(campaign), "fr")
    axes = answers_of(campaign)
    return [one for one in found.values() if axes.axis(one.code).answered.sum() > 100]


def _survey(size: int):
    from django.conf import settings
    from django.utils import timezone

    from jalons.accounts.models import User
    from jalons.questionnaires.operations import load_definition
    from jalons.spaces.models import Membership, Role, Space
    from jalons.surveys.models import Campaign, Response
    from jalons.territories.models import Territory

    now, today = timezone.now(), timezone.localdate()
    officer = User.objects.create_user(email="mesure@exemple.fr", name="Mesure")
    places = Territory.objects.bulk_create(
        Territory(code=f"9{n:08}", kind=Territory.Kind.EPCI, name=f"CC {n}")
        for n in range(TERRITORIES)
    )
    space = Space.objects.create(name="Mesure", kind="team", territory=places[0])
    Membership.objects.create(space=space, user=officer, role=Role.OWNER)
    version = load_definition(
        settings.REFERENCE_DIR / "questionnaires/maturite-numerique.toml"
    )
    campaign = Campaign.objects.create(
        space=space,
        version=version,
        slug="mesure",
        title="Mesure",
        sponsor="Mesure",
        opens_on=today,
        closes_on=today,
        answers_kept_until=today,
    )
    campaign.territories.set(places)
    draw = random.Random(SEED)
    questions = [
        q for q in version.read().questions if q.type in ("single", "multiple")
    ]
    Response.objects.bulk_create(
        (
            Response(
                campaign=campaign,
                territory=draw.choice(places),
                answers=(said := _answers(draw, questions)),
                profile=said["profile"],
                started_at=(sent := now - timedelta(minutes=draw.randrange(40_000))),
                updated_at=sent,
                submitted_at=sent,
            )
            for _answer in range(size)
        ),
        batch_size=2_000,
    )
    return campaign, officer


def _answers(draw, questions) -> dict[str, object]:
    said: dict[str, object] = {}
    for question in questions:
        codes = [option.code for option in question.options]
        chosen = draw.choice(codes)
        said[question.code] = [chosen] if question.type == "multiple" else chosen
    return said
