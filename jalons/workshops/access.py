"""Two doors to a workshop: the space that holds it, and the page of a participant."""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404

from jalons.accounts.access import DeadLink, find_link
from jalons.accounts.models import Link, User
from jalons.live.access import read_number
from jalons.spaces.access import Right, right_in
from jalons.spaces.models import Space
from jalons.workshops.known import FULL, Known, room_of
from jalons.workshops.models import (
    Activity,
    Item,
    Minutes,
    MinutesReader,
    Participant,
    Table,
    Workshop,
)

SALT = "jalons.workshops.minutes"
BY_LASTING_LINK = (
    "SELECT p.*, EXISTS (SELECT 1 FROM workshops_participant h WHERE h.host_id = p.id)"
    " AS is_host, EXISTS (SELECT 1 FROM workshops_minutesreader r"
    " WHERE r.participant_id = p.id) AS has_address"
    " FROM workshops_participant p JOIN accounts_link l ON l.id = p.link_id"
    " WHERE l.digest = %s AND l.purpose = %s"
    " AND l.revoked_at IS NULL AND l.expires_at IS NULL"
)
"""Written out: composed anew at each vote, it costs ten times what it reads."""


def get_workshop(space: Space, pk: int) -> Workshop:
    """A workshop of a space already opened, never of another."""
    found: Workshop = get_object_or_404(
        Workshop.objects.filter(meeting__space=space).select_related(*FULL), pk=pk
    )
    return found


def sees_hidden(user: User, space: Space) -> bool:
    """Whether they see what is hidden from the room: whoever may show it does."""
    return right_in(user, space, Right.EDIT)


def find_room(code: str) -> Known:
    """The room of a code typed by anybody, however it is typed."""
    typed = "".join(letter for letter in code.upper() if letter.isalpha())
    found: Workshop = get_object_or_404(Workshop.objects.only("pk"), code=typed)
    return room_of(found.pk)


def secret_of(minutes: Minutes) -> str:
    """What opens minutes that were sent: nobody finds it by counting."""
    return signing.dumps(minutes.pk, salt=SALT)


def find_minutes(secret: str) -> Minutes:
    """The minutes that a mail speaks of, once sent; a 404 for any other word."""
    try:
        pk = signing.loads(secret, salt=SALT)
    except signing.BadSignature:
        raise Http404 from None
    sent = Minutes.objects.exclude(sent_at=None)
    found: Minutes = get_object_or_404(
        sent.select_related("workshop__meeting__space"), pk=pk
    )
    return found


def get_activity(workshop: Workshop, pk: int) -> Activity:
    """An activity of a workshop already opened."""
    found: Activity = get_object_or_404(
        workshop.activities.select_related("workshop__meeting"), pk=pk
    )
    return found


def get_item(activity: Activity, pk: str | int | None) -> Item:
    """An idea or an option of an activity already opened; a 404 for anything else."""
    number = read_number(pk)
    known = (one for one in activity.offered if one.pk == number)
    found: Item = next(known, None) or get_object_or_404(activity.items, pk=number)
    return found


def get_stake(activity: Activity, pk: str | None) -> Item:
    """A stake of a table of key workstreams; a 404 for anything else."""
    found = get_item(activity, pk)
    if activity.kind != "workstreams" or found.stake_id or not found.stands:
        raise Http404
    return found


def get_workstream(activity: Activity, pk: str | int | None) -> Item:
    """A key workstream of this activity; a 404 for anything else."""
    found = get_item(activity, pk)
    if not found.stake_id:
        raise Http404
    return found


def get_idea(workshop: Workshop, pk: str | None) -> Item:
    """An idea of any activity of a workshop; a 404 for anything else."""
    ideas = Item.objects.filter(activity__workshop=workshop)
    found: Item = get_object_or_404(
        ideas.select_related("activity"), pk=read_number(pk)
    )
    return found


def get_table(workshop: Workshop, pk: str | None) -> Table:
    """A table of a workshop already opened; a 404 for anything else."""
    found: Table = get_object_or_404(workshop.tables, pk=read_number(pk))
    return found


def get_reader(workshop: Workshop, pk: str | None) -> MinutesReader:
    """Somebody who receives the minutes of this workshop; a 404 for anybody else."""
    readers = workshop.minutes_readers.select_related("workshop__meeting")
    found: MinutesReader = get_object_or_404(readers, pk=read_number(pk))
    return found


def get_participant(workshop: Workshop, pk: str | None) -> Participant:
    """Anybody who takes part in this workshop; a 404 for anybody else."""
    people = workshop.participants.select_related("workshop__meeting", "table")
    found: Participant = get_object_or_404(people, pk=read_number(pk))
    return found


def get_person(workshop: Workshop, pk: int) -> Participant:
    """Somebody without a telephone, for whom the team speaks; nobody else."""
    found: Participant = get_object_or_404(
        workshop.participants.filter(link=None, host=None), pk=pk
    )
    return found


def find_participant(secret: str, at: datetime) -> Participant:
    """Who holds this page, asked for at each vote; their room is known already."""
    digest, purpose = Link.digest_of(secret), Link.Purpose.ROOM
    found = next(
        iter(Participant.objects.raw(BY_LASTING_LINK, [digest, purpose])), None
    )
    if found is None:
        link = find_link(secret, purpose, at)
        found = Participant.objects.filter(link=link).first()
        if found is None:
            raise DeadLink(link)
    found.workshop = room_of(found.workshop_id).own_workshop()
    return found


def hosted_by(holder: Participant) -> list[Participant]:
    """Those for whom a telephone speaks; not asked when it is known to speak for none.

    Whoever was found by their page brings it along.
    """
    if not getattr(holder, "is_host", True):
        return []
    return list(holder.hosted.order_by("pk"))


def address_of(person: Participant) -> MinutesReader | None:
    """Where they receive the minutes, when they gave an address."""
    if not getattr(person, "has_address", True):
        return None
    found: MinutesReader | None = person.addresses.first()
    return found


def speaks_for(holder: Participant, pk: str | None) -> Participant:
    """The holder of the page, or somebody of their table; a 404 for anybody else."""
    if not pk or pk == str(holder.pk):
        return holder
    found: Participant = get_object_or_404(holder.hosted.all(), pk=read_number(pk))
    found.workshop = holder.workshop
    return found
