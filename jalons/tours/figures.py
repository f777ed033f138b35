"""When and where a tour comes next: for the page, the calendar file, the team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from jalons.analysis.opening import Span, open_spans
from jalons.directory.words import span_said
from jalons.documents.calendar import Event
from jalons.tours.models import Stop, Tour

AHEAD = timedelta(days=183)
"""Six months: beyond, a tour has changed more often than not."""
MOST_ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Coming:
    """One coming of a tour, in the time of its commune."""

    stop: Stop
    span: Span

    @property
    def hours(self) -> str:
        return span_said(self.span)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What comes, soonest first, and the stops of which nothing certain is read."""

    coming: list[Coming]
    silent: list[Stop]

    @property
    def shown(self) -> list[Coming]:
        return self.coming[:MOST_ON_A_PAGE]


def calendar_of(tour: Tour, now: datetime) -> Calendar:
    """Every coming of the next six months."""
    stops = list(tour.stops.select_related("commune").order_by("commune__name", "pk"))
    coming, silent = [], []
    for stop in stops:
        hours = stop.hours
        spans = open_spans(hours, now, now + AHEAD) if hours else ()
        coming += [Coming(stop, span) for span in spans]
        if not spans:
            silent.append(stop)
    coming.sort(key=lambda one: (one.span.start, one.stop.pk))
    return Calendar(coming, silent)


def events_of(tour: Tour, calendar: Calendar, host: str) -> list[Event]:
    """The same comings, for a calendar program; each keeps its identity."""
    return [
        Event(
            uid=f"tour-{tour.pk}-{one.stop.pk}-{one.span.start:%Y%m%d%H%M}@{host}",
            start=one.span.start,
            end=one.span.end,
            title=tour.title,
            place=f"{one.stop.spot}, {one.stop.commune.name}",
            description=tour.summary,
        )
        for one in calendar.coming
    ]


def now() -> datetime:
    return timezone.localtime()
