"""The door to what follows a roadmap: through the roadmap already opened."""

from __future__ import annotations

from datetime import date

from django.shortcuts import get_object_or_404

from jalons.followup.models import Progress, ProgressDecision
from jalons.roadmaps.models import Roadmap


def get_progress(roadmap: Roadmap, pk: int) -> Progress:
    found: Progress = get_object_or_404(
        roadmap.progress_reviews.select_related("roadmap__space"), pk=pk
    )
    return found


def get_decision(progress: Progress, pk: int) -> ProgressDecision:
    found: ProgressDecision = get_object_or_404(
        progress.decisions.select_related("progress__roadmap"), pk=pk
    )
    return found


def read_day(text: str | None, *, before: date) -> date | None:
    """A day that an address asks for; nothing when it is none, or comes too late.

    >>> read_day("2026-01-31", before=date(2026, 6, 30))
    datetime.date(2026, 1, 31)
    >>> read_day("demain", before=date(2026, 6, 30))
    """
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day < before else None
