"""People of a workshop: on their telephone, or entered by somebody else.

Those of a room who come at once are written together, with the votes of the others: an
arrival that had its own commit made everybody wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link
from jalons.accounts.operations import give_links
from jalons.live import gathering
from jalons.live import operations as live
from jalons.workshops import trying
from jalons.workshops.models import Participant, Table, Workshop
from jalons.workshops.operations import WATCHERS
from jalons.workshops.refused import Refused

MOST_PEOPLE = 2000
"""A workshop is a room; more is a script, or a survey."""
MOST_AT_A_TABLE = 12
NOT_OPEN = _("This workshop is not open: ask the facilitator.")
FULL = _("This workshop is full: ask the facilitator.")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who asks to come in; `counted_under` is what says where they join from."""

    workshop: Workshop
    alias: str
    family: str
    table: Table | None
    secret: str
    counted_under: str


def join(
    workshop: Workshop,
    alias: str,
    family: str,
    table: Table | None = None,
    *,
    counted_under: str = "",
) -> tuple[Participant, str]:
    """Somebody with a telephone, and the secret of their page. Raises Refused."""
    secret = Link.new_secret()
    one = Newcomer(workshop, alias, family, table, secret, counted_under)
    return gathering.keep(workshop.channel, keep_newcomers, one), secret


@transaction.atomic(savepoint=False)
def keep_newcomers(newcomers: Sequence[Newcomer]) -> list[Participant | Exception]:
    """Those who come to one workshop, or their refusals, in their order."""
    held = Workshop.objects.select_for_update(no_key=True)
    workshop = held.get(pk=newcomers[0].workshop.pk)
    reason = None if workshop.is_open else NOT_OPEN
    left = 0 if reason else max(0, MOST_PEOPLE - workshop.participants.count())
    came = newcomers[:left]
    links = give_links(Link.Purpose.ROOM, [one.secret for one in came])
    people = Participant.objects.bulk_create(
        Participant(
            workshop=workshop,
            alias=one.alias,
            family=one.family,
            link=link,
            table=one.table,
        )
        for one, link in zip(came, links, strict=True)
    )
    if people:
        live.tell(workshop.channel, "joined", to=WATCHERS, times=len(people))
    trying.count_joins([one.counted_under for one in came])
    return [*people, *(Refused(reason or FULL) for _one in newcomers[left:])]


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
    if reason := _reason_to_refuse(workshop):
        raise Refused(reason)


def _reason_to_refuse(workshop: Workshop) -> Promise | None:
    if not workshop.is_open:
        return NOT_OPEN
    return FULL if workshop.participants.count() >= MOST_PEOPLE else None
