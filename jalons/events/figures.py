"""What the agenda shows, and what participants thought of an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from jalons.events.models import AudienceQuestion, Event, Rating
from jalons.resources.models import Resource
from jalons.search.words import words_of
from jalons.spaces.models import Space
from jalons.territories.models import Territory, lying_in

# As the participants read them.
QUESTIONS = {
    "usefulness": gettext_lazy("Was it useful to you?"),
    "clarity": gettext_lazy("Was it clear?"),
    "use": gettext_lazy("Will you use it in your work?"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor looks for in the agenda."""

    words: str = ""
    kind: str = ""
    when: str = ""
    territory: Territory | None = None

    @property
    def is_past(self) -> bool:
        return self.when == "passes"


def agenda(asked: Asked, *, at: datetime) -> QuerySet[Event]:
    """The events that everybody reads: the next first, or the last ones first."""
    found = Event.objects.shown().with_meeting()
    for word in words_of(asked.words):
        found = found.filter(key__contains=word)
    if asked.kind:
        found = found.filter(meeting__kind=asked.kind)
    if asked.territory:
        found = found.filter(meeting__space__in=spaces_about(asked.territory))
    if asked.is_past:
        return found.past(at=at).order_by("-meeting__starts_at", "-pk")
    return found.coming(at=at).order_by("meeting__starts_at", "pk")


def spaces_about(territory: Territory) -> QuerySet[Space]:
    """The teams of a territory, of those inside it and of those that hold it."""
    around = Territory.objects.containing(territory)
    return Space.objects.filter(
        lying_in(territory, "territory") | Q(territory__in=around)
    )


@dataclass(frozen=True, slots=True)
class Degrees:
    """The answers to one question, from *not at all* to *very much*."""

    question: str
    counts: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Opinions:
    """What participants thought; nothing but their number under five of them.

    They are read five by five, so that the last one given does not show by what it
    changes: `waiting` are those given since.
    """

    n: int
    waiting: int
    questions: Sequence[Degrees]
    comments: Sequence[str]

    @property
    def is_secret(self) -> bool:
        return not self.questions


def opinions_of(event: Event) -> Opinions:
    """In one query; comments in an order drawn at random (their numbers are)."""
    every = list(event.ratings.order_by("pk"))
    rows = [one for one in every if one.is_read]
    n, waiting = len(every), len(every) - len(rows)
    if not rows:
        return Opinions(n, waiting, (), ())
    questions = [_degrees(name, rows) for name in QUESTIONS]
    comments = [one.comment for one in rows if one.comment]
    return Opinions(n, waiting, questions, comments)


def _degrees(name: str, rows: Sequence[Rating]) -> Degrees:
    counted = Counter(getattr(one, name) for one in rows)
    degrees = [(str(one.label), counted[one.value]) for one in Rating.Degree]
    return Degrees(str(QUESTIONS[name]), degrees)


def shown_questions(event: Event) -> QuerySet[AudienceQuestion]:
    shown = event.questions.filter(state=AudienceQuestion.State.SHOWN)
    return shown.order_by("asked_at", "pk")


def materials_of(event: Event) -> QuerySet[Resource]:
    """Those that everybody reads."""
    return Resource.objects.public().filter(events=event).order_by("title")


def events_of(space: Space) -> QuerySet[Event]:
    """The events of a team, the last first, with who is registered."""
    found = Event.objects.filter(meeting__space=space).with_meeting().counted()
    return found.order_by("-meeting__starts_at", "-pk")
