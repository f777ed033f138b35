"""What actors share and build together: strategies, diagnoses, actions, gatherings.

The work of a Coordination Territoriale pour l’Inclusion Numérique (S004-21), as it can
be read in what the team wrote. One query per number; what is not written is not said to
be missing on the ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max

from jalons.actors.models import Actor, Lead, key_of
from jalons.actors.posts import PostLine, ending, posts_of
from jalons.diagnosis.models import Diagnosis
from jalons.meetings.models import Meeting
from jalons.roadmaps.models import Action, Roadmap
from jalons.spaces.models import Space

TOGETHER = 2
"""Organisations from which something is said to be done together."""
YEAR = timedelta(days=365)
TWO_YEARS = timedelta(days=730)
"""How long a post of adviser is funded: its end must be seen from afar (S004-21)."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """A roadmap and the actors of its project group."""

    roadmap: Roadmap
    actors: Sequence[str]

    @property
    def is_shared(self) -> bool:
        return len(self.actors) >= TOGETHER


@dataclass(frozen=True, slots=True)
class SharedDiagnosis:
    """A diagnosis: findings the team gave its view of, and what it made known."""

    diagnosis: Diagnosis
    reviewed: int
    told: int


@dataclass(frozen=True, slots=True)
class JointAction:
    """An action that several organisations lead or carry together."""

    roadmap: Roadmap
    action: Action
    who: Sequence[str]


@dataclass(frozen=True, slots=True)
class JointActions:
    """Those built together, among the `count` actions that were not given up."""

    actions: Sequence[JointAction]
    count: int


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts of advisers at work, and those whose funding ends within two years."""

    count: int
    ending: Sequence[PostLine]
    unknown: int


def leads_of(space: Space) -> list[Lead]:
    """Who leads today, territory by territory."""
    found = space.leads.filter(ended_on=None).select_related("actor", "territory")
    return list(found.order_by("territory__name", "pk"))


def strategies_of(space: Space) -> list[Strategy]:
    """The roadmaps of a space and who stands in their project group."""
    found = space.roadmaps.prefetch_related("group").order_by("-pk")
    return [Strategy(one, _names(one.group.all())) for one in found]


def diagnoses_of(space: Space) -> list[SharedDiagnosis]:
    """The diagnoses of a space, in one query."""
    found = space.diagnoses.select_related("territory").annotate(
        reviewed=Count("findings__reviews__finding", distinct=True),
        told=Count("communications", distinct=True),
    )
    return [
        SharedDiagnosis(one, one.reviewed, one.told)
        for one in found.order_by("territory__name", "pk")
    ]


def joint_actions_of(space: Space) -> JointActions:
    """Actions of every roadmap of the space with two organisations or more."""
    rows = Action.objects.filter(workstream__stake__roadmap__space=space).exclude(
        status=Action.Status.DROPPED
    )
    every = list(
        rows.select_related("workstream__stake__roadmap").order_by(
            "workstream__stake__roadmap", "workstream__stake__position", "position"
        )
    )
    found = [
        JointAction(one.workstream.stake.roadmap, one, organisations_of(one))
        for one in every
    ]
    return JointActions([one for one in found if len(one.who) >= TOGETHER], len(every))


def organisations_of(action: Action) -> list[str]:
    """Its lead, then its partners, each once whatever the capitals and accents."""
    named: dict[str, str] = {}
    for one in (action.lead, *action.partners.splitlines()):
        if one.strip():
            named.setdefault(key_of(one), one.strip())
    return list(named.values())


def posts_in(space: Space, *, on: date) -> Posts:
    """Posts of advisers, by the end of their funding, in one query."""
    found = posts_of(space, on)
    near = ending(found.lines, on + TWO_YEARS)
    return Posts(len(found.lines), near, found.unknown_count)


def last_gathering(space: Space, *, at: datetime) -> datetime | None:
    """When everybody last met in a plenary; None when no such meeting was held."""
    held = space.meetings.filter(kind=Meeting.Kind.PLENARY, ends_at__lt=at)
    found: datetime | None = held.aggregate(last=Max("starts_at"))["last"]
    return found


def _names(actors: Iterable[Actor]) -> list[str]:
    return [one.name for one in sorted(actors, key=lambda one: one.key)]
