"""The parts of the mail, in their order: a tuple, and a function for each.

To add one: write a function that takes the readers and a moment and gives things by
person, in a number of queries that does not grow with the people, and add its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jalons.digests import centres, reading, roadmaps, teams
from jalons.digests.models import Subscription
from jalons.digests.things import Reader, Section, Thing, Things

MOST_TOLD = 20
"""Lines of one section; the rest is said by its number."""
POSTS = "posts"
SECTIONS = (
    Section(
        "joining",
        _("Requests to join our teams"),
        _("For owners: who waits for an answer."),
        teams.requests,
    ),
    Section(
        "actions",
        _("Actions of our roadmaps"),
        _("What is late, what begins and what ends before the next mail."),
        roadmaps.actions,
    ),
    Section(
        "measures",
        _("Measures to take"),
        _("Indicators of the evaluation whose next measure is awaited."),
        roadmaps.measures,
    ),
    Section(
        POSTS,
        _("Posts whose funding ends"),
        _("Six, three and one month before the end, then once it has ended."),
        roadmaps.posts,
    ),
    Section(
        "centre",
        _("Territories that we support"),
        _("For resource centres: what was promised and comes due, posts that end."),
        centres.followed,
    ),
    Section(
        "network",
        _("Messages of my networks"),
        _("News, problems and questions written by others."),
        reading.messages,
    ),
    Section(
        "library",
        _("What I follow in the library"),
        _("Sheets published about the themes and territories that you follow."),
        reading.sheets,
    ),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of one mail: what is new, what was told already and still stands."""

    section: Section
    new: Sequence[Thing]
    standing: int

    @property
    def shown(self) -> Sequence[Thing]:
        return self.new[:MOST_TOLD]

    @property
    def more(self) -> int:
        return max(0, len(self.new) - MOST_TOLD)


def gather(readers: Sequence[Reader], at: datetime) -> dict[str, Things]:
    """Every section, each for those who did not leave it out."""
    found = {}
    for section in SECTIONS:
        wanted = [
            one for one in readers if section.code not in one.subscription.left_out
        ]
        found[section.code] = section.gather(wanted, at) if wanted else {}
    return found


def parts_of(subscription: Subscription, gathered: dict[str, Things]) -> list[Part]:
    """The sections that have something this person was not told yet."""
    told = (
        set(subscription.told.values_list("key", flat=True))
        if subscription.pk
        else set()
    )
    every = (_part(one, gathered, subscription, told) for one in SECTIONS)
    return [one for one in every if one.new]


def _part(
    section: Section,
    gathered: dict[str, Things],
    subscription: Subscription,
    told: set[str],
) -> Part:
    found = _once(gathered[section.code].get(subscription.user_id, ()))
    things = list(found)
    new = [one for one in things if one.key not in told]
    return Part(section, new, sum(one.stands for one in things) - _standing(new))


def _standing(things: Sequence[Thing]) -> int:
    return sum(one.stands for one in things)


def _once(things: Sequence[Thing]) -> Iterator[Thing]:
    """A sheet that is about two things followed is one sheet."""
    seen: set[str] = set()
    for one in things:
        if one.key not in seen:
            seen.add(one.key)
            yield one
