"""An invented body, and what three invented actors promise and give."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.coordination import operations
from jalons.coordination.models import (
    Agreement,
    Body,
    Contribution,
    Decision,
    OnlineService,
    Sitting,
    StageDone,
)
from jalons.groups.models import Group
from jalons.meetings import operations as meetings
from jalons.meetings.models import Meeting

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
    _sit(body, made, officer)
    _agree(made, officer)
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


DECIDED = (
    ("Tenir une permanence le jeudi (exemple)", 1, -20, Decision.State.DONE),
    ("Écrire à chaque mairie (exemple)", 0, -5, Decision.State.OPEN),
    ("Chercher un second véhicule (exemple)", None, 40, Decision.State.OPEN),
)
"""Words, who sees to it, days from today, what became of it."""
SAT_AGO = timedelta(days=60)


def _sit(body: Body, made: list[Actor], officer: User) -> None:
    """The body sat two months ago: who came, what was decided, one decision late."""
    today = timezone.localdate()
    start = timezone.make_aware(datetime.combine(today - SAT_AGO, time(10)))
    meeting = Meeting(
        space=body.group.space,
        kind=Meeting.Kind.PLENARY,
        title="Séance du réseau (exemple)",
        purpose="Ce qui avance, ce qui coince",
        place="Salle du conseil (inventée)",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        horizon_years=10,
        is_simulated=True,
    )
    meetings.save_meeting(meeting, [officer], by=officer)
    meetings.choose_guests(meeting, made[:5], by=officer)
    sitting = operations.attach_sitting(Sitting(body=body, meeting=meeting), by=officer)
    for text, who, days, state in DECIDED:
        row = Decision(sitting=sitting, text=text, state=state)
        row.actor = None if who is None else made[who]
        row.due_on = today + timedelta(days=days)
        operations.save_decision(row, by=officer)


def _agree(made: list[Actor], officer: User) -> None:
    """An agreement between two invented actors, two stages out of three."""
    space, today = made[0].space, timezone.localdate()
    agreement = Agreement(
        space=space,
        title="Convention de permanences (exemple inventé)",
        purpose="Une salle prêtée contre deux demi-journées d’aide",
        signed_on=today - timedelta(days=200),
        ends_on=today + timedelta(days=165),
        is_simulated=True,
    )
    operations.save_agreement(agreement, made[:2], by=officer)
    for stage, days in (
        (StageDone.Stage.LEADERS, 300),
        (StageDone.Stage.WORKSHOPS, 90),
    ):
        operations.mark_stage(
            space,
            stage,
            done_on=today - timedelta(days=days),
            note="Étape inventée, pour l’exemple",
            by=officer,
        )
