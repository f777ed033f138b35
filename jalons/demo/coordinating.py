"""An invented body, and what three invented actors promise and give."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.coordination import operations
from jalons.coordination.models import Body, Contribution, OnlineService
from jalons.groups.models import Group

Kind, State = Contribution.Kind, Contribution.State
GIVEN = (
    (0, Kind.STAFF, "Une médiatrice un jour par semaine", State.GIVEN, 9500, 45),
    (1, Kind.PREMISES, "La salle des ateliers", State.GIVEN, None, None),
    (2, Kind.EQUIPMENT, "Douze ordinateurs remis en état", State.PROMISED, 1800, None),
    (4, Kind.CASH, "Une part du poste de conseiller", State.PROMISED, 12000, None),
)
SOURCE = "Apport inventé, pour l’exemple"


def invent_coordination(network: Group, made: list[Actor], officer: User) -> None:
    """The network is a technical body; one actor asks online and gives nothing."""
    body = Body(
        group=network,
        level=Body.Level.TECHNICAL,
        rhythm=Body.Rhythm.QUARTER,
        agenda="Ce qui a été décidé et fait\nLes difficultés rencontrées\nLa suite",
    )
    operations.save_body(body, by=officer)
    year = timezone.localdate().year
    for number, kind, what, state, value, days in GIVEN:
        row = Contribution(
            space=network.space,
            actor=made[number],
            kind=kind,
            what=what,
            year=year,
            state=state,
            value=None if value is None else Decimal(value),
            days=None if days is None else Decimal(days),
            source=SOURCE,
            is_simulated=True,
        )
        operations.save_contribution(row, by=officer)
    for number, what in ((4, "Demander une aide (exemple)"), (5, "Payer (exemple)")):
        service = OnlineService(actor=made[number], what=what)
        operations.note_online_service(service, by=officer)
