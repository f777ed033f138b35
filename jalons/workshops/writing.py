"""The table of key workstreams written by several hands, cell by cell.

Whoever writes says what they had before their eyes. When the cell changed meanwhile,
nothing is overwritten: what they wrote waits beside what is there, until somebody
chooses or puts both together. Every wording is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.live import operations as live
from jalons.workshops.contributing import hold, refuse_unless_asked
from jalons.workshops.models import Activity, Item, Participant, Workshop, Writing
from jalons.workshops.operations import EVERYBODY
from jalons.workshops.refused import Refused

Hand = Participant | User
"""A participant writes as long as the phase lasts; the team before and after too."""
MOST_WORKSTREAMS = 60


@dataclass(frozen=True, slots=True)
class Wording:
    """What a form sent about one cell; `base` is the number its writer had seen."""

    column: Writing.Column
    text: str
    base: int
    key: UUID
    settles: int | None = None


@transaction.atomic
def add_workstream(stake: Item, title: str, *, key: UUID, by: Hand) -> Item:
    """One more workstream under a stake, once. Raises Refused."""
    activity = stake.activity
    workshop = _hold(activity, by)
    known = Writing.objects.filter(key=key, text=title).select_related("item").first()
    if known is not None:
        return known.item
    if activity.items.exclude(stake=None).count() >= MOST_WORKSTREAMS:
        raise Refused(_("Sixty workstreams are many: gather some of them."))
    last = activity.items.aggregate(last=Max("number"))["last"] or 0
    item = Item.objects.create(
        activity=activity,
        number=last + 1,
        text=title,
        stake=stake,
        author=by if isinstance(by, Participant) else None,
    )
    _add(item, Wording(Writing.Column.TITLE, title, 0, key), 1, by, is_current=True)
    _note("workstream.added", workshop, by)
    return item


@transaction.atomic
def write_cell(item: Item, said: Wording, *, by: Hand) -> Writing:
    """Write in a cell, once; waiting when it changed meanwhile. Raises Refused.

    The same form sent again with another text is another wording. `settles` is one that
    waited, and that this one answers.
    """
    workshop = _hold(item.activity, by)
    known = item.writings.filter(key=said.key, column=said.column, text=said.text)
    if already := known.first():
        return already
    cell = item.writings.filter(column=said.column)
    current = cell.filter(is_current=True).first()
    last = cell.aggregate(last=Max("number"))["last"] or 0
    if current is None or said.base == current.number or said.text == current.text:
        cell.filter(is_current=True).update(is_current=False)
        cell.filter(pk=said.settles or 0).update(is_waiting=False)
        written = _add(item, said, last + 1, by, is_current=True)
        if said.column == Writing.Column.TITLE:
            Item.objects.filter(pk=item.pk).update(text=said.text)
    else:
        written = _add(item, said, last + 1, by, is_current=False)
    _note("workstream.written", workshop, by, item=item.pk, column=said.column)
    return written


@transaction.atomic
def withdraw_workstream(item: Item, *, by: Hand) -> None:
    """Out of the table: by who added it until the workshop closes, or by the team.

    The team can bring it back; its cells and its grades stay. Raises Refused.
    """
    workshop = hold(item.activity)
    if isinstance(by, Participant):
        if item.author_id != by.pk:
            raise Refused(_("Somebody else added this workstream: ask the team."))
        if not workshop.is_open:
            raise Refused(_("The workshop is closed: nothing more is received."))
    Item.objects.filter(pk=item.pk).update(set_aside_at=timezone.now())
    _note("workstream.withdrawn", workshop, by, item=item.pk)


@transaction.atomic
def restore_workstream(item: Item, *, by: User) -> None:
    workshop = hold(item.activity)
    Item.objects.filter(pk=item.pk).update(set_aside_at=None)
    _note("workstream.restored", workshop, by, item=item.pk)


@transaction.atomic
def reword_stake(stake: Item, text: str, *, by: User) -> None:
    """The same stake, said otherwise: its workstreams stay."""
    Item.objects.filter(pk=stake.pk).update(text=text)
    _note("stake.reworded", stake.activity.workshop, by, item=stake.pk)


def _hold(activity: Activity, by: Hand) -> Workshop:
    """The workshop held; a participant writes only when it is asked."""
    workshop = hold(activity)
    if isinstance(by, Participant):
        refuse_unless_asked(workshop, activity, by, "cells")
    return workshop


def _add(
    item: Item, said: Wording, number: int, by: Hand, *, is_current: bool
) -> Writing:
    return Writing.objects.create(
        item=item,
        column=said.column,
        number=number,
        text=said.text,
        author=by if isinstance(by, Participant) else None,
        editor=by if isinstance(by, User) else None,
        key=uuid4() if Writing.objects.filter(key=said.key).exists() else said.key,
        is_current=is_current,
        is_waiting=not is_current,
    )


def _note(verb: str, workshop: Workshop, by: Hand, **details: object) -> None:
    if isinstance(by, User):
        space_id = workshop.meeting.space_id
        audit.record(verb, workshop, by=by, details=details, space_id=space_id)
    live.tell(workshop.channel, "cell", to=EVERYBODY)
