"""What a resource centre notes of three territories, invented; a shared roadmap."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from jalons.accounts.models import User
from jalons.network import operations
from jalons.network.cockpit import cockpit_of
from jalons.network.models import Exchange, FollowUp
from jalons.spaces.models import Space

Kind, Support = Exchange.Kind, Exchange.Support
SOURCE = "Su par un appel inventé, pour l’exemple"
SAID = (
    (40, Kind.CALL, Support.NONE, "Le territoire veut savoir par où commencer", 10),
    (75, Kind.MEETING, Support.KNOWLEDGE, "Les dispositifs ont été présentés", -5),
    (400, Kind.MAIL, Support.TOOLS, "Les fiches des ateliers ont été envoyées", None),
)


def invent_support(centre: Space, team: Space, officer: User) -> None:
    """Those to support first are followed; the team shows how far its roadmap is."""
    for roadmap in team.roadmaps.all():
        operations.share_progress(roadmap, by=officer)
    today = timezone.localdate()
    cockpit = cockpit_of(centre)
    rows = [*cockpit.targets, *cockpit.rows][: len(SAID)]
    for row, (ago, kind, support, summary, ahead) in zip(rows, SAID, strict=True):
        exchange = Exchange(
            space=centre,
            territory_id=row.code,
            day=today - timedelta(days=ago),
            kind=kind,
            support=support,
            summary=summary,
            counterpart="Direction générale des services",
            is_simulated=True,
        )
        if ahead is not None:
            exchange.next_step = "Proposer un rendez-vous"
            exchange.next_on = today + timedelta(days=ahead)
        operations.save_exchange(exchange, version=0, by=officer)
    sheet = FollowUp(
        space=centre,
        territory_id=rows[0].code,
        strand=FollowUp.Strand.PLANNED,
        strand_source=SOURCE,
        strand_on=today - timedelta(days=40),
        is_flagged=True,
        flag_reason="Peu avancé et très vulnérable (exemple)",
        is_simulated=True,
    )
    operations.save_follow_up(sheet, version=0, by=officer)
