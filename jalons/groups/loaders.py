"""The members of a group read from a file; every line left out is told why.

An organisation must stand in the table of actors, and a person among those noted: the
file creates neither, so that nobody is kept without being told. Columns are proposed by
their names and may be chosen; those that nothing reads are named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.actors.lines import (
    KNOWN,
    Refused,
    Wrong,
    guess_columns,
    lines_of,
    refused,
    unread,
)
from jalons.actors.models import Actor, key_of
from jalons.directory.cells import TAG
from jalons.documents.words import date_format
from jalons.files.tables import Table, UnreadableFile
from jalons.groups.forms import NOT_YET
from jalons.groups.models import Group, Seat
from jalons.groups.operations import (
    OutsideTheGroup,
    Overlaps,
    refuse_outside,
    refuse_overlap,
)
from jalons.professionals.models import Professional

ROLE_LENGTH = 80
FIELDS: dict[str, str | Promise] = {
    "actor": gettext_lazy("organisation"),
    "person": gettext_lazy("person"),
    "role": gettext_lazy("role in the group"),
    "since": gettext_lazy("member since"),
    "until": gettext_lazy("member until"),
}
REQUIRED = ("actor", "since")
# How files head their columns, without accents nor capitals.
HEADINGS = {
    "actor": ("structure", "acteur", "organisation", "organisme", "nom"),
    "person": ("personne", "representant", "participant", "person"),
    "role": ("role", "fonction", "role dans le groupe", "role in the group"),
    "since": ("entree", "depuis", "membre depuis", "debut", "date d entree", "since"),
    "until": (
        "sortie",
        "jusqu au",
        "membre jusqu au",
        "fin",
        "date de sortie",
        "until",
    ),
}
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y")


@dataclass(slots=True)
class Sorted:
    """What was read: members to add, lines already there, lines refused."""

    seats: list[Seat] = field(default_factory=list)
    known: list[Refused] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)

    @property
    def line_count(self) -> int:
        return len(self.seats) + len(self.known) + len(self.refused)


def columns_of(
    table: Table, said: Mapping[str, str] | None = None, *, name: str
) -> dict[str, str]:
    """Columns known by their names, or said, by field.

    Raises UnreadableFile when one is missing.
    """
    said = said or {}
    for column in said.values():
        if column not in table.columns:
            message = _(
                "No column is named “%(column)s”. Those of the file: %(names)s."
            )
            told = {"column": column, "names": ", ".join(table.columns)}
            raise UnreadableFile(message % told, name=name, line=1)
    columns = guess_columns(table.columns, HEADINGS, said)
    missing = [str(FIELDS[one]) for one in REQUIRED if one not in columns]
    if missing:
        message = _("No column holds: %(fields)s. Name the columns %(names)s.")
        names = ", ".join(f"“{HEADINGS[one][0]}”" for one in FIELDS)
        told = {"fields": ", ".join(missing), "names": names}
        raise UnreadableFile(message % told, name=name, line=1)
    return columns


def sort_out(
    group: Group, table: Table, columns: Mapping[str, str], *, name: str
) -> Sorted:
    """Which lines may be added. Raises UnreadableFile when the file cannot be read."""
    found = Sorted(unread_columns=unread(table, columns))
    checker = _Checker(group)
    for line, cells in lines_of(table, columns, name=name):
        try:
            found.seats.append(checker.seat(line, cells))
        except Wrong as wrong:
            left = refused(line, wrong, FIELDS)
            (found.known if left.is_known else found.refused).append(left)
    return found


class _Checker:
    """What a new line is compared with: the group, and the lines before it."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.actors = {one.key: one for one in group.space.actors.at_work()}
        self.people: defaultdict[int, list[Professional]] = defaultdict(list)
        for one in group.space.professionals.all():
            self.people[one.actor_id].append(one)
        self.there = list(group.seats.select_related("actor", "professional"))

    def seat(self, line: int, cells: Mapping[str, str]) -> Seat:
        actor, until = self._actor(cells["actor"]), cells.get("until", "")
        seat = Seat(
            group=self.group,
            actor=actor,
            professional=self._person(actor, cells.get("person", "")),
            role=_role(cells.get("role", "")),
            since=_day("since", cells["since"]),
            until=_day("until", until) if until else None,
        )
        self._refuse_days(seat, cells)
        self.there.append(seat)
        return seat

    def _actor(self, value: str) -> Actor:
        if not key_of(value):
            raise Wrong("actor", value, _("There is no name: write it."))
        actor = self.actors.get(key_of(value))
        if actor is None:
            reason = _("This organisation is not in the table of actors: add it first.")
            raise Wrong("actor", value, reason)
        return actor

    def _person(self, actor: Actor, value: str) -> Professional | None:
        if not value:
            return None
        wanted = key_of(value)
        for one in self.people[actor.pk]:
            if key_of(one.name) == wanted:
                return one
        reason = _(
            "Nobody of that name is noted for %(actor)s: note them first, so that "
            "they are told, or leave the cell empty."
        )
        raise Wrong("person", value, reason % {"actor": actor})

    def _refuse_days(self, seat: Seat, cells: Mapping[str, str]) -> None:
        if seat.since > timezone.localdate():
            raise Wrong("since", cells["since"], str(NOT_YET))
        if seat.until and seat.until < seat.since:
            reason = _("The end is before the beginning: correct one of the two.")
            raise Wrong("until", cells["until"], reason)
        try:
            refuse_outside(self.group, seat)
            refuse_overlap(seat, self.there)
        except OutsideTheGroup:
            reason = _("The group began on %(day)s: nobody was a member before.")
            told = {"day": date_format(self.group.begun_on)}
            if self.group.ended_on and seat.since >= self.group.begun_on:
                reason = _("The group ended on %(day)s: say when the member left.")
                told = {"day": date_format(self.group.ended_on)}
            raise Wrong("since", cells["since"], reason % told) from None
        except Overlaps as error:
            if error.seat.stay == seat.stay:
                reason = _("Already a member on these days: nothing to mend.")
                raise Wrong(KNOWN, cells["actor"], reason) from None
            raise Wrong("since", cells["since"], overlap_words(error.seat)) from None


def overlap_words(seat: Seat) -> str:
    """Which other stay of the same member is in the way."""
    if seat.until is None:
        reason = _("Already a member since %(since)s: end that stay first.")
        return reason % {"since": date_format(seat.since)}
    reason = _("A member already from %(since)s to %(until)s: stays cannot overlap.")
    days = {"since": date_format(seat.since), "until": date_format(seat.until)}
    return reason % days


def _role(value: str) -> str:
    if TAG.search(value):
        reason = _("This text holds HTML: remove what is between < and >.")
        raise Wrong("role", value, reason)
    if len(value) > ROLE_LENGTH:
        reason = _("This text is longer than %(n)d characters: shorten it.")
        raise Wrong("role", value, reason % {"n": ROLE_LENGTH})
    return value


def _day(name: str, value: str) -> date:
    for form in DAYS:
        try:
            # A workbook gives a day with its hour.
            return datetime.strptime(value.split(" 00:")[0], form).date()
        except ValueError:
            continue
    reason = _("This is not a day: write it as 31/12/2025.")
    raise Wrong(name, value, reason)
