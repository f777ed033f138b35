"""The demonstration that `benchmarks.web` reads, filled and printed apart: `python -m`.

`fill N` puts so many invented answers in its open survey and prints how to enter as its
officer; `pdf TIMES` composes and prints a report of twenty pages or more.
"""

from __future__ import annotations

import io
import json
import random
import sys
import time
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from jalons.accounts.models import User  # noqa: E402
from jalons.demo.operations import REGION, TRIAL_SLUG  # noqa: E402
from jalons.diagnosis.documents import portrait  # noqa: E402
from jalons.diagnosis.pages import open_reading  # noqa: E402
from jalons.documents import render  # noqa: E402
from jalons.documents.model import Document, Figure, Section  # noqa: E402
from jalons.questionnaires.answers import clean_answers  # noqa: E402
from jalons.surveys.models import Campaign, Response  # noqa: E402
from jalons.synthesis.documents import document  # noqa: E402
from jalons.synthesis.models import Edition  # noqa: E402
from jalons.synthesis.reading import content_today  # noqa: E402

SEED = 20_220_301
BATCH = 2_000
PAGES, FIGURES = 20, 5
PLACES = (REGION, "33", "87", "17", "24")
"""Portraits added to the synthesis one by one, until pages and maps are enough."""


def fill(count: int) -> dict[str, object]:
    """Answers over the territories of the open survey, as they would be sent."""
    campaign = Campaign.objects.get(slug=TRIAL_SLUG)
    places = list(campaign.territories.values_list("pk", flat=True))
    rules = campaign.version.read()
    draw, now = random.Random(SEED), timezone.now()
    for start in range(0, count, BATCH):
        Response.objects.bulk_create(
            _response(campaign, draw, places, rules, now)
            for _one in range(start, min(start + BATCH, count))
        )
    client = Client()
    client.force_login(User.objects.get(email=settings.DEMO_EMAIL))
    return {
        "session": client.cookies["sessionid"].value,
        "survey": campaign.pk,
        "territories": len(places),
        "responses": campaign.responses.submitted().count(),
    }


def _response(campaign, draw, places, rules, now) -> Response:
    drawn: dict[str, object] = {}
    for question in rules.questions:
        if question.type in ("single", "multiple"):
            chosen = draw.choice(question.options).code
            drawn[question.code] = [chosen] if question.type == "multiple" else chosen
    # As the site does, what was not asked is left out.
    said, _problems = clean_answers(rules, drawn)
    sent = now - timedelta(minutes=draw.randrange(10_000))
    return Response(
        campaign=campaign,
        key=uuid4(),
        territory_id=draw.choice(places),
        answers=said,
        profile=said["profile"],
        started_at=sent,
        updated_at=sent,
        submitted_at=sent,
    )


def pdf(times: int) -> dict[str, object]:
    """Seconds to read the figures again, compose the report and write its file.

    Typst remembers what it set: each report has its own title and its own places, in
    another order, so that no page is one that was set before.
    """
    from pypdf import PdfReader

    pages, drawn, count = 0, 0, 0
    while (pages < PAGES or drawn < FIGURES) and count < len(PLACES):
        count += 1
        report = _report(PLACES[:count])
        drawn = sum(map(_figures, report.sections))
        pages = len(PdfReader(io.BytesIO(render(report, "pdf"))).pages)
    seconds = []
    for turn in range(1, times + 1):
        began = time.perf_counter()
        at = turn % count
        report = _report((*PLACES[at:count], *PLACES[:at]))
        file = render(replace(report, title=f"{report.title} {turn}"), "pdf")
        seconds.append(time.perf_counter() - began)
    return {"pages": pages, "figures": drawn, "kB": len(file) / 1000, "times": seconds}


def _report(places: tuple[str, ...]) -> Document:
    edition = Edition.objects.public(at=timezone.now()).order_by("pk").first()
    assert edition is not None, "the demonstration has no synthesis"
    made = document(content_today(edition))
    with translation.override(made.language):
        more = [one for code in places for one in portrait(open_reading(code)).sections]
    return replace(made, sections=[*made.sections, *more])


def _figures(section: Section) -> int:
    inside = (one for one in section.blocks if isinstance(one, Section))
    own = sum(isinstance(one, Figure) for one in section.blocks)
    return own + sum(_figures(one) for one in inside)


if __name__ == "__main__":
    word, number = sys.argv[1:]
    print(json.dumps({"fill": fill, "pdf": pdf}[word](int(number))))
