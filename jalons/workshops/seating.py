"""Tables, then the whole room: who sits where, who reports, what each table retains.

A table has one telephone that may speak for all, and one person who writes what the
table retains; as long as nobody is named, anybody around it writes. What was written
before stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.live import operations as live
from jalons.workshops.contributing import hold
from jalons.workshops.models import (
    Activity,
    Participant,
    Synthesis,
    Table,
    Workshop,
)
from jalons.workshops.operations import EVERYBODY, remember
from jalons.workshops.refused import Refused
from jalons.workshops.writing import Hand

MOST_TABLES = 20


class InUse(Exception):
    """A table where people sit, or that wrote something, is not taken away."""

    def __init__(self, table: Table) -> None:
        super().__init__(table.title)
        self.table = table


@dataclass(frozen=True, slots=True)
class Retained:
    """What a form sent; `base` is the number of the wording its writer had seen."""

    text: str
    base: int
    key: UUID


@dataclass(frozen=True, slots=True)
class Kept:
    """The wording as it is now; `crossed`, when another was written meanwhile."""

    synthesis: Synthesis
    crossed: Synthesis | None = None


@transaction.atomic
def set_tables(workshop: Workshop, titles: Sequence[str], *, by: User) -> None:
    """The tables of a workshop, in this order. Raises InUse."""
    there = {one.title: one for one in workshop.tables.all()}
    for title, one in there.items():
        if title not in titles:
            if one.people.exists() or one.syntheses.exists():
                raise InUse(one)
            one.delete()
    for number, title in enumerate(titles, start=1):
        Table.objects.update_or_create(
            workshop=workshop, title=title, defaults={"number": number}
        )
    _note("tables.set", workshop, by, count=len(titles))


@transaction.atomic
def share_out(workshop: Workshop, *, by: User) -> int:
    """Seat those who have no table where fewest people are; how many sat down."""
    tables = list(workshop.tables.all())
    if not tables:
        return 0
    seated = workshop.participants.exclude(table=None)
    count = Counter(seated.values_list("table_id", flat=True))
    alone = list(workshop.participants.filter(table=None, host=None).order_by("pk"))
    for person in alone:
        table = min(tables, key=lambda one: (count[one.pk], one.number))
        count[table.pk] += _seat(person, table)
    _note("tables.seated", workshop, by, count=len(alone))
    return len(alone)


@transaction.atomic
def move(person: Participant, table: Table | None, *, by: User) -> None:
    """The team seats somebody, with those for whom their telephone speaks."""
    _seat(person, table)
    _note("tables.seated", person.workshop, by, count=1)


@transaction.atomic
def sit(person: Participant, table: Table) -> None:
    """Somebody sits at a table, with those for whom they speak. Raises Refused."""
    _refuse_unless_open(person.workshop_id)
    _seat(person, table)
    _tell(person.workshop)


@transaction.atomic
def name_reporter(table: Table, person: Participant | None, *, by: Hand) -> None:
    """Who writes what the table retains; nobody, and anybody around it writes."""
    if isinstance(by, Participant):
        _refuse_unless_at(table, by)
    table.reporter = person
    table.save(update_fields=["reporter"])
    if isinstance(by, User):
        _note("table.reporter", table.workshop, by, table=table.pk)
    else:
        _tell(table.workshop)


@transaction.atomic
def name_device(table: Table, holder: Participant) -> None:
    """The telephone of the table is this one. Raises Refused."""
    _refuse_unless_at(table, holder)
    if holder.link_id is None:
        raise Refused(_("This person has no telephone."))
    table.device = holder
    table.save(update_fields=["device"])
    _tell(table.workshop)


@transaction.atomic
def retain(table: Table, activity: Activity, said: Retained, *, by: Hand) -> Kept:
    """What the table retains of an activity, once. Raises Refused.

    The same form sent again with another text is another wording.
    """
    workshop = hold(activity)
    table.refresh_from_db()
    former = Synthesis.objects.filter(table=table, activity=activity)
    known = former.filter(key=said.key, text=said.text).first()
    if known is not None:
        return Kept(known)
    if isinstance(by, Participant):
        _refuse_unless_asked(workshop, activity, table, by)
    current = former.filter(is_current=True).select_related("author").first()
    base = current.number if current else 0
    former.filter(is_current=True).update(is_current=False)
    kept = Synthesis.objects.create(
        table=table,
        activity=activity,
        number=(former.aggregate(last=Max("number"))["last"] or 0) + 1,
        text=said.text,
        author=by if isinstance(by, Participant) else None,
        editor=by if isinstance(by, User) else None,
        key=uuid4() if Synthesis.objects.filter(key=said.key).exists() else said.key,
    )
    if isinstance(by, User):
        _note("table.retained", workshop, by, table=table.pk, activity=activity.pk)
    else:
        _tell(workshop)
    return Kept(kept, current if base != said.base else None)


@transaction.atomic
def open_plenary(activity: Activity, *, by: User) -> None:
    """The projector shows what each table retains, side by side."""
    activity.in_plenary = True
    activity.save(update_fields=["in_plenary"])
    remember(activity.workshop)
    _note("activity.plenary_opened", activity.workshop, by, activity=activity.pk)


@transaction.atomic
def close_plenary(activity: Activity, *, by: User) -> None:
    """Back to the activity itself; nothing written is touched."""
    activity.in_plenary = False
    activity.save(update_fields=["in_plenary"])
    remember(activity.workshop)
    _note("activity.plenary_closed", activity.workshop, by, activity=activity.pk)


def may_write(table: Table, person: Participant) -> bool:
    """The reporter, the telephone of the table; anybody when no reporter is named."""
    if person.table_id != table.pk:
        return False
    named = {table.reporter_id, table.device_id} - {None}
    return table.reporter_id is None or person.pk in named


def _seat(person: Participant, table: Table | None) -> int:
    """How many people sat down: those of the same telephone come along.

    Nobody reports for a table that they left, nor holds its telephone.
    """
    moved = Participant.objects.filter(Q(pk=person.pk) | Q(host=person))
    left = Table.objects.filter(workshop=person.workshop_id)
    if table is not None:
        left = left.exclude(pk=table.pk)
    left.filter(device__in=moved).update(device=None)
    left.filter(reporter__in=moved).update(reporter=None)
    person.table = table
    return moved.update(table=table)


def _refuse_unless_open(workshop_pk: int) -> None:
    if not Workshop.objects.select_for_update(no_key=True).get(pk=workshop_pk).is_open:
        raise Refused(_("The workshop is closed: nothing more is received."))


def _refuse_unless_at(table: Table, person: Participant) -> None:
    _refuse_unless_open(table.workshop_id)
    if person.table_id != table.pk:
        raise Refused(_("You do not sit at this table."))


def _refuse_unless_asked(
    workshop: Workshop, activity: Activity, table: Table, person: Participant
) -> None:
    if not workshop.is_open:
        raise Refused(_("The workshop is closed: nothing more is received."))
    if workshop.current_id != activity.pk or not activity.definition.at_tables:
        raise Refused(_("Nothing is asked of the tables at this moment."))
    if not may_write(table, person):
        raise Refused(_("The reporter of your table writes this: tell them."))


def _note(verb: str, workshop: Workshop, by: User, **details: object) -> None:
    space_id = workshop.meeting.space_id
    audit.record(verb, workshop, by=by, details=details, space_id=space_id)
    _tell(workshop)


def _tell(workshop: Workshop) -> None:
    live.tell(workshop.channel, "tables", to=EVERYBODY)
