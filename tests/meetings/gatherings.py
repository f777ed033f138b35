"""Meetings for the tests, noted as a team notes them."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

from django.utils import timezone

from jalons.accounts.models import User
from jalons.meetings import operations
from jalons.meetings.models import Meeting
from jalons.spaces.models import Space

_numbers = itertools.count(1)
DAY = date(2031, 3, 12)


def make_meeting(
    space: Space, title: str = "", *, by: User, day: date = DAY, **fields: object
) -> Meeting:
    start = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    meeting = Meeting(
        space=space,
        title=title or f"Rencontre {next(_numbers)}",
        starts_at=start + timedelta(hours=9),
        ends_at=start + timedelta(hours=12),
        **{"kind": Meeting.Kind.WORKSHOP, "place": "Salle des fêtes", **fields},
    )
    return operations.save_meeting(meeting, [], by=by)
