"""The three doors of the demonstration's first page."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from jalons.surveys.models import Campaign


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the demonstration leads: results, questionnaire, sign-in address."""

    results_url: str
    answer_url: str
    email: str


def doors() -> Doors | None:
    """The doors of the demonstration; None elsewhere, or before it is built."""
    if not settings.DEMO:
        return None
    simulated = Campaign.objects.filter(is_simulated=True)
    published = simulated.filter(publication__isnull=False).first()
    to_answer = simulated.open(on=timezone.localdate()).first()
    if published is None or to_answer is None:
        return None
    return Doors(
        results_url=reverse("observatory:public", args=[published.slug]),
        answer_url=reverse("surveys:notice", args=[to_answer.slug]),
        email=settings.DEMO_EMAIL,
    )
