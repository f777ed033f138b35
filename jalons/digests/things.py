"""What a section gives, and to whom: plain values, made afresh at each run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from jalons.accounts.models import User
from jalons.digests.models import Subscription
from jalons.spaces.models import Membership, Space

BREAKS = re.compile(r"[^\S\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whose day has come, with the spaces that they did not leave out."""

    subscription: Subscription
    user: User
    spaces: Sequence[Space]

    @property
    def since(self) -> datetime:
        return self.subscription.told_until

    @property
    def horizon(self) -> int:
        """How many days ahead: until the next mail, a week at least."""
        return 31 if self.subscription.rhythm == Subscription.Rhythm.MONTH else 7


@dataclass(frozen=True, slots=True)
class Thing:
    """One line of a mail. Its key is told once; `under` is the team or the roadmap.

    `stands` when it stays so until somebody acts: told already, it is counted.
    """

    key: str
    words: str
    path: str
    under: str = ""
    stands: bool = False
    is_simulated: bool = False

    @property
    def line(self) -> str:
        """Its words on one line, whatever somebody typed in them."""
        return _on_one_line(self.words)

    @property
    def heading(self) -> str:
        return _on_one_line(self.under)


def _on_one_line(text: str) -> str:
    """Without a break, its no-break spaces kept."""
    return BREAKS.sub(" ", text).strip()


Things = Mapping[int, Sequence[Thing]]
"""By the number of the person."""
Gather = Callable[[Sequence[Reader], datetime], Things]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the mail that each one keeps or leaves out."""

    code: str
    title: str | Promise
    hint: str | Promise
    gather: Gather


def readers_of(subscriptions: Iterable[Subscription]) -> list[Reader]:
    """With their teams, in two queries."""
    every = list(subscriptions)
    through = Subscription.spaces_left_out.through.objects
    left = set(
        through.filter(subscription__in=[one.pk for one in every]).values_list(
            "subscription__user_id", "space_id"
        )
    )
    spaces: defaultdict[int, list[Space]] = defaultdict(list)
    members = Membership.objects.filter(user__in=[one.user_id for one in every])
    for one in members.select_related("space__territory").order_by("space__name", "pk"):
        if (one.user_id, one.space_id) not in left:
            spaces[one.user_id].append(one.space)
    return [Reader(one, one.user, spaces[one.user_id]) for one in every]


def spaces_in(readers: Iterable[Reader]) -> dict[int, Space]:
    return {space.pk: space for one in readers for space in one.spaces}


def by_reader(
    readers: Iterable[Reader], by_space: Callable[[Reader, Space], Iterable[Thing]]
) -> Things:
    """The things of each space of each reader, in the order of their spaces."""
    return {
        one.user.pk: [thing for space in one.spaces for thing in by_space(one, space)]
        for one in readers
    }
