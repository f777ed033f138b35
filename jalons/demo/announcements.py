"""What the example roadmap makes known: two things done, one late, one to come."""

from __future__ import annotations

from datetime import date, timedelta

from jalons.accounts.models import User
from jalons.communication.models import Announcement
from jalons.communication.operations import add_announcement
from jalons.roadmaps.models import Roadmap

Channel, Material = Announcement.Channel, Announcement.Material
Line = tuple[str, str, str, str, int | None, int, int | None, str]
"""Subject, audience, channel, material, copies, days planned and done, outcome."""
LINES: tuple[Line, ...] = (
    (
        "La démarche commence (exemple)",
        "Les mairies du territoire",
        *(Channel.TOWN_HALLS, Material.SLIP, 120, -150, -148),
        "Trois mairies ont demandé une affiche",
    ),
    (
        "L’atelier est ouvert à tous (exemple)",
        "Les habitants",
        *(Channel.FETES, Material.POSTER, 30, -60, -59),
        "Affichée sur deux marchés",
    ),
    (
        "Ce que l’atelier a donné (exemple)",
        "Celles et ceux qui sont venus",
        *(Channel.PLACES, Material.MINUTES, None, -10, None),
        "",
    ),
    (
        "Les enjeux retenus (exemple)",
        "Les lecteurs du bulletin",
        *(Channel.BULLETIN, Material.BULLETIN, None, 25, None),
        "",
    ),
)


def invent_announcements(roadmap: Roadmap, officer: User, today: date) -> None:
    """The log names two actors; the others were told of nothing yet."""
    reached = list(roadmap.group.order_by("pk")[:2])
    for subject, audience, channel, material, copies, planned, done, outcome in LINES:
        row = Announcement(roadmap=roadmap, subject=subject, audience=audience)
        row.channel, row.material, row.copies = channel, material, copies
        row.planned_on = today + timedelta(days=planned)
        row.done_on = None if done is None else today + timedelta(days=done)
        row.outcome = outcome
        add_announcement(row, reached if row.done_on else (), by=officer)
