"""People of a workshop: on their telephone, or entered by somebody else."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link
from jalons.accounts.operations import give_link
from jalons.live import operations as live
from jalons.workshops.models import Participant, Table, Workshop
from jalons.workshops.operations import WATCHERS
from jalons.workshops.refused import Refused

MOST_PEOPLE = 2000
"""A workshop is a room; more is a script, or a survey."""
MOST_AT_A_TABLE = 12


@transaction.atomic
def join(
    workshop: Workshop, alias: str, family: str, table: Table | None = None
) -> tuple[Participant, str]:
    """Somebody with a telephone, and the secret of their page. Raises Refused."""
    _refuse_unless_open(workshop)
    link, secret = give_link(Link.Purpose.ROOM, expires_at=None)
    person = Participant.objects.create(
        workshop=workshop, alias=alias, family=family, link=link, table=table
    )
    live.tell(workshop.channel, "joined", to=WATCHERS)
    return person, secret


@transaction.atomic
def enter_person(
    workshop: Workshop, alias: str, family: str, *, host: Participant | None
) -> Participant:
    """Somebody without a telephone: the team speaks for them, or a neighbour.

    Raises Refused.
    """
    _refuse_unless_open(workshop)
    if host is not None and host.hosted.count() >= MOST_AT_A_TABLE:
        raise Refused(
            _("One telephone speaks for twelve people at most: use another one.")
        )
    person = Participant.objects.create(
        workshop=workshop,
        alias=alias,
        family=family,
        host=host,
        table=host.table if host else None,
    )
    live.tell(workshop.channel, "joined", to=WATCHERS)
    return person


def _refuse_unless_open(workshop: Workshop) -> None:
    if not workshop.is_open:
        raise Refused(_("This workshop is not open: ask the facilitator."))
    if workshop.participants.count() >= MOST_PEOPLE:
        raise Refused(_("This workshop is full: ask the facilitator."))
