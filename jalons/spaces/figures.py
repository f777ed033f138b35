from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.utils.translation import get_language

from jalons.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a space's journal, in the reader's words."""

    at: datetime
    who: str
    what: str
    about: str
    precisely: str = ""


def lines(entries: Iterable[Entry]) -> list[Line]:
    return [
        Line(
            at=entry.at,
            who=entry.actor_label,
            what=words_for(entry.verb),
            about=words["label"],
            precisely=words["named"],
        )
        for entry in entries
        for words in [entry.words(get_language())]
    ]


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
