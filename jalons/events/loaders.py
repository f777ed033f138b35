"""An agenda kept in a table, read line by line into events being prepared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.actors.lines import (
    KNOWN,
    Refused,
    Wrong,
    lines_of,
    needed_columns,
    refused,
    unread,
)
from jalons.directory.cells import TAG
from jalons.events.models import Event
from jalons.files.tables import Table
from jalons.meetings.models import Meeting
from jalons.search.words import words_of
from jalons.spaces.models import Space

FIELDS: dict[str, str | Promise] = {
    "title": gettext_lazy("title"),
    "kind": gettext_lazy("kind"),
    "starts_at": gettext_lazy("beginning"),
    "ends_at": gettext_lazy("end"),
    "place": gettext_lazy("place"),
    "purpose": gettext_lazy("in two sentences"),
    "audience": gettext_lazy("for whom"),
    "online_url": gettext_lazy("link of the video"),
    "capacity": gettext_lazy("number of places"),
}
REQUIRED = ("title", "kind", "starts_at", "ends_at")
# How files head their columns, without accents nor capitals.
HEADINGS = {
    "title": ("titre", "evenement", "title"),
    "kind": ("type", "genre", "kind"),
    "starts_at": ("debut", "date de debut", "start"),
    "ends_at": ("fin", "date de fin", "end"),
    "place": ("lieu", "adresse", "place"),
    "purpose": ("resume", "description", "objet", "summary"),
    "audience": ("public", "pour qui", "audience"),
    "online_url": ("lien", "visio", "lien de la visio", "link"),
    "capacity": ("places", "nombre de places", "capacity"),
}
KINDS = {
    "webinaire": Meeting.Kind.WEBINAR,
    "groupe de travail": Meeting.Kind.GROUP,
    "visite": Meeting.Kind.VISIT,
    "formation": Meeting.Kind.TRAINING,
    "rassemblement": Meeting.Kind.ANNUAL,
    "rencontre annuelle": Meeting.Kind.ANNUAL,
    "atelier": Meeting.Kind.WORKSHOP,
    "pleniere": Meeting.Kind.PLENARY,
}
MOMENTS = ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")
LONGEST = {"title": 160, "place": 200, "purpose": 600, "audience": 200}
LONGEST |= {"online_url": 500}
MOST_PLACES = 10_000
SAME = gettext_lazy("This event is there already: nothing to do.")


@dataclass(slots=True)
class Sorted:
    """Events to be added, lines refused or known already, columns nobody reads."""

    events: list[tuple[Event, Meeting]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unread_columns: list[str] = field(default_factory=list)

    @property
    def known_count(self) -> int:
        return sum(one.is_known for one in self.refused)


def read_agenda(space: Space, table: Table, *, name: str) -> Sorted:
    """Every line of the table. Raises UnreadableFile when a column is missing."""
    columns = needed_columns(table, HEADINGS, REQUIRED, name=name)
    found = Sorted(unread_columns=unread(table, columns))
    there = Meeting.objects.filter(space=space, event__isnull=False)
    seen = set(there.values_list("title", "starts_at"))
    for line, cells in lines_of(table, columns, name=name):
        try:
            meeting = _meeting(space, cells)
            if (meeting.title, meeting.starts_at) in seen:
                raise Wrong(KNOWN, meeting.title, str(SAME))
            seen.add((meeting.title, meeting.starts_at))
            found.events.append((_event(cells), meeting))
        except Wrong as wrong:
            found.refused.append(refused(line, wrong, FIELDS))
    return found


def _meeting(space: Space, cells: Mapping[str, str]) -> Meeting:
    for name in REQUIRED:
        if not cells.get(name):
            raise Wrong(name, "", _("This cell is empty: fill it in."))
    for name, most in LONGEST.items():
        _check_text(name, cells.get(name, ""), most)
    starts_at = _moment("starts_at", cells["starts_at"])
    ends_at = _moment("ends_at", cells["ends_at"])
    if not starts_at < ends_at <= starts_at + timedelta(days=7):
        reason = _("It ends before it begins, or lasts more than a week.")
        raise Wrong("ends_at", cells["ends_at"], reason)
    return Meeting(
        space=space,
        kind=_kind(cells["kind"]),
        title=cells["title"],
        purpose=cells.get("purpose", ""),
        place=cells.get("place", ""),
        starts_at=starts_at,
        ends_at=ends_at,
    )


def _event(cells: Mapping[str, str]) -> Event:
    link = cells.get("online_url", "")
    if link and urlsplit(link).scheme not in ("http", "https"):
        reason = _("An address begins with http:// or https://.")
        raise Wrong("online_url", link, reason)
    return Event(
        audience=cells.get("audience", ""),
        online_url=link,
        capacity=_places(cells.get("capacity", "")),
    )


def _kind(text: str) -> Meeting.Kind:
    found = KINDS.get(" ".join(words_of(text)))
    if found is None:
        reason = _("This kind is not known: write one of %(kinds)s.")
        raise Wrong("kind", text, reason % {"kinds": ", ".join(KINDS)})
    return found


def _moment(name: str, text: str) -> datetime:
    for form in MOMENTS:
        try:
            return timezone.make_aware(datetime.strptime(text, form))
        except (ValueError, OverflowError):
            continue
    raise Wrong(name, text, _("This is not a moment: write it as 31/12/2026 14:00."))


def _places(text: str) -> int | None:
    if not text:
        return None
    is_number = text.isascii() and text.isdigit() and len(text) < 6
    if not is_number or not 1 <= int(text) <= MOST_PLACES:
        raise Wrong("capacity", text, _("Write a number of places, from 1 to 10000."))
    return int(text)


def _check_text(name: str, text: str, most: int) -> None:
    if TAG.search(text):
        reason = _("This text holds HTML: remove what is between < and >.")
        raise Wrong(name, text, reason)
    if len(text) > most:
        reason = _("This text is longer than %(n)d characters: shorten it.")
        raise Wrong(name, text, reason % {"n": most})
