"""What a roadmap makes known, for the tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.communication import operations
from jalons.communication.models import Announcement
from jalons.roadmaps.models import Roadmap


def make_announcement(
    roadmap: Roadmap,
    subject: str = "Atelier ouvert à tous",
    *,
    by: User,
    actors: Iterable[Actor] = (),
    **fields: object,
) -> Announcement:
    given = {
        "audience": "Les maires",
        "channel": Announcement.Channel.TOWN_HALLS,
        "material": Announcement.Material.POSTER,
        "planned_on": date(2027, 1, 4),
        **fields,
    }
    row = Announcement(roadmap=roadmap, subject=subject, **given)
    return operations.add_announcement(row, actors, by=by)
