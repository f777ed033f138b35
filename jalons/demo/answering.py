"""Simulated answers recorded as those of a file, by the officer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from jalons.accounts.models import User
from jalons.demo.simulation import Simulated
from jalons.questionnaires.answers import clean_answers
from jalons.surveys import operations as surveys
from jalons.surveys.models import Campaign, Response

DAYS = 60
"""The last simulated answer comes before that many days have passed."""


def record(campaign: Campaign, simulated: Iterable[Simulated], by: User) -> list[str]:
    """Record the simulated answers; the EPCI answered about, by code."""
    entries = [_entry(one, campaign) for one in simulated]
    surveys.record_responses(
        campaign, entries, channel=Response.Channel.SIMULATION, by=by
    )
    answered = campaign.responses.values_list("territory_id", flat=True)
    return sorted(set(answered))


def _entry(one: Simulated, campaign: Campaign) -> surveys.Entry:
    answers, problems = clean_answers(campaign.version.read(), one.answers)
    if problems:
        raise ValueError(f"The simulation gives a refused answer: {problems[0]}")
    sent = datetime.combine(campaign.opens_on, datetime.min.time())
    days = one.key.int % DAYS
    return surveys.Entry(
        key=one.key,
        answers=answers,
        submitted_at=timezone.make_aware(sent + timedelta(days=days, hours=10)),
        # Most agree that their territory reads its points, not all.
        is_shared=one.key.int % 4 > 0,
    )
