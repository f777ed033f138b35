"""The groups of the demonstration: invented, with a life of two years."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.groups import operations
from jalons.groups.models import Group, Seat
from jalons.professionals.models import Professional

# Days ago when each actor, in the order of the table, came and left.
STAYS: tuple[tuple[int, int, int | None, str], ...] = (
    (0, 720, None, "anime les réunions"),
    (1, 720, None, ""),
    (2, 610, None, "matériel"),
    (3, 610, 250, ""),
    (4, 400, None, ""),
    (5, 330, None, "finance la salle"),
    (3, 90, None, "de retour depuis la rentrée"),
)
FORMER = ((0, 700, 400, ""), (5, 700, 400, ""))


def invent_groups(made: list[Actor], officer: User) -> list[Group]:
    """A network alive for two years, and a committee that has ended."""
    today = timezone.localdate()
    network = Group(
        space=made[0].space,
        name="Réseau des aidants numériques (exemple)",
        kind=Group.Kind.NETWORK,
        purpose="Se réunir chaque trimestre, partager les difficultés rencontrées et "
        "savoir vers qui orienter.",
        territory=made[0].space.territory,
        begun_on=today - timedelta(days=720),
        shows=Group.Shows.ORGANISATIONS,
        is_simulated=True,
    )
    committee = Group(
        space=made[0].space,
        name="Comité de pilotage du plan précédent (exemple)",
        kind=Group.Kind.STEERING,
        purpose="Suivre le plan d’actions, qui est terminé.",
        territory=made[0].space.territory,
        begun_on=today - timedelta(days=700),
        is_simulated=True,
    )
    for group, stays in ((network, STAYS), (committee, FORMER)):
        operations.save_group(group, by=officer)
        for number, came, left, role in stays:
            operations.save_seat(
                _seat(group, made[number], _days(today, came, left), role), by=officer
            )
    operations.end_group(committee, on=today - timedelta(days=400), by=officer)
    return [network, committee]


def _days(today: date, came: int, left: int | None) -> tuple[date, date | None]:
    until = None if left is None else today - timedelta(days=left)
    return today - timedelta(days=came), until


def _seat(
    group: Group, actor: Actor, days: tuple[date, date | None], role: str
) -> Seat:
    person = Professional.objects.filter(actor=actor).first()
    return Seat(
        group=group,
        actor=actor,
        professional=person,
        role=role,
        since=days[0],
        until=days[1],
    )
