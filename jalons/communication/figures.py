"""Who was told of what, and when: what the team wrote, and what Jalons saw leave.

Nothing is typed twice: minutes sent from here and what a diagnosis made known are read
where they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.actors.models import Actor
from jalons.communication.models import Announcement
from jalons.diagnosis.models import Communication
from jalons.meetings.models import Meeting
from jalons.roadmaps.models import Roadmap
from jalons.workshops.models import Minutes


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of the plan, and whether its day is past."""

    row: Announcement
    is_late: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One thing made known: on what day, to whom, how, and where it is read."""

    day: date
    what: str
    to_whom: str
    how: str
    outcome: str
    url: str
    copies: int | None
    is_seen: bool
    """Seen by Jalons itself, not written by the team."""


@dataclass(frozen=True, slots=True)
class Diary:
    """What is to be made known, the next first; what was, the last first."""

    plan: Sequence[Planned]
    log: Sequence[Told]

    @property
    def late(self) -> int:
        return sum(one.is_late for one in self.plan)


@dataclass(frozen=True, slots=True)
class Reached:
    """An actor, what it was told of, and the meetings to which it was invited."""

    actor: Actor
    told: Sequence[tuple[date, str]]
    meetings: Sequence[Meeting]

    @property
    def last(self) -> date | None:
        return max((day for day, _what in self.told), default=None)


def diary_of(roadmap: Roadmap, *, on: date | None = None) -> Diary:
    """The plan and the log, in three queries.

    Nothing that was invented enters the log of a real roadmap, nor the reverse.
    """
    today = on or timezone.localdate()
    rows = list(roadmap.announcements.order_by("planned_on", "pk"))
    log = [*_written(rows), *_minutes_sent(roadmap), *_diagnoses(roadmap)]
    return Diary(
        [Planned(one, one.is_late(on=today)) for one in rows if one.done_on is None],
        sorted(log, key=lambda one: one.day, reverse=True),
    )


def reached_by(roadmap: Roadmap) -> list[Reached]:
    """Actors at work in the space, those whom nothing was told first."""
    told: defaultdict[int, list[tuple[date, str]]] = defaultdict(list)
    for one in roadmap.announcements.exclude(done_on=None).prefetch_related("actors"):
        assert one.done_on is not None
        for actor in one.actors.all():
            told[actor.pk].append((one.done_on, one.subject))
    meetings = Meeting.objects.filter(is_simulated=roadmap.is_simulated)
    actors = roadmap.space.actors.at_work().in_order()
    found = [
        Reached(
            one,
            sorted(told[one.pk], reverse=True),
            sorted(one.meetings.all(), key=lambda m: m.starts_at, reverse=True),
        )
        for one in actors.prefetch_related(Prefetch("meetings", meetings))
    ]
    return sorted(found, key=lambda one: one.last or date.min)


def _written(rows: Sequence[Announcement]) -> list[Told]:
    return [
        Told(
            day=one.done_on,
            what=one.subject,
            to_whom=one.audience,
            how=f"{one.get_channel_display()} · {one.get_material_display()}",
            outcome=one.outcome,
            url=reverse("communication:change", args=[one.roadmap_id, one.pk]),
            copies=one.copies,
            is_seen=False,
        )
        for one in rows
        if one.done_on is not None
    ]


def _minutes_sent(roadmap: Roadmap) -> list[Told]:
    """Minutes that left from here; addresses are erased with time, then not counted."""
    sent = Minutes.objects.filter(
        workshop__meeting__space=roadmap.space_id,
        workshop__meeting__is_simulated=roadmap.is_simulated,
    )
    received = Count(
        "workshop__minutes_readers",
        filter=Q(workshop__minutes_readers__sent_at__isnull=False),
    )
    found = sent.exclude(sent_at=None).annotate(received=received)
    return [
        Told(
            day=timezone.localtime(one.sent_at).date(),
            what=_("Minutes: %(title)s") % {"title": one},
            to_whom=_addresses(one.received),
            how=_("Mail"),
            outcome="",
            url=reverse("workshops:minutes", args=[roadmap.space_id, one.workshop_id]),
            copies=None,
            is_seen=True,
        )
        for one in found.select_related("workshop__meeting")
    ]


def _addresses(count: int) -> str:
    if not count:
        return _("those who had agreed")
    words = ngettext(
        "%(n)s address that had agreed", "%(n)s addresses that had agreed", count
    )
    return words % {"n": count}


def _diagnoses(roadmap: Roadmap) -> list[Told]:
    known = Communication.objects.filter(
        diagnosis__space=roadmap.space_id, diagnosis__is_simulated=roadmap.is_simulated
    )
    return [
        Told(
            day=one.said_on,
            what=one.message,
            to_whom=_("the public"),
            how=one.get_channel_display(),
            outcome="",
            url=reverse("diagnosis:communications", args=[one.diagnosis_id]),
            copies=None,
            is_seen=True,
        )
        for one in known
    ]
