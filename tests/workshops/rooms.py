"""Workshops for the tests, prepared and joined as people do."""

from __future__ import annotations

from uuid import uuid4

from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from jalons.accounts.models import User
from jalons.spaces.models import Space
from jalons.workshops import casting, contributing, joining, operations, writing
from jalons.workshops.definitions import read_run_sheets
from jalons.workshops.marks import read_marks
from jalons.workshops.models import Activity, Item, Participant, Workshop
from tests.meetings.gatherings import make_meeting


def make_workshop(
    space: Space, sheet: str = "prospective", *, by: User, title: str = ""
) -> Workshop:
    """An open workshop, on its first activity."""
    meeting = make_meeting(space, title, by=by, horizon_years=10)
    workshop = operations.prepare_workshop(meeting, read_run_sheets()[sheet], by=by)
    operations.open_workshop(workshop, by=by)
    return workshop


def add(workshop: Workshop, kind: str, *options: str, by: User, **fields) -> Activity:
    """One more activity, that is played at once."""
    activity = Activity(
        workshop=workshop, kind=kind, title=kind, question="Que choisir ?", **fields
    )
    operations.save_activity(activity, list(options), by=by)
    operations.go_to(activity, activity.definition.phase[0].id, by=by)
    return activity


def comes(workshop: Workshop, alias: str = "Amina") -> tuple[Participant, str]:
    workshop.refresh_from_db()
    return joining.join(workshop, alias, "")


def says(activity: Activity, who: Participant, text: str, **fields: str) -> Item:
    activity.refresh_from_db()
    return contributing.contribute(activity, who, text, key=uuid4(), **fields)


def votes(
    activity: Activity, who: Participant, sent: str, item: Item | None = None
) -> None:
    """`votes(poll, amina, "choice=12&choice=13")`."""
    activity.refresh_from_db()
    marks = read_marks(activity, QueryDict(sent), item)
    casting.cast(activity, who, marks, key=uuid4(), item=item)


def post(client: Client, secret: str, **fields: object):
    sent = {"key": uuid4(), **fields}
    return client.post(reverse("workshops:send", args=[secret]), sent)


def make_table(workshop: Workshop, *, by: User) -> tuple[Activity, Item, Item]:
    """A table of key workstreams not played yet, its stake, a workstream under it."""
    activity = Activity(
        workshop=workshop, kind="workstreams", title="Chantiers", question="Lesquels ?"
    )
    operations.save_activity(activity, ["Comment aller vers les habitants ?"], by=by)
    stake = activity.items.get()
    item = writing.add_workstream(stake, "Des services itinérants", key=uuid4(), by=by)
    return activity, stake, item
