from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Case, QuerySet, Value, When

from jalons.audit.models import Entry
from jalons.spaces.models import Space
from jalons.territories.models import Territory

# Beyond this, a longer name is a better filter than a longer list.
SUGGESTIONS = 12
# What a team works on most often comes first.
_KINDS = (
    Territory.Kind.EPCI,
    Territory.Kind.DEPARTEMENT,
    Territory.Kind.REGION,
    Territory.Kind.COMMUNE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a space's journal, in the reader's words."""

    at: datetime
    who: str
    what: str
    about: str


class Trail(Sequence):
    """The journal of a space, most recent first, read a slice at a time."""

    def __init__(self, entries: QuerySet[Entry]) -> None:
        self._entries = entries

    def __len__(self) -> int:
        return self._entries.count()

    def __getitem__(self, place):
        return [_line(entry) for entry in self._entries[place]]


def trail(space: Space) -> Trail:
    return Trail(Entry.objects.within(space))


def _line(entry: Entry) -> Line:
    return Line(
        at=entry.at,
        who=entry.actor_label,
        what=words_for(entry.verb),
        about=entry.object_label,
    )


def words_for(verb: str) -> str:
    """What an audit verb says to a reader, as declared by the app that records it.

    Each app lists its verbs in `audit_words`, on its AppConfig; an unknown one is shown
    as it is rather than hidden.
    """
    for app in apps.get_app_configs():
        words = getattr(app, "audit_words", {}).get(verb)
        if words:
            return str(words)
    return verb


def find_territories(query: str) -> list[Territory]:
    """Territories that answer the words typed, the most usual kinds first."""
    rank = Case(*(When(kind=kind, then=Value(n)) for n, kind in enumerate(_KINDS)))
    by_name = Territory.objects.filter(name__icontains=query)
    by_code = Territory.objects.filter(code=query.upper())
    return [*(by_name | by_code).order_by(rank, "name")[:SUGGESTIONS]]
