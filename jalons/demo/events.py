"""Two events of the resource centre, invented: one that took place, one to come."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from jalons.accounts.models import User
from jalons.events import operations
from jalons.events.models import Event
from jalons.meetings.models import Meeting
from jalons.spaces.models import Space

Kind = Meeting.Kind
TOLD = (
    (
        -40,
        Kind.WEBINAR,
        "Par où commencer sa feuille de route ? (exemple)",
        "Deux collectivités racontent leurs trois premiers mois.",
        "En ligne",
    ),
    (
        20,
        Kind.GROUP,
        "Financer un poste de conseiller après deux ans (exemple)",
        "Ce que chacun a demandé, à qui, et ce qui lui a été répondu.",
        "Maison des associations (lieu inventé)",
    ),
)
"""Days from today, kind, title, purpose, place."""


def invent_events(centre: Space, officer: User) -> list[Event]:
    """Both in the public agenda; people may register to the second one."""
    today = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    found = []
    for days, kind, title, purpose, place in TOLD:
        begins = today + timedelta(days=days)
        meeting = Meeting(
            space=centre,
            kind=kind,
            title=title,
            purpose=purpose,
            place=place,
            starts_at=begins,
            ends_at=begins + timedelta(hours=2),
            is_simulated=True,
        )
        event = Event(audience="Équipes des EPCI de la région", capacity=30)
        operations.save_event(event, meeting, [officer], by=officer)
        operations.publish_event(event, by=officer)
        found.append(event)
    return found
